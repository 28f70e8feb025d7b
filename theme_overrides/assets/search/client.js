// @ts-check
/**
 * The search for a page: in a worker, or in the page itself where no worker can be had. Nothing is loaded before the
 * first question.
 *
 * @typedef {ReturnType<typeof import("./search.js").createSearch>} Search
 * @typedef {{method: string, args: unknown[], resolve(value: any): void, reject(error: Error): void}} Question
 */

/** @returns {Pick<Search, "explore" | "facets" | "suggest">} */
export function createClient() {
  /** @type {Map<number, Question>} */
  const waiting = new Map();
  /** @type {Worker | null | undefined} */
  let worker;
  let asked = 0;

  function start() {
    try {
      const made = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
      made.addEventListener("message", answered);
      made.addEventListener("error", failed);
      return made;
    } catch {
      return null;
    }
  }

  /** @param {MessageEvent} event */
  function answered({ data: { id, value, error } }) {
    const question = waiting.get(id);
    waiting.delete(id);
    if (error) question?.reject(new Error(error));
    else question?.resolve(value);
  }

  /**
   * A worker that does not start: the page answers in its place.
   * @param {ErrorEvent} event
   */
  function failed(event) {
    event.preventDefault();
    worker?.terminate();
    worker = null;
    for (const question of waiting.values()) inPage(question);
    waiting.clear();
  }

  /** @param {string} method */
  const asking = (method) => (/** @type {unknown[]} */ ...args) =>
    new Promise((resolve, reject) => {
      if (worker === undefined) worker = start();
      const question = { method, args, resolve, reject };
      if (!worker) return inPage(question);
      waiting.set((asked += 1), question);
      worker.postMessage({ id: asked, method, args });
    });

  return { explore: asking("explore"), facets: asking("facets"), suggest: asking("suggest") };
}

/** @type {Search | undefined} */
let inside;

/** @param {Question} question */
async function inPage({ method, args, resolve, reject }) {
  try {
    inside ??= (await import("./search.js")).createSearch();
    // @ts-ignore: as in the worker
    resolve(await inside[method](...args));
  } catch (error) {
    reject(/** @type {Error} */ (error));
  }
}
