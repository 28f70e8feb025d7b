// @ts-check
/**
 * Elements, made and found. Texts of papers are strangers' texts: they enter the page as text nodes.
 *
 * @typedef {Node | string | null | undefined | false} Child
 */

/** The URL of the site's root. */
export const ROOT = new URL("../../", import.meta.url).href;

/**
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {HTMLElement}
 */
export function one(selector, within = document) {
  const found = within.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`the search page has no ${selector}`);
  return found;
}

/**
 * An element; attributes that are null or false are left out, and so are such children.
 * @param {string} tag
 * @param {Record<string, string | boolean | null | undefined>} attributes
 * @param {...Child} children
 */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter(isShown));
  return element;
}

/**
 * @param {Child} child
 * @returns {child is Node | string}
 */
function isShown(child) {
  return child instanceof Node || Boolean(child);
}

/**
 * The link after or before the one that has the focus; the first or last where none has it.
 * @param {readonly HTMLElement[]} links
 * @param {string} key  of the keyboard
 * @returns {HTMLElement | undefined}
 */
export function beside(links, key) {
  const at = links.findIndex((link) => link === document.activeElement);
  if (key === "ArrowDown") return links[at + 1];
  return key === "ArrowUp" && at >= 0 ? links[at - 1] : undefined;
}
