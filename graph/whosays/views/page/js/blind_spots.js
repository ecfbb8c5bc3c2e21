// What only one source speaks of, worked out over all data, however little is shown.
const onlyBy = (claim, source) => claim.only && claim.all.some((one) => one.counts && one.source === source);
const spokenOfBy = (claims, source) =>
  claims.filter((claim) => claim.all.some((one) => one.counts && one.source === source));
function aloneRow(source, claims) {
  const told = spokenOfBy(claims, source.id), alone = told.filter((claim) => onlyBy(claim, source.id));
  if (!alone.length) return null;
  const entry = (claim) => PANES[0].look.claims.get(claim.id) ||
    entryOf(claim, claim.all.filter((one) => one.counts));
  return h("details", { class: "alone", "data-source": source.id },
    h("summary", { class: "row" }, h("span", { class: "what" }, sentence("only_in", { name: own(source.short) })),
      h("span", { class: "side" }, T("k_of_claims", { k: alone.length, n: told.length }))),
    listOf(alone, (claim) => claimRow(entry(claim)), 12));
}
const aloneSection = (claims, sources = DATA.sources) =>
  section(T("heading_alone"), sources.map((source) => aloneRow(source, claims)));
