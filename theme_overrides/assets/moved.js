// @ts-check
/** Goes on to where a page is now, with what the address said behind the path. */
const { target } = document.documentElement.dataset;
if (target) location.replace(target + location.search + location.hash);
