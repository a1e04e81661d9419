// A list that grows at its end and loses from its beginning, with access by index. Both cost next to nothing per item.

export class SlidingList<Item> {
  #items: Item[] = [];
  #start = 0;

  get length(): number {
    return this.#items.length - this.#start;
  }

  at(index: number): Item | undefined {
    return index < 0 ? undefined : this.#items[this.#start + index];
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  dropFirst(count: number): void {
    this.#start += Math.min(count, this.length);
    // Copied only when a quarter of it is void: what was dropped is let go of soon, and copying stays rare.
    if (this.#start * 4 < this.#items.length) return;
    this.#items = this.#items.slice(this.#start);
    this.#start = 0;
  }

  clear(): void {
    this.#items = [];
    this.#start = 0;
  }

  /** Index of the first item for which `reached` holds, in a list where it holds for all that follow; length if there is none. */
  firstIndex(reached: (item: Item) => boolean): number {
    let low = this.#start;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const item = this.#items[middle];
      if (item !== undefined && reached(item)) high = middle;
      else low = middle + 1;
    }
    return low - this.#start;
  }
}
