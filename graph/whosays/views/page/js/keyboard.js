// Everything can be reached with keys; the drawing answers to arrows when focused.
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
let anchor = null;

function paneKey(pane, event) {
  const { key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (ARROWS[key]) stepActor(pane, ARROWS[key]);
  else if (key === "]" || key === "[") stepClaim(pane, key === "]" ? 1 : -1);
  else if (key === "Enter" && state.sel) openDetails();
  else if (key === "+" || key === "=" || key === "-") {
    pane.net.moveTo({ scale: pane.net.getScale() * (key === "-" ? 0.8 : 1.25), animation: false });
    follow(pane);
  } else return;
  event.preventDefault();
}
// The nearest actor in a direction; straying from it costs twice as much as distance.
function stepActor(pane, [ux, uy]) {
  const { actor, claim } = selection();
  const now = actor !== undefined ? actor : claim ? claim.s : null;
  const centre = pane.net.getViewPosition();
  const from = now === null ? centre : PLACES.get(now);
  let best = null, least = Infinity;
  for (const slug of RANKED) {
    if (slug === now || !pane.look.actors.has(slug)) continue;
    const { x, y } = PLACES.get(slug);
    const dx = x - from.x, dy = y - from.y;
    const along = dx * ux + dy * uy, aside = Math.abs(dx * uy) + Math.abs(dy * ux);
    if (now !== null && along <= 4) continue;
    const cost = now === null ? Math.hypot(dx, dy) : along + 2.2 * aside;
    if (cost < least) { least = cost; best = slug; }
  }
  if (best === null) return;
  anchor = best;
  choose(selectActor(best));
}
function stepClaim(pane, step) {
  const { actor, claim, pair } = selection();
  if (actor !== undefined) anchor = actor;
  if (anchor === null && claim) anchor = claim.s;
  const list = (pair ? PAIRS.get(pair) : CLAIMS_OF.get(anchor) || []).filter((one) => pane.look.claims.has(one.id));
  if (!list.length) return;
  const now = list.indexOf(claim);
  const next = now < 0 ? (step > 0 ? 0 : list.length - 1) : (now + step + list.length) % list.length;
  choose(selectClaim(list[next]));
}
function openDetails() {
  const panel = $("#panel");
  panel.focus();
  const first = $("button, a", panel);
  if (first) first.focus();
}
function reachOut(hops) {
  if (selection().actor !== undefined) goAlong({ hops, to: "" }, "");
}
const KEYS = {
  "/": () => $("#query").focus(), f: fit, d: toggleTheme, "?": showHelp,
  1: () => reachOut(1), 2: () => reachOut(2), c: () => $("#chain-to")?.focus(), g: toggleGrouping,
  l: () => change({ lab: !state.lab }), t: () => change({ tab: !state.tab }),
};
function wireKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || $("#help").open) return;
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
    if (typing) return;
    if (event.key === "Escape") {
      if ($("#exports").open) $("#exports").open = false;
      else if (state.tour) endTour();
      else select("");
    } else if (tourKey(event)) event.preventDefault();
    else if (KEYS[event.key]) {
      event.preventDefault();
      KEYS[event.key]();
    }
  });
}
function showHelp() {
  const dialog = $("#help");
  const keys = [["/", "search"], ["← ↑ → ↓", "arrows"], ["[ ]", "brackets"], ["Enter", "enter"], ["Esc", "escape"],
    ["+ −", "zoom"], ...(DATA.tours.length ? [["← →", "steps"]] : []), ["f", "fit"], ["1 2", "around"], ["c", "chain"], ["g", "grouping"], ["l", "names"], ["t", "table"], ...(KEYS.q ? [["q", "sparql"]] : []), ["d", "theme"], ["?", "help"]];
  dialog.replaceChildren(h("h2", {}, T("help_title")), h("p", {}, T("reading")), h("p", {}, T("principle")),
    h("h2", {}, T("keys")), h("div", { class: "keys" }, keys.map(([key, name]) => [h("kbd", {}, key), h("span", {}, T("key_" + name))])),
    h("button", { type: "button", onclick: () => dialog.close() }, T("close")));
  dialog.showModal();
}
