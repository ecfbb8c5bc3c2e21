// Which statements pass the filters, and what follows for each claim.
function inTime(statement) {
  if (!timeNarrowed()) return true;
  const span = statement[TIME[state.tm]];
  if (!span) return false;
  const first = span[0] === null ? -Infinity : span[0];
  const last = span[1] === null ? Infinity : span[1];
  return last >= state.t0 && first <= state.t1;
}
const passes = (statement) => state.st.has(statement.stance) &&
  state.src.has(statement.source) &&
  (statement.counts || state.acc.has(statement.status)) && inTime(statement);
const claimPasses = (claim) => state.fam.has(claim.family) &&
  state.ty.has(ACTORS.get(claim.s).type) && state.ty.has(ACTORS.get(claim.o).type);

function entryOf(claim, shown) {
  const entry = { claim, shown, counts: noCounts(), total: 0, aside: 0,
    pale: noCounts(), hollow: noCounts(), disputed: false, clash: false };
  for (const statement of shown) {
    if (statement.counts) {
      entry.counts[statement.stance] += 1;
      entry.total += 1;
      if (!statement.realis) entry.pale[statement.stance] += 1;
    } else {
      entry.hollow[statement.stance] += 1;
      entry.aside += 1;
    }
  }
  return entry;
}

// A look is what one perspective shows: claims, statements, disputes among them. A
// whole one is not limited to the most discussed actors.
function lookAt(perspective, { whole = false } = {}) {
  const budget = new Set(RANKED.slice(0, state.k));
  const picked = selection();
  const near = (claim) => whole || claim === picked.claim || pairKey(claim) === picked.pair ||
    (budget.has(claim.s) && budget.has(claim.o)) ||
    (picked.actor !== undefined && (claim.s === picked.actor || claim.o === picked.actor));
  const claims = new Map();
  const shown = new Set();
  for (const claim of DATA.claims) {
    if (!near(claim) || !claimPasses(claim)) continue;
    const kept = claim.all.filter((one) => passes(one) && fits(one, perspective));
    if (!kept.length) continue;
    claims.set(claim.id, entryOf(claim, kept));
    kept.forEach((one) => shown.add(one));
  }
  const disputes = DISPUTES.filter(({ sides }) => shown.has(sides[0]) && shown.has(sides[1]));
  for (const dispute of disputes) {
    if (dispute.own) continue;
    for (const side of dispute.sides) {
      const entry = claims.get(side.claim.id);
      if (dispute.opposed) entry.disputed = true;
      else entry.clash = true;
    }
  }
  const look = { perspective, claims, shown, disputes };
  if (state.dis) keepContested(look);
  look.actors = new Set();
  for (const { claim } of look.claims.values()) look.actors.add(claim.s).add(claim.o);
  return look;
}
function keepContested(look) {
  for (const [id, entry] of look.claims) {
    if (entry.disputed || entry.clash) continue;
    look.claims.delete(id);
    entry.shown.forEach((one) => look.shown.delete(one));
  }
  look.disputes = look.disputes.filter(
    ({ sides }) => look.shown.has(sides[0]) && look.shown.has(sides[1]));
}

function totals(entries) {
  const sum = { claims: 0, statements: 0, disputed: 0, aside: 0, counts: noCounts() };
  for (const entry of entries) {
    sum.claims += 1;
    sum.statements += entry.total;
    sum.aside += entry.aside;
    if (entry.disputed) sum.disputed += 1;
    for (const stance of STANCES) sum.counts[stance] += entry.counts[stance];
  }
  return sum;
}

// For an empty picture: which single filter, if lifted, would bring something back.
function culprits() {
  const usual = defaults();
  const names = { st: "heading_stance", src: "heading_sources", fam: "heading_families",
    ty: "heading_types", dis: "only_disputed", k: "heading_budget", t: "filter_time", p: "filter_perspective" };
  const before = state;
  return Object.keys(names).filter((key) => {
    const changed = key === "t" ? { t0: timeSpan()[0], t1: timeSpan()[1] }
      : { [key]: key === "k" ? FULL_BUDGET : usual[key] };
    state = { ...before, ...changed };
    const helps = lookAt(state.p).claims.size > 0;
    state = before;
    return helps;
  }).map((key) => T(names[key]));
}
