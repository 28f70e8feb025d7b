const ui = new PagefindUI({ element: "#search", showSubResults: false });
const asked = new URLSearchParams(location.search).get("q");
if (asked) ui.triggerSearch(asked);
