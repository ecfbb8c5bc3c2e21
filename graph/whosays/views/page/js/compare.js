// Two perspectives: where they collide, agree, or speak alone.
// What both share, because a speaker speaks in a source, is left out of both.
function without(look, common) {
  const claims = new Map();
  for (const [id, { claim, shown }] of look.claims) {
    const kept = shown.filter((one) => one.counts && !common.has(one));
    if (kept.length) claims.set(id, entryOf(claim, kept));
  }
  const shown = new Set([...claims.values()].flatMap((entry) => entry.shown));
  return { perspective: look.perspective, claims, shown };
}
// What a source quotes in order to reject it is not its own position; it still is the
// position of the one who is quoted.
const stands = (statement, look) =>
  look.perspective[0] === "@" || statement.framing !== "rejected";

function compareLooks(first, second) {
  const common = new Set([...first.shown].filter((one) => second.shown.has(one)));
  const a = without(first, common), b = without(second, common);
  const contradict = new Map(), clash = new Map();
  for (const { sides: [x, y], own: alone, opposed, kind, score } of DISPUTES) {
    const there = a.shown.has(x) && b.shown.has(y);
    if (alone || !(there || (a.shown.has(y) && b.shown.has(x)))) continue;
    const [mine, theirs] = there ? [x, y] : [y, x];
    if (!stands(mine, a) || !stands(theirs, b)) continue;
    const store = opposed ? contradict : clash;
    const key = mine.claim.id + "\n" + theirs.claim.id;
    if (!store.has(key) || store.get(key).score < score) {
      store.set(key, { first: mine.claim, second: theirs.claim, kind, score });
    }
  }
  const told = new Set([...contradict.values(), ...clash.values()].flatMap((one) => [one.first.id, one.second.id]));
  const agree = [], beside = [];
  for (const [id, entry] of a.claims) {
    const other = b.claims.get(id);
    if (!other) continue;
    if (shared(entry, other)) agree.push(entry);
    else if (!told.has(id)) beside.push(entry);
  }
  const alone = (look, rest) => [...look.claims.values()].filter((entry) => !rest.claims.has(entry.claim.id));
  const ranked = (store) => [...store.values()].sort((x, y) => y.score - x.score);
  return { a, b, contradict: ranked(contradict), clash: ranked(clash), agree, beside,
    onlyA: alone(a, b), onlyB: alone(b, a) };
}
// The same stance in the same mood, of times that can meet; what a source quotes to
// reject never counts.
function shared(first, second) {
  const held = (entry) => entry.shown.filter((one) => one.framing !== "rejected");
  return held(first).some((one) => held(second).some((other) =>
    one.stance === other.stance && MOODS.get(one.modality) === MOODS.get(other.modality) &&
    meet(one.when || [null, null], other.when || [null, null])));
}
function meet([from, to], [start, end]) {
  return (to === null || start === null || to >= start) &&
    (end === null || from === null || end >= from);
}
function comparisonPanel() {
  const lists = compareLooks(lookAt(state.p, { whole: true }), lookAt(state.c, { whole: true }));
  const { a, b } = lists;
  const [nameA, nameB] = [perspectiveName(state.p), perspectiveName(state.c)];
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
      count(T("agree"), lists.agree), count(T("beside"), lists.beside), count(only(nameA), lists.onlyA), count(only(nameB), lists.onlyB)),
    section(T("contradict"), listOf(lists.contradict, pair)),
    section(T("clash"), listOf(lists.clash, pair)),
    section(T("agree"), listOf(lists.agree, row)),
    section(T("beside"), listOf(lists.beside, row)),
    section(only(nameA), listOf(lists.onlyA, row)),
    section(only(nameB), listOf(lists.onlyB, row)),
  ];
}
