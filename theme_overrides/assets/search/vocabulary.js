// @ts-check
/**
 * Which terms of the index a pattern finds: lunr's own automaton of the pattern, run over a sorted list of terms in
 * place of lunr's set of all tokens, which would have to be built in every reader's browser first.
 *
 * @typedef {{final: boolean, edges: Record<string, Node>}} Node  a `lunr.TokenSet`
 */

/**
 * The terms that the automaton accepts.
 * @param {readonly string[]} terms  ascending
 * @param {Node} root
 * @returns {string[]}
 */
export function matching(terms, root) {
  /** @type {Node[][]} */
  const states = [[root]]; // after each character of the last term, as far as any way led on
  let last = "";
  return terms.filter((term) => {
    let at = Math.min(sharedLength(last, term), states.length - 1);
    states.length = at + 1;
    while (at < term.length && states[at].length) states[++at] = step(states[at - 1], term[at - 1]);
    last = term;
    return at === term.length && states[at].some((node) => node.final);
  });
}

/**
 * @param {readonly Node[]} nodes
 * @param {string} char
 */
function step(nodes, char) {
  const next = new Set();
  for (const { edges } of nodes) {
    if (char in edges) next.add(edges[char]);
    if ("*" in edges) next.add(edges["*"]);
  }
  return [...next];
}

/**
 * @param {string} a
 * @param {string} b
 */
function sharedLength(a, b) {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/**
 * The terms in the order in which lunr would list them, which decides the order of its sums.
 * @param {any} lunr
 * @param {readonly string[]} terms  ascending; what the automaton accepts
 * @param {Node} root
 * @returns {string[]}
 */
export function inOrder(lunr, terms, root) {
  return lunr.TokenSet.fromArray(terms).intersect(root).toArray();
}
