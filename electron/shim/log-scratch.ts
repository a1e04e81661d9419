// The one place where encoded text becomes bytes: a buffer kept for ever, so that a flood of output makes no garbage.

const scratch = Buffer.allocUnsafeSlow(262_144);

/** One byte per character (latin1). Valid until the next call. */
export function toBytes(text: string): Buffer {
  if (text.length > scratch.length) return Buffer.from(text, 'latin1');
  return scratch.subarray(0, scratch.write(text, 'latin1'));
}
