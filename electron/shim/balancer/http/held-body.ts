// The bytes of a request's body that were not sent yet, or may have to be sent again to another instance.

/** RFC 9110, 9.2.2: asking twice does no more than asking once. */
const idempotent: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);
/** Larger bodies are sent only once. */
const maxHeldBytes = 64 * 1024;

export class HeldBody {
  /** In latin1. */
  text = '';
  /** All that was sent of the request is still here, and may be sent again. */
  mayRepeat: boolean;

  constructor(method: string) {
    this.mayRepeat = idempotent.has(method);
  }

  /** `isSent`: it is on its way already, and held only for another try. */
  add(bytes: Buffer, from: number, to: number, isSent: boolean): void {
    if (isSent && !this.mayRepeat) return;
    this.text += bytes.toString('latin1', from, to);
    if (isSent) this.trim();
  }

  /** All of it is on its way now. */
  sent(): void {
    this.trim();
  }

  /** There will be no other try. */
  drop(): void {
    this.text = '';
    this.mayRepeat = false;
  }

  private trim(): void {
    if (!this.mayRepeat || this.text.length > maxHeldBytes) this.drop();
  }
}
