// A body in chunks (RFC 9112, 7.1). It is passed on as it came, so it is checked to the last byte: sizes, line ends, and trailers,
// which may not say anything about framing.
import type { Body } from './body.ts';
import { isTokenCode } from './tokens.ts';

const carriageReturn = 13;
const lineFeed = 10;
const semicolon = 59;
const colon = 58;
/** Twelve hexadecimal digits: 256 TiB, and far from what a double no longer counts. */
const maxSizeDigits = 12;
/** Of one chunk. */
const maxExtensionBytes = 256;

/** Trailers of these names could be taken for header fields by who merges them. */
const forbiddenTrailers: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding', 'host', 'connection']);

const enum State {
  Size,
  Extension,
  SizeEnd,
  Data,
  DataEnd,
  DataLineEnd,
  TrailerStart,
  TrailerName,
  TrailerValue,
  TrailerLineEnd,
  LastLineEnd,
  Done,
  Bad,
}

export class ChunkedBody implements Body {
  private state = State.Size;
  private digits = 0;
  private left = 0;
  private extensionBytes = 0;
  private trailerBytes = 0;
  private trailerName = '';

  /** `onData` is told where in the bytes just taken there is content. */
  constructor(
    private readonly maxTrailerBytes: number,
    public onData: ((from: number, to: number) => void) | null = null,
  ) {}

  get done(): boolean {
    return this.state === State.Done;
  }

  get bad(): boolean {
    return this.state === State.Bad;
  }

  take(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    while (at < to && this.state < State.Done) {
      if (this.state === State.Data) {
        const end = Math.min(to, at + this.left);
        this.onData?.(at, end);
        this.left -= end - at;
        at = end;
        if (this.left === 0) this.state = State.DataEnd;
      } else {
        this.state = this.next(bytes[at] ?? 0);
        at += 1;
      }
    }
    return at;
  }

  private next(code: number): State {
    switch (this.state) {
      case State.Size:
        return this.size(code);
      case State.Extension:
        this.extensionBytes += 1;
        if (code === carriageReturn) return State.SizeEnd;
        return this.extensionBytes <= maxExtensionBytes && isText(code) ? State.Extension : State.Bad;
      case State.SizeEnd:
        return code === lineFeed ? this.afterSize() : State.Bad;
      case State.DataEnd:
        return code === carriageReturn ? State.DataLineEnd : State.Bad;
      case State.DataLineEnd:
        return code === lineFeed ? State.Size : State.Bad;
      case State.LastLineEnd:
        return code === lineFeed ? State.Done : State.Bad;
      default:
        return this.trailer(code);
    }
  }

  private size(code: number): State {
    const digit = hexadecimal(code);
    if (digit >= 0) {
      this.digits += 1;
      this.left = this.left * 16 + digit;
      return this.digits <= maxSizeDigits ? State.Size : State.Bad;
    }
    if (this.digits === 0) return State.Bad;
    this.extensionBytes = 0;
    if (code === semicolon) return State.Extension;
    return code === carriageReturn ? State.SizeEnd : State.Bad;
  }

  private afterSize(): State {
    this.digits = 0;
    return this.left === 0 ? State.TrailerStart : State.Data;
  }

  private trailer(code: number): State {
    this.trailerBytes += 1;
    if (this.trailerBytes > this.maxTrailerBytes) return State.Bad;
    switch (this.state) {
      case State.TrailerStart:
        if (code === carriageReturn) return State.LastLineEnd;
        this.trailerName = '';
        return this.name(code);
      case State.TrailerName:
        if (code !== colon) return this.name(code);
        return forbiddenTrailers.has(this.trailerName.toLowerCase()) ? State.Bad : State.TrailerValue;
      case State.TrailerValue:
        if (code === carriageReturn) return State.TrailerLineEnd;
        return isText(code) ? State.TrailerValue : State.Bad;
      default:
        return code === lineFeed ? State.TrailerStart : State.Bad;
    }
  }

  private name(code: number): State {
    if (!isTokenCode(code)) return State.Bad;
    this.trailerName += String.fromCharCode(code);
    return State.TrailerName;
  }
}

/** -1 when it is no digit. */
function hexadecimal(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

function isText(code: number): boolean {
  return code === 9 || (code >= 32 && code !== 127);
}
