// Bytes that have to outlive the turn in which they were read.

/** A copy that keeps nothing else alive, as a slice of Node's pool would. */
export function copyOf(bytes: Buffer, from: number, to: number): Buffer {
  const copy = Buffer.allocUnsafeSlow(to - from);
  bytes.copy(copy, 0, from, to);
  return copy;
}

export function joined(first: Buffer, bytes: Buffer, from: number, to: number): Buffer {
  const all = Buffer.allocUnsafeSlow(first.length + to - from);
  first.copy(all);
  bytes.copy(all, first.length, from, to);
  return all;
}
