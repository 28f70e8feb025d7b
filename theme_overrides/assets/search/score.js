// @ts-check
/**
 * What lunr's `Index.prototype.query` finds and how it scores that, on numbers of documents in place of refs.
 *
 * The sums are added up in lunr's order, so that scores are equal to the last bit, and with them the order of hits:
 * within a field by the order of the terms in lunr's builder, over the fields by when the query met them.
 *
 * @typedef {import("./postings.js").Term} Term
 * @typedef {{fields: readonly number[], boost: number, presence: number, terms: readonly Term[]}} Clause
 * @typedef {{numbers: Uint32Array, scores: Float64Array}} Found  ascending numbers; the score of every document
 */

/** As in `lunr.Query.presence`. */
export const PRESENCE = Object.freeze({ OPTIONAL: 1, REQUIRED: 2, PROHIBITED: 3 });

// A document's fields in the order in which the query met them, three bits each.
const BITS = 3;
const FIELD = 7;

/**
 * @param {readonly Clause[]} clauses
 * @param {number} documents  how many there are
 * @returns {Found}
 */
export function score(clauses, documents) {
  const allowed = passing(clauses, documents);
  const scores = new Float64Array(documents);
  if (clauses.every((clause) => clause.presence === PRESENCE.PROHIBITED)) return { numbers: whereSet(allowed), scores };
  const met = fieldsMet(clauses, documents);
  const parts = similarities(clauses, documents);
  for (let number = 0; number < documents; number++) if (!allowed[number]) met[number] = 0;
  const numbers = whereSet(met);
  for (const number of numbers) scores[number] = sum(met[number], parts, number);
  return { numbers, scores };
}

/**
 * The numbers of the documents with something set; a loop, as the callbacks of typed arrays take many times longer.
 * @param {Uint8Array | Uint16Array} marks
 */
function whereSet(marks) {
  const numbers = new Uint32Array(marks.length);
  let count = 0;
  for (let number = 0; number < marks.length; number++) if (marks[number]) numbers[count++] = number;
  return numbers.slice(0, count);
}

/**
 * Which documents have what is required and nothing that is prohibited.
 * @param {readonly Clause[]} clauses
 * @param {number} documents
 */
function passing(clauses, documents) {
  const allowed = new Uint8Array(documents).fill(1);
  const seen = new Set(); // a word may be repeated a thousand times
  for (const clause of clauses.filter((clause) => clause.presence !== PRESENCE.OPTIONAL)) {
    const same = [clause.presence, clause.fields, clause.terms.map((term) => term.order)].join(";");
    if (seen.has(same)) continue;
    seen.add(same);
    const isWanted = clause.presence === PRESENCE.REQUIRED ? 1 : 0;
    const having = new Uint8Array(documents);
    eachList(clause, ({ numbers }) => numbers.forEach((number) => (having[number] = 1)));
    for (let number = 0; number < documents; number++) allowed[number] &= having[number] ^ isWanted ^ 1;
  }
  return allowed;
}

/**
 * @param {Clause} clause
 * @param {(list: import("./postings.js").Weighed, field: number, term: Term) => void} act
 */
function eachList(clause, act) {
  for (const term of clause.terms) {
    for (const field of clause.fields) {
      const list = term.fields[field];
      if (list) act(list, field, term);
    }
  }
}

/**
 * Of each document the fields in which it was found, the last one lowest.
 * @param {readonly Clause[]} clauses
 * @param {number} documents
 */
function fieldsMet(clauses, documents) {
  const met = new Uint16Array(documents);
  const seen = new Uint8Array(documents);
  const done = new Set();
  for (const clause of clauses.filter((clause) => clause.presence !== PRESENCE.PROHIBITED)) {
    eachList(clause, ({ numbers }, field, { order }) => {
      if (done.has(`${order}/${field}`)) return;
      done.add(`${order}/${field}`);
      const bit = 1 << field;
      for (const number of numbers) {
        if (seen[number] & bit) continue;
        seen[number] |= bit;
        met[number] = (met[number] << BITS) | (field + 1);
      }
    });
  }
  return met;
}

/**
 * For each field the similarity of every document to the query.
 * @param {readonly Clause[]} clauses
 * @param {number} documents
 */
function similarities(clauses, documents) {
  return queryVectors(clauses).map((vector) => {
    const elements = [...vector.values()].sort((a, b) => a.term.order - b.term.order);
    const magnitude = Math.sqrt(elements.reduce((sum, { boost }) => sum + boost * boost, 0));
    const similar = dots(elements, documents);
    for (let number = 0; number < similar.length; number++) similar[number] = similar[number] / magnitude || 0;
    return similar;
  });
}

/**
 * For each field the terms asked for in it, with their boosts. A term without documents there counts, too: it makes
 * the query longer.
 * @param {readonly Clause[]} clauses
 */
function queryVectors(clauses) {
  const count = Math.max(0, ...clauses.flatMap((clause) => clause.fields)) + 1;
  const vectors = Array.from({ length: count }, () => /** @type {Map<number, {term: Term, boost: number, field: number}>} */ (new Map()));
  for (const { presence, terms, fields, boost } of clauses) {
    if (presence === PRESENCE.PROHIBITED) continue;
    for (const term of terms) {
      for (const field of fields) {
        const element = vectors[field].get(term.order);
        if (element) element.boost += boost;
        else vectors[field].set(term.order, { term, boost, field });
      }
    }
  }
  return vectors;
}

/**
 * @param {readonly {term: Term, boost: number, field: number}[]} elements
 * @param {number} documents
 */
function dots(elements, documents) {
  const dots = new Float64Array(elements.length ? documents : 0);
  for (const { term, boost, field } of elements) {
    const list = term.fields[field];
    if (!list) continue;
    const { numbers, weights } = list;
    for (let at = 0; at < numbers.length; at++) dots[numbers[at]] += boost * weights[at];
  }
  return dots;
}

/**
 * @param {number} met
 * @param {readonly Float64Array[]} parts
 * @param {number} number
 */
function sum(met, parts, number) {
  let sum = 0;
  for (let shift = 4 * BITS; shift >= 0; shift -= BITS) {
    const field = (met >>> shift) & FIELD;
    if (field) sum += parts[field - 1][number];
  }
  return sum;
}
