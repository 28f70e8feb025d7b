// @ts-check
/**
 * Order, filters and facets of what was found; nothing here knows lunr, the page, or how anything was fetched.
 * Documents are numbered by date, so that of two the newer one has the greater number.
 *
 * @typedef {"topic" | "year" | "organization" | "has"} Facet
 * @typedef {Partial<Record<Facet, readonly (string | number)[]>>} Filters
 * @typedef {import("./library.js").Value} Value
 * @typedef {Partial<Record<Facet, ReadonlyMap<string, Value>>>} Columns
 * @typedef {{value: string, name: string, count: number}} Count
 */

/** @type {readonly Facet[]} */
export const FACETS = Object.freeze(["topic", "year", "organization", "has"]);

export const SORTS = Object.freeze(["relevance", "date", "comments"]);

/**
 * The first `count` numbers, those with the greatest keys; of equal keys the greater number.
 * @param {Uint32Array} numbers
 * @param {ArrayLike<number> | null} keys  by number; null for none
 * @param {number} count
 * @returns {number[]}
 */
export function first(numbers, keys, count) {
  const order = keys ? (/** @type {number} */ a, /** @type {number} */ b) => keys[b] - keys[a] || b - a : (/** @type {number} */ a, /** @type {number} */ b) => b - a;
  /** @type {number[]} */
  const kept = [];
  // Sorting all of what a frequent word finds would take longer than everything else: so what is behind is let go.
  let last = -1;
  for (const number of numbers) {
    if (last >= 0 && order(last, number) < 0) continue;
    kept.push(number);
    if (kept.length < 2 * count + 100) continue;
    kept.sort(order).length = count;
    last = kept[count - 1] ?? -1;
  }
  return kept.sort(order).slice(0, count);
}

/**
 * The facets whose columns a filter needs.
 * @param {Filters} filters
 */
export function inForce(filters) {
  return FACETS.filter((facet) => wanted(filters, facet).length);
}

/**
 * What passes: one of the values of every facet that has any.
 * A value may be several with spaces between them, as in `?topic=agents+reasoning`: who has all of these.
 * @param {Uint32Array} numbers
 * @param {Filters} filters
 * @param {Columns} columns
 * @param {number} documents  how many there are
 * @param {Facet} [except]  a facet whose filter does not count
 */
export function filtered(numbers, filters, columns, documents, except) {
  const tests = inForce(filters).filter((facet) => facet !== except);
  return tests.reduce((left, facet) => {
    const having = new Uint8Array(documents);
    const values = columns[facet] ?? new Map();
    for (const value of wanted(filters, facet)) for (const number of known(values, value)?.numbers ?? []) having[number] = 1;
    return left.filter((number) => having[number]);
  }, numbers);
}

/**
 * The same filters with the ids that topics have now, so that an address of years ago finds what it found.
 * @template {Filters} Wanted
 * @param {Wanted} filters
 * @param {ReadonlyMap<string, string>} formerTopics  the id of each that had another
 * @returns {Wanted}
 */
export function current(filters, formerTopics) {
  const now = (/** @type {string} */ id) => formerTopics.get(id) ?? id;
  const topics = wanted(filters, "topic").map((value) => value.split(" ").map(now).join(" "));
  return topics.length ? { ...filters, topic: [...new Set(topics)] } : filters;
}

/**
 * A value as its facet knows it, or several of them at once; undefined where one is not known.
 * @param {ReadonlyMap<string, Value>} values
 * @param {string} value
 * @returns {Value | undefined}
 */
function known(values, value) {
  const parts = values.has(value) ? [value] : value.split(" ");
  return parts.map((part) => values.get(part)).reduce((left, right) => left && right && both(left, right));
}

/**
 * @param {Value} left
 * @param {Value} right
 * @returns {Value}
 */
function both(left, right) {
  const those = new Set(right.numbers);
  return { name: `${left.name} + ${right.name}`, numbers: left.numbers.filter((number) => those.has(number)) };
}

/**
 * @param {Filters} filters
 * @param {Facet} facet
 */
function wanted(filters, facet) {
  return [filters[facet] ?? []].flat().map(String);
}

/**
 * How many papers each value of each facet would give: the facet's own filter does not reduce its counts.
 * Years come newest first, all else by count. A wanted value is listed even where it would give none.
 * @param {Uint32Array} numbers
 * @param {Filters} filters
 * @param {Required<Columns>} columns
 * @param {number} documents
 * @returns {Record<Facet, Count[]>}
 */
export function facets(numbers, filters, columns, documents) {
  const counted = FACETS.map((facet) => {
    const passing = filtered(numbers, filters, columns, documents, facet);
    return [facet, counts(facet, passing, columns[facet], wanted(filters, facet), documents)];
  });
  return Object.fromEntries(counted);
}

/**
 * @param {Facet} facet
 * @param {Uint32Array} numbers
 * @param {ReadonlyMap<string, Value>} values
 * @param {readonly string[]} wanted
 * @param {number} documents
 * @returns {Count[]}
 */
function counts(facet, numbers, values, wanted, documents) {
  const isIn = new Uint8Array(documents);
  for (const number of numbers) isIn[number] = 1;
  const listed = [...new Set([...values.keys(), ...wanted])]
    .map((value) => ({ value, ...(known(values, value) ?? { name: value, numbers: [] }) }))
    .map(({ value, name, numbers }) => ({ value, name, count: sumOver(numbers, isIn) }))
    .filter(({ value, count }) => count || wanted.includes(value));
  return listed.sort(facet === "year" ? (a, b) => ascending(b.value, a.value) : (a, b) => b.count - a.count || ascending(a.value, b.value));
}

/**
 * @param {Iterable<number>} numbers
 * @param {Uint8Array} isIn
 */
function sumOver(numbers, isIn) {
  let sum = 0;
  for (const number of numbers) sum += isIn[number];
  return sum;
}

/**
 * @param {string} a
 * @param {string} b
 */
function ascending(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
