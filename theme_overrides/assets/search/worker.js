// @ts-check
/** The search in a thread of its own, so that the page never waits for it: asked and answering by messages. */
import { createSearch } from "./search.js";

const search = createSearch();

addEventListener("message", async ({ data: { id, method, args } }) => {
  // @ts-ignore: the client asks for methods that there are
  const answer = search[method](...args);
  postMessage(await answer.then((/** @type {unknown} */ value) => ({ id, value }), (/** @type {Error} */ error) => ({ id, error: error.message })));
});
