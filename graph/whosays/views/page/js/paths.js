// From actor to actor over the claims in sight, whatever is said of them.
function linksIn(look) {
  if (look.links) return look.links;
  const links = new Map();
  const join = (a, b, entry) => {
    if (!links.has(a)) links.set(a, new Map());
    if (!links.get(a).has(b)) links.get(a).set(b, []);
    links.get(a).get(b).push(entry);
  };
  for (const entry of look.claims.values()) {
    const { s: a, o: b } = entry.claim;
    if (a === b) continue;
    join(a, b, entry);
    join(b, a, entry);
  }
  look.links = links;
  return links;
}
// Of several chains of one length, the first in the order of slugs; null if none.
function shortestChain(look, from, to) {
  const links = linksIn(look), before = new Map([[from, null]]);
  for (let level = [from]; level.length && !before.has(to);) {
    const next = [];
    for (const actor of level) {
      for (const other of [...(links.get(actor) || new Map()).keys()].sort()) {
        if (before.has(other)) continue;
        before.set(other, actor);
        next.push(other);
      }
    }
    level = next;
  }
  if (!before.has(to)) return null;
  const chain = [];
  for (let at = to; at !== null; at = before.get(at)) chain.unshift(at);
  return chain;
}
// What stands out around the selected actor: the pairs of a chain, or all claims within
// one or two steps.
function spotlight() {
  const { actor } = selection(), look = PANES[0].look;
  const key = [actor, state.to, state.hops].join("\n");
  if (look.spot && look.spot.key === key) return look.spot;
  const chain = state.to ? shortestChain(look, actor, state.to) : null;
  const inner = new Set([actor]);
  if (state.hops === 2) for (const other of (linksIn(look).get(actor) || new Map()).keys()) inner.add(other);
  const pairs = chain && new Set(chain.slice(1).map((to, i) => pairKey({ s: chain[i], o: to })));
  const lit = pairs ? (claim) => pairs.has(pairKey(claim))
    : (claim) => inner.has(claim.s) || inner.has(claim.o);
  look.spot = { key, chain, lit };
  return look.spot;
}
function actorsLit(look) {
  const lit = new Set([selection().actor]);
  for (const { claim } of look.claims.values()) if (spotlight().lit(claim)) lit.add(claim.s).add(claim.o);
  return lit;
}
function goAlong(values, focus) {
  change(values);
  const { chain } = spotlight();
  if (state.to) say(chain ? chainTitle(chain) : T("no_chain", { name: nameOf(state.to) }));
  if (focus) $(focus)?.focus({ preventScroll: true });
}
const chainTitle = (chain) => T("n_links", { n: chain.length - 1 }) + ": " + chain.map(nameOf).join(" – ");
function aroundPart(slug) {
  const look = PANES[0].look;
  const reach = (n) => h("button", { type: "button", id: "hops-" + n, "aria-pressed": state.hops === n && !state.to ? "true" : "false",
    onclick: () => goAlong({ hops: n, to: "" }, "#hops-" + n) }, T("n_links", { n }));
  const option = (one) => h("option", { value: one, dir: "auto" }, nameOf(one));
  // A list of very many names is slow to lay out, and only few open it.
  const offer = () => {
    if (goal.dataset.full) return;
    const others = sorted([...look.actors].filter((one) => one !== slug), (one) => nameOf(one).toLowerCase());
    goal.replaceChildren(goal.firstChild, ...others.map(option));
    goal.value = state.to;
    goal.dataset.full = "yes";
  };
  const goal = h("select", { id: "chain-to", onfocus: offer, onpointerdown: offer,
    onchange: () => goAlong({ to: goal.value }, "#chain-to") },
  h("option", { value: "" }, "—"), state.to ? option(state.to) : null);
  goal.value = state.to;
  return [h("div", { class: "around" }, h("span", { role: "group", "aria-label": T("within") }, T("within") + " ", reach(1), " ", reach(2)),
    h("label", {}, T("chain_to") + " ", goal)), state.to ? chainPart() : null];
}
function chainPart() {
  const { chain } = spotlight();
  if (!chain) return h("p", { class: "quiet" }, sentence("no_chain", { name: own(nameOf(state.to)) }));
  const links = linksIn(PANES[0].look);
  return h("div", { id: "chain" }, h("p", {}, chainTitle(chain)),
    chain.slice(1).map((to, i) => h("div", { class: "box" },
      listOf([...links.get(chain[i]).get(to)].sort((a, b) => b.total - a.total || (a.claim.id < b.claim.id ? -1 : 1)),
        (entry) => claimRow(entry), 6))),
    h("p", { class: "small quiet" }, T("chain_note")));
}
