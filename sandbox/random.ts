/** A reproducible source of randomness: the same seed gives the same sequence on every machine. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** The next number, at least 0 and less than 1 (the mulberry32 generator). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, at least 0 and less than `bound`. */
  below(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.below(choices.length)];
    if (choice === undefined) throw new Error('nothing to pick from');
    return choice;
  }

  /** Hexadecimal digits, lower case. */
  hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += this.below(0x100000000).toString(16).padStart(8, '0');
    return text.slice(0, digits);
  }

  /** Decimal digits. */
  digits(count: number): string {
    let text = '';
    for (let index = 0; index < count; index += 1) text += String(this.below(10));
    return text;
  }

  /** A GUID of the random kind (version 4). */
  guid(): string {
    const hex = this.hex(31);
    const variant = '89ab'.charAt(this.below(4));
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${variant}${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
  }

  /** The choices in random order; the given list stays as it is. */
  shuffle<T>(choices: readonly T[]): T[] {
    const shuffled = [...choices];
    for (let index = shuffled.length - 1; index > 0; index -= 1) {
      const other = this.below(index + 1);
      const moved = shuffled[index];
      const taken = shuffled[other];
      if (moved === undefined || taken === undefined) continue;
      shuffled[index] = taken;
      shuffled[other] = moved;
    }
    return shuffled;
  }
}
