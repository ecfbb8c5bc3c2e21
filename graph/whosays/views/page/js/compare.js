// Two perspectives: where they collide, agree, or speak alone.
function compareLooks(a, b) {
  const contradict = new Map(), clash = new Map();
  const both = (first, second) => a.shown.has(first) && b.shown.has(second);
  for (const dispute of DISPUTES) {
    const [x, y] = dispute.sides;
    if (dispute.own || !(both(x, y) || both(y, x))) continue;
    const [first, second] = both(x, y) ? [x, y] : [y, x];
    const store = dispute.opposed ? contradict : clash;
    const key = first.claim.id + "\n" + second.claim.id;
    if (!store.has(key) || store.get(key).score < dispute.score) {
      store.set(key, { first: first.claim, second: second.claim, kind: dispute.kind, score: dispute.score });
    }
  }
  const agree = [], onlyA = [], onlyB = [];
  for (const [id, entry] of a.claims) {
    const other = b.claims.get(id);
    if (!other) onlyA.push(entry);
    else if (shared(entry, other)) agree.push(entry);
  }
  for (const [id, entry] of b.claims) if (!a.claims.has(id)) onlyB.push(entry);
  const ranked = (store) => [...store.values()].sort((x, y) => y.score - x.score);
  return { contradict: ranked(contradict), clash: ranked(clash), agree, onlyA, onlyB };
}
// The same stance in the same mood; what a source quotes to reject never counts.
function shared(first, second) {
  const keys = (entry) => entry.shown
    .filter((one) => one.counts && one.framing !== "rejected")
    .map((one) => one.stance + " " + MOODS.get(one.modality));
  const known = new Set(keys(first));
  return keys(second).some((key) => known.has(key));
}
function comparisonPanel() {
  const [a, b] = PANES.map((pane) => pane.look);
  const [nameA, nameB] = [perspectiveName(state.p), perspectiveName(state.c)];
  const lists = compareLooks(a, b);
  const only = (name) => T("only_in", { name: apart(name) });
  const pair = (one) => {
    const x = a.claims.get(one.first.id), y = b.claims.get(one.second.id);
    if (one.first === one.second) {
      return rowButton(claimParts(one.first), [tally(x), h("span", { class: "side" }, T("versus_short")), tally(y)],
        () => choose(selectClaim(one.first)), one.first);
    }
    return h("div", { class: "box" }, claimRow(x), claimRow(y), h("p", { class: "why" }, T("kind_" + one.kind)));
  };
  const row = (entry) => claimRow(entry);
  const count = (title, list) => [h("span", {}, title), h("b", {}, list.length)];
  return [
    panelHead(sentence("versus_title", { a: own(nameA), b: own(nameB) }), T("compare_note")),
    h("button", { type: "button", class: "link", onclick: () => change({ p: state.c, c: state.p }) }, T("swap") + " ⇄"),
    h("div", { class: "totals" }, count(T("contradict"), lists.contradict), count(T("clash"), lists.clash),
      count(T("agree"), lists.agree), count(only(nameA), lists.onlyA), count(only(nameB), lists.onlyB)),
    section(T("contradict"), listOf(lists.contradict, pair)),
    section(T("clash"), listOf(lists.clash, pair)),
    section(T("agree"), listOf(lists.agree, row)),
    section(only(nameA), listOf(lists.onlyA, row)),
    section(only(nameB), listOf(lists.onlyB, row)),
  ];
}
