/* A notice once the last digest is older than a week.  The day is the page's, today is the reader's. */
const WEEK = 7;
const DAY = 24 * 60 * 60 * 1000;

for (const notice of document.querySelectorAll("[data-age]")) {
  const days = Math.floor((Date.now() - Date.parse(notice.dataset.age)) / DAY);
  notice.querySelector("span").textContent = days.toLocaleString("en");
  notice.hidden = !(days > WEEK);
}
