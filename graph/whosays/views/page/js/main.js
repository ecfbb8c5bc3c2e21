// Putting it together.
state = fromHash(location.hash.length > 1 ? location.hash : DATA.opening);
readColours();
choices();
if (narrow()) document.body.classList.add("narrow-filters-closed");
makePane($("#pane-a"), "a");
makePane($("#pane-b"), "b");
wireSearch();
wireExports();
wireKeys();
wirePrinting();
$("#perspective").addEventListener("change", (event) =>
  change({ p: event.target.value }, { fitAfter: true }));
$("#versus").addEventListener("change", (event) => compareWith(event.target.value));
$("#b-filters").addEventListener("click", toggleFilters);
$("#b-table").addEventListener("click", KEYS.t);
$("#b-names").addEventListener("click", KEYS.l);
$("#b-fit").addEventListener("click", fit);
$("#b-theme").addEventListener("click", toggleTheme);
$("#b-help").addEventListener("click", showHelp);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", refresh);
addEventListener("resize", () => nextFrame(resized));
function showState() {
  refresh();
  for (const pane of shownPanes()) pane.net.setSize("100%", "100%");
  proportion();
  if (state.v) {
    const [x, y, scale] = state.v;
    for (const pane of shownPanes()) moveTo(pane, x, y * tall, scale);
  } else fit();
  redraw();
}
addEventListener("hashchange", () => {
  state = fromHash(location.hash);
  showState();
});
showState();
// For tests and for the curious; the page itself does not use it.
window.whosays = {
  hash: toHash,
  restore: (hash) => { state = fromHash(hash); showState(); return toHash(); },
  select, svg: () => toSvg(PANES[0]), csv: () => toCsv(PANES[0]),
  look: (perspective = state.p) => lookAt(perspective),
  compare: (a, b) => compareLooks(lookAt(a, { whole: true }), lookAt(b, { whole: true })),
  chain: (from, to) => shortestChain(PANES[0].look, from, to),
  boxes: () => shownPanes().map(upToDate).map(({ labels, pills, names }) => ({ labels, names, pills: pills.map((pill) => pill.box) })),
  at: (id) => {
    const [x, y] = pointAt(curveOf(CLAIMS.get(id) || drawnEntries(PANES[0].look).get(id).claim), 0.5);
    return PANES[0].net.canvasToDOM({ x, y });
  },
  path: (id) => curveOf(CLAIMS.get(id)), places: () => [...PLACES],
  redraw, refresh, settled, get panes() { return PANES.map(upToDate); }, keys: Object.keys(HASH_KEYS), rankedActors: RANKED, ready: true,
};
document.documentElement.dataset.ready = "yes";
