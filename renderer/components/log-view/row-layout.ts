// Where rows lie when each is a whole number of text lines high. Offsets and heights are in text lines, not in pixels.

export interface RowLayout {
  readonly count: number;
  /** Of all rows together. */
  readonly total: number;
  offsetOf(index: number): number;
  /** The row at this offset, the nearest one if there is none. */
  indexAt(offset: number): number;
}

/** Every row is one line high: what a log is unless lines are wrapped or opened. */
export function evenLayout(count: number): RowLayout {
  return {
    count,
    total: count,
    offsetOf: (index) => index,
    indexAt: (offset) => Math.max(0, Math.min(count - 1, Math.floor(offset))),
  };
}

export function unevenLayout(count: number, heightOf: (index: number) => number): RowLayout {
  const offsets = new Uint32Array(count + 1);
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    total += heightOf(index);
    offsets[index + 1] = total;
  }
  return {
    count,
    total,
    offsetOf: (index) => offsets[Math.max(0, Math.min(count, index))] ?? 0,
    indexAt: (offset) => {
      let low = 0;
      let high = count - 1;
      while (low < high) {
        const middle = (low + high + 1) >>> 1;
        if ((offsets[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return Math.max(0, low);
    },
  };
}
