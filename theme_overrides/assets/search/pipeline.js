// @ts-check
/**
 * What the index holds: the fields with their boosts, and how words are trimmed.
 *
 * `generator/search/pipeline.py` does the same where the index is built. This module imports nothing, so that
 * `setUp` serves any copy of lunr.js 2.3.9.
 */

/** The boost of each field. */
export const fields = Object.freeze({ title: 5, topics: 3, organization: 2, authors: 2, abstract: 1 });

/** Where lunr.js parts words. */
export const SEPARATOR = /[\s-]+/u;

const LEADING = /^[^\p{L}\p{N}\p{M}_]+/u;
const TRAILING = /[^\p{L}\p{N}\p{M}_]+$/u;
const LABEL = "unicodeTrimmer";

/**
 * A word without what is no letter, number, mark or underscore at its ends; perhaps the empty string.
 * @param {string} word
 */
export function trimmed(word) {
  return word.replace(LEADING, "").replace(TRAILING, "");
}

/** @param {any} token */
function unicodeTrimmer(token) {
  return token.update(trimmed);
}

/**
 * A plugin for `lunr(function () { this.use(setUp); ... })`: sets the ref and the fields, and replaces lunr's
 * trimmer, which empties words of other scripts than Latin. It adds no document.
 * @param {any} builder
 */
export function setUp(builder) {
  builder.ref("ref");
  for (const [name, boost] of Object.entries(fields)) builder.field(name, { boost });
  replaceTrimmer(builder.pipeline);
}

/**
 * The functions are those of the caller's own lunr, so its registry is the one that must know the new trimmer.
 * @param {any} pipeline
 */
function replaceTrimmer(pipeline) {
  const Pipeline = pipeline.constructor;
  if (!(LABEL in Pipeline.registeredFunctions)) Pipeline.registerFunction(unicodeTrimmer, LABEL);
  const plain = Pipeline.registeredFunctions.trimmer;
  try {
    pipeline.before(plain, unicodeTrimmer);
  } catch {
    return; // A pipeline without lunr's trimmer, or with ours already, has none to replace.
  }
  pipeline.remove(plain);
}
