// Where a command's words go: results to stdout, everything else to stderr, and only JSON on stdout with --json.
import picocolors from 'picocolors';
import type { Writable } from 'node:stream';
import { printableJson } from '../../shared/model/steering-characters.ts';
import { printableText } from './printable.ts';

export type Colours = ReturnType<typeof picocolors.createColors>;

export interface Terminal {
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Output {
  readonly json: boolean;
  /** For text on stdout. */
  readonly colours: Colours;
  /** For text on stderr. */
  readonly errorColours: Colours;
  /** Columns of the terminal; without limit when stdout is none. */
  readonly width: number;
  /** True when a line on stderr can be written again and again. */
  readonly showsProgress: boolean;
  /** The result of the command: the value with --json, otherwise the text; either is printed once. */
  result(value: unknown, text: () => string): void;
  /** Writes to stdout as it is; resolves when the reader has taken it, or has gone away. */
  write(text: string): Promise<void>;
  /** Lines on stderr, for people. */
  note(text: string): void;
  /** Replaces the progress line; an empty text removes it. */
  progress(text: string): void;
}

export function createOutput(terminal: Terminal, json: boolean): Output {
  const { stdout, env } = terminal;
  let progressShown = false;
  let broken = false;
  stdout.on('error', () => (broken = true));

  function clearProgress(): void {
    if (progressShown) terminal.stderr.write('\r\u001B[K');
    progressShown = false;
  }

  return {
    json,
    colours: picocolors.createColors(wantsColour(stdout.isTTY === true, env)),
    // Looked at when needed: making a stream for stderr takes time that most commands can save.
    get errorColours() {
      return picocolors.createColors(wantsColour(terminal.stderr.isTTY === true, env));
    },
    width: stdout.isTTY === true && stdout.columns !== undefined && stdout.columns > 0 ? stdout.columns : Number.POSITIVE_INFINITY,
    get showsProgress() {
      return terminal.stderr.isTTY === true && env['TERM'] !== 'dumb';
    },
    result(value, text) {
      clearProgress();
      const printed = json ? printableJson(value, 2) : printableText(text());
      if (printed !== '') stdout.write(`${printed}\n`);
    },
    async write(text) {
      clearProgress();
      if (broken || stdout.write(text)) return;
      await new Promise<void>((resolve) => {
        const go = (): void => {
          stdout.off('drain', go);
          stdout.off('error', go);
          resolve();
        };
        stdout.once('drain', go);
        stdout.once('error', go);
      });
    },
    note(text) {
      clearProgress();
      terminal.stderr.write(`${printableText(text)}\n`);
    },
    progress(text) {
      clearProgress();
      if (text === '' || !this.showsProgress) return;
      terminal.stderr.write(printableText(text).slice(0, Math.max(10, (terminal.stderr.columns ?? 80) - 1)));
      progressShown = true;
    },
  };
}

/** https://no-color.org and https://force-color.org; NO_COLOR wins. */
export function wantsColour(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}
