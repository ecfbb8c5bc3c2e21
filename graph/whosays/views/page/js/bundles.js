// One line per pair of actors: what keeps a picture of very many claims readable. The
// pair that is selected, or holds the selected claim, is opened: its claims fan out.
const CROWDED = 300;
const pairKey = ({ s: a, o: b }) => (a < b ? a + "|" + b : b + "|" + a);
const PAIRS = new Map();
for (const claim of DATA.claims) {
  const key = pairKey(claim);
  if (!PAIRS.has(key)) PAIRS.set(key, []);
  PAIRS.get(key).push(claim);
}
const selectPair = (claim) => "p:" + pairKey(claim);
const selectLine = (claim) => (claim.bundle ? selectPair(claim) : selectClaim(claim));
const endsOf = (pair) => [PAIRS.get(pair)[0].s, PAIRS.get(pair)[0].o].sort();
// As the reader wishes; else where more claims are in sight than eyes can part.
const crowded = () => shownPanes().some((pane) => pane.look.claims.size > CROWDED);
const grouped = () => (state.grp ? state.grp === "1" : crowded());
function openPair() {
  const { claim, pair } = selection();
  return claim ? pairKey(claim) : pair || "";
}
// What is drawn of a look: its claims, or a bundle for each closed pair.
function drawnEntries(look) {
  if (!grouped()) return look.claims;
  const open = openPair();
  if (look.drawn && look.drawn.open === open) return look.drawn.entries;
  const pairs = new Map(), entries = new Map();
  for (const entry of look.claims.values()) {
    const key = pairKey(entry.claim);
    if (!pairs.has(key)) pairs.set(key, []);
    pairs.get(key).push(entry);
  }
  for (const [key, list] of pairs) {
    const lines = list.length === 1 || key === open ? list : [bundleOf(key, list)];
    for (const entry of lines) entries.set(entry.claim.id, entry);
  }
  look.drawn = { open, entries };
  return entries;
}
function bundleOf(key, list) {
  const [s, o] = endsOf(key);
  const claim = { id: "p:" + key, s, o, r: "", bundle: list.map((entry) => entry.claim) };
  return { ...entryOf(claim, list.flatMap((entry) => entry.shown)),
    disputed: list.some((entry) => entry.disputed), clash: list.some((entry) => entry.clash) };
}
// What only others say, drawn faintly: each claim, or one line for each pair.
function ghostsOf(look, others) {
  if (!others) return [];
  const missing = [...others].filter(([id]) => !look.claims.has(id));
  if (!grouped()) return missing;
  const known = new Set([...look.claims.values()].map((entry) => pairKey(entry.claim)));
  return missing.filter(([, { claim }]) => {
    const key = pairKey(claim), fresh = !known.has(key);
    known.add(key);
    return fresh;
  });
}
function fanLines() {
  const inSight = new Map(shownPanes().flatMap((pane) =>
    [...ghostsOf(pane.look, pane.others), ...drawnEntries(pane.look)]));
  fanOut([...inSight].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry));
}
// The words that say so, with the way back.
function drawGrouping() {
  const box = $("#grouping"), on = grouped();
  box.hidden = !on && !crowded();
  if (box.hidden) return;
  box.replaceChildren(T(on ? "grouped" : "not_grouped", { n: CROWDED }) + " ",
    h("button", { type: "button", class: "link", id: "b-grouping", onclick: toggleGrouping },
      T(on ? "show_each" : "group_pairs")));
}
function toggleGrouping() {
  const focused = document.activeElement && document.activeElement.id === "b-grouping";
  change({ grp: grouped() ? "0" : "1" });
  if (state.grp === (crowded() ? "1" : "0")) change({ grp: "" });
  say(T(grouped() ? "grouped" : "not_grouped"));
  if (focused && $("#b-grouping")) $("#b-grouping").focus();
}
function pairPanel(pair) {
  const look = PANES[0].look, [a, b] = endsOf(pair);
  const entries = PAIRS.get(pair).map((claim) => look.claims.get(claim.id)).filter(Boolean)
    .sort((x, y) => y.disputed - x.disputed || y.total - x.total);
  const sum = totals(entries);
  return [
    panelHead([actorLink(a), " – ", actorLink(b)],
      [T("n_claims", { n: sum.claims }), T("n_statements", { n: sum.statements })].join(" · ")),
    stanceBar(sum.counts),
    h("div", { class: "quiet" }, entries.length ? tallyText(sum.counts) : T("nothing_here")),
    section(T("heading_between"), listOf(entries, (entry) => claimRow(entry))),
  ];
}
