// Text from a file, made safe for a terminal: a name must not be able to move the cursor or hide a line.
import { printableJson, steeringCharacters } from '../../../shared/model/steering-characters.ts';

const steering = steeringCharacters();

/** One sign stays one sign, so that a caret below the line still points at the right one. */
export function withoutControls(text: string): string {
  return text.replace(steering, (sign) => (sign === '\t' ? ' ' : '\ufffd'));
}

/** In quotes, control signs as JSON escapes, cut when long. */
export function quote(text: string): string {
  return printableJson(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}

/** A file path: bare when it is plain, quoted when it holds anything that a terminal would act on. */
export function showPath(text: string): string {
  return text.search(steering) === -1 ? text : quote(text);
}
