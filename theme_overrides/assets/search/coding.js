// @ts-check
/**
 * Reads the numbers and texts of the index, as `generator/search/coding.py` writes them.
 */

const MORE = 0x80;

export class Reader {
  #bytes;
  #at = 0;

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.#bytes = bytes;
  }

  /** A number from 0 in groups of seven bits, the lowest first. */
  varint() {
    let number = 0;
    let unit = 1;
    let byte;
    do {
      if (this.#at >= this.#bytes.length) throw new RangeError("a file of the index ends too early");
      byte = this.#bytes[this.#at++];
      number += (byte & ~MORE) * unit;
      unit *= MORE;
    } while (byte & MORE);
    return number;
  }

  /** @param {number} count */
  varints(count) {
    const numbers = new Uint32Array(count);
    for (let each = 0; each < count; each++) numbers[each] = this.varint();
    return numbers;
  }

  /** @param {number} count */
  bytes(count) {
    this.#at += count;
    if (this.#at > this.#bytes.length) throw new RangeError("a file of the index ends too early");
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  /** A list of texts. */
  texts() {
    const count = this.varint();
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(this.bytes(this.varint()));
    return count ? text.split("\n") : [];
  }
}

/**
 * An ascending list, from the gaps between its numbers.
 * @param {ArrayLike<number>} gaps
 */
export function ascending(gaps) {
  let last = -1;
  return Uint32Array.from(gaps, (gap) => (last += gap + 1));
}

/**
 * Where a text belongs among runs of ascending texts, or -1 before them all.
 * @param {readonly string[]} starts  of each run, ascending
 * @param {string} text
 */
export function runOf(starts, text) {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= text) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
