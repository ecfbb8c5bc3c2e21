// Small parts that panel, comparison and table share.
function tally(entry) {
  const { counts, aside } = entry;
  const text = tallyText(counts) || T("none");
  return h("span", { class: "tally", role: "img", "aria-label": text },
    STANCES.filter((stance) => counts[stance]).map((stance) =>
      h("b", { class: stance, title: T("n_" + stance, { n: counts[stance] }) },
        SIGN[stance] + counts[stance])),
    aside ? h("b", { class: "hollow", title: T("candidate") }, "+" + aside) : null);
}
function stanceBar(counts) {
  return h("div", { class: "bar", role: "img", "aria-label": tallyText(counts) || T("none") },
    STANCES.filter((stance) => counts[stance]).map((stance) =>
      h("i", { style: "flex:" + counts[stance] + ";background:var(--" + stance + ")" })));
}
const rowButton = (what, side, action, claim) =>
  h("button", { type: "button", class: "row", onclick: action,
    onmouseenter: claim ? () => light(claim) : null,
    onmouseleave: claim ? () => light(null) : null },
  h("span", { class: "what", dir: "auto" }, what), side);
function light(claim) {
  if (hovered === claim) return;
  hovered = claim;
  redraw();
}
const claimRow = (entry, what) => rowButton(what || claimParts(entry.claim), tally(entry),
  () => choose(selectClaim(entry.claim)), entry.claim);
// From the panel: select, and show where it lies.
function choose(text) {
  select(text);
  const { actor, claim, pair } = selection();
  const slugs = pair ? endsOf(pair) : claim ? [claim.s, claim.o] : actor !== undefined ? [actor] : [];
  if (slugs.length) bringIntoSight(slugs);
}
const actorLink = (slug) => (ACTORS.has(slug)
  ? h("button", { type: "button", class: "link", dir: "auto", onclick: () => choose(selectActor(slug)) }, own(nameOf(slug)))
  : own(nameOf(slug)));

function locatorText(locator) {
  const found = /^(pg|p|l)(\d.*)$/.exec(locator || "");
  return found ? T("locator_" + found[1], { n: found[2] }) : locator;
}
// "X, as told by Y": the voice first, then those who pass it on, nearest first.
function voiceLine(statement) {
  const via = statement.chain.slice(0, -1).reverse();
  return h("div", { class: "voice", dir: "auto" }, actorLink(statement.voice),
    via.map((slug) => h("span", { class: "chain" }, ", " + T("as_told_by") + " ", own(nameOf(slug)))),
    h("span", { class: "chain" }, ", " + T("in_source") + " ", own(SOURCES.get(statement.source).title)));
}
function facts(statement) {
  const list = [
    statement.said ? T("said", { date: dateText(statement.said) }) : T("undated"),
    statement.valid ? T("about_when", { date: dateText(statement.valid) }) : null,
    statement.place ? sentence("at_place", { place: statement.place.map((slug, i) => [i ? ", " : "", own(nameOf(slug))]) }) : null,
    statement.locator ? own(locatorText(statement.locator)) : null,
    statement.context ? statement.context.map((one) => one.replace(/_/g, " ")).join(", ") : null,
    statement.framing ? T("framing_" + statement.framing) || null : null,
    statement.confidence === undefined ? null : T("confidence", { n: Math.round(statement.confidence * 100) }),
    statement.run ? [T("reading_run"), DATA.runs[statement.run] ? [": ", own(DATA.runs[statement.run])] : null] : null,
  ].filter(Boolean);
  return h("div", { class: "facts" }, list.map((one, i) => [i ? " · " : "", one]));
}
function statementCard(statement) {
  const source = SOURCES.get(statement.source);
  const chosen = selection().statement === statement;
  const classes = ["card", statement.stance, statement.counts ? "" : "aside", chosen ? "chosen" : ""];
  return h("article", { class: classes.filter(Boolean).join(" "), "data-id": statement.id },
    h("div", {},
      h("span", { class: "stance " + statement.stance }, SIGN[statement.stance] + " " + T(statement.stance)),
      statement.modality === "actual" ? null
        : h("span", { class: "tag strong" }, T("modality_" + statement.modality)),
      statement.counts ? null : h("span", { class: "tag strong" }, T(statement.status)),
      h("span", { class: "tag" }, own(source.short))),
    voiceLine(statement),
    statement.gist ? h("div", { class: "gist", dir: "auto" }, statement.gist) : null,
    facts(statement),
    statement.note ? h("div", { class: "facts", dir: "auto" }, statement.note) : null,
    h("div", { class: "facts" }, h("code", {}, statement.id),
      source.url ? [" · ", h("a", { href: source.url, target: "_blank", rel: "noopener noreferrer" }, T("source_link"))] : null));
}
// Long lists open in steps, so that a large page stays quick.
function listOf(items, draw, step = 40) {
  if (items.length <= step || wholeLists) return items.map(draw);
  const box = h("div", {}, items.slice(0, step).map(draw));
  let shown = step;
  const more = h("button", { type: "button", class: "link", onclick: () => {
    more.before(...items.slice(shown, shown + step).map(draw).flat(9));
    shown += step;
    if (shown >= items.length) more.remove();
    else more.textContent = T("more", { n: items.length - shown });
  } }, T("more", { n: items.length - step }));
  box.append(more);
  return box;
}
