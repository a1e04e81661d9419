// What the YAML parser found, in words that say what to do.
import type { YAMLError } from 'yaml';
import type { ProblemList } from './problem.ts';
import { withoutControls } from './printable.ts';

export function reportYamlError(error: YAMLError, text: string, problems: ProblemList): void {
  const [start, end] = error.pos;
  // A problem "at the end" is shown at the last sign of the file, not on the empty line after it.
  const last = Math.max(0, text.trimEnd().length - 1);
  const range = start > last ? { start: last, end: last + 1 } : { start, end: Math.max(end, start + 1) };
  problems.add(range, message(error), hint(error));
}

function message(error: YAMLError): string {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return 'a tab is used as indentation, which YAML does not allow';
    case 'MULTIPLE_DOCS':
      return 'the file holds several YAML documents, a config is one';
    case 'NON_STRING_KEY':
      return 'a key must be plain text';
    case 'RESOURCE_EXHAUSTION':
      return 'the file is nested too deeply';
    default:
      return `not valid YAML: ${lowerFirst(withoutControls(error.message).slice(0, 300))}`;
  }
}

function hint(error: YAMLError): string | null {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return 'indent with spaces';
    case 'MULTIPLE_DOCS':
      return 'remove the "---" line, or put the second part into a file of its own';
    case 'BAD_SCALAR_START':
      return 'put the value in quotes';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'check the indentation; a value that contains ": " needs quotes';
    case 'MULTILINE_IMPLICIT_KEY':
      return 'check the indentation and that every key ends in ":"';
    case 'TAG_RESOLVE_FAILED':
      return 'remove the tag; a value that begins with "!" needs quotes';
    default:
      return null;
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
