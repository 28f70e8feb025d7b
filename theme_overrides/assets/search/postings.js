// @ts-check
/**
 * The postings of a shard, as `generator/search/postings.py` writes them, and lunr's weights made of them.
 *
 * @typedef {{numbers: Uint32Array, times: Uint32Array, lengths: Uint32Array}} List  of one field, by document
 * @typedef {{order: number, lists: (List | null)[]}} Postings  of a term; `order` is when lunr's builder met it
 * @typedef {{numbers: Uint32Array, weights: Float64Array}} Weighed
 * @typedef {{order: number, fields: (Weighed | null)[]}} Term  a term with lunr's weights, by field
 * @typedef {{documents: number, lengths: readonly number[], boosts: readonly number[]}} Collection
 */
import { Reader } from "./coding.js";

const LONG_FIELD = 255;
// The defaults of lunr's builder.
const K1 = 1.2;
const B = 0.75;

/**
 * @param {Uint8Array} bytes
 * @param {number} fields  how many there are
 * @returns {Map<string, Postings>}
 */
export function readShard(bytes, fields) {
  const reader = new Reader(bytes);
  const terms = reader.texts();
  const heads = terms.map(() => ({ order: reader.varint(), counts: reader.varints(fields) }));
  return new Map(terms.map((term, at) => [term, postings(heads[at], reader)]));
}

/**
 * @param {{order: number, counts: Uint32Array}} head
 * @param {Reader} reader
 * @returns {Postings}
 */
function postings({ order, counts }, reader) {
  return { order, lists: Array.from(counts, (count) => (count ? list(count, reader) : null)) };
}

/**
 * @param {number} count
 * @param {Reader} reader
 * @returns {List}
 */
function list(count, reader) {
  const numbers = reader.varints(count);
  const times = new Uint32Array(count).fill(1);
  let last = -1;
  for (let at = 0; at < count; at++) {
    times[at] += numbers[at] & 1;
    last = numbers[at] = (numbers[at] >>> 1) + last + 1;
  }
  for (let at = 0; at < count; at++) if (times[at] > 1) times[at] += reader.varint();
  const lengths = Uint32Array.from(reader.bytes(count));
  for (let at = 0; at < count; at++) if (lengths[at] === LONG_FIELD) lengths[at] += reader.varint();
  return { numbers, times, lengths };
}

/**
 * The weights that lunr's builder gives a term: `lunr.Builder.prototype.createFieldVectors`, operation by operation,
 * so that not even the last bit differs.
 * @param {Postings} postings
 * @param {Collection} collection
 * @returns {Term}
 */
export function weighed({ order, lists }, { documents, lengths, boosts }) {
  const having = lists.reduce((sum, list) => sum + (list?.numbers.length ?? 0), 0);
  const idf = Math.log(1 + Math.abs((documents - having + 0.5) / (having + 0.5)));
  const fields = lists.map((list, field) => list && weights(list, idf, lengths[field] / documents, boosts[field]));
  return { order, fields };
}

/**
 * @param {List} list
 * @param {number} idf
 * @param {number} average  length of the field
 * @param {number} boost
 * @returns {Weighed}
 */
function weights({ numbers, times, lengths }, idf, average, boost) {
  const weights = Float64Array.from(times, (often, at) => {
    const weight = (idf * ((K1 + 1) * often)) / (K1 * (1 - B + B * (lengths[at] / average)) + often);
    return Math.round(weight * boost * 1000) / 1000;
  });
  return { numbers, weights };
}
