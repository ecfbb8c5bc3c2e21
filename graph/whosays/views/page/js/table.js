// The twin of the drawing: the same claims and everyone who speaks of them.
const VOICED = { affirms: ["affirms"], denies: ["denies"], other: ["questions", "reports"] };
const COLUMNS = ["subject", "relation", "object", "tally", ...Object.keys(VOICED)];
let order = { column: "tally", down: true };
let tableRows = 300;

function sortKey(entry, column) {
  if (column === "subject") return nameOf(entry.claim.s).toLowerCase();
  if (column === "object") return nameOf(entry.claim.o).toLowerCase();
  if (column === "relation") return relationLabel(entry.claim).toLowerCase();
  if (column === "tally") return (entry.disputed ? 1e6 : entry.clash ? 1e5 : 0) + entry.total;
  return VOICED[column].reduce((sum, stance) => sum + entry.counts[stance], 0);
}
function sortedEntries() {
  const look = PANES[0].look;
  const entries = [...look.claims.values()];
  const sign = order.down ? -1 : 1;
  return entries.sort((a, b) => {
    const x = sortKey(a, order.column), y = sortKey(b, order.column);
    if (x !== y) return x < y ? -sign : sign;
    return a.claim.id < b.claim.id ? -1 : 1;
  });
}
function headCell(column) {
  const active = order.column === column;
  const name = T("column_" + column);
  return h("th", { role: "columnheader", scope: "col", "aria-sort": active ? (order.down ? "descending" : "ascending") : null },
    h("button", { type: "button", title: T("sort_by", { name }), onclick: () => {
      const text = ["subject", "relation", "object"].includes(column);
      order = { column, down: active ? !order.down : !text };
      drawTable();
      $('th[aria-sort] button', $("#table")).focus();
    } }, name, active ? (order.down ? " ▾" : " ▴") : ""));
}
// One line per voice and source; each place in it opens that statement.
function voiceLines(list) {
  const groups = new Map();
  for (const statement of list) {
    const key = [statement.voice, statement.source, statement.stance].join("\n");
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(statement);
  }
  return [...groups.values()].map((group) => h("li", {},
    ["questions", "reports"].includes(group[0].stance) ? SIGN[group[0].stance] + " " : null,
    own(nameOf(group[0].voice)), ", ", own(SOURCES.get(group[0].source).short), " ",
    group.map((one, i) => [i ? ", " : "", statementButton(one)])));
}
function statementButton(statement) {
  const words = [locatorText(statement.locator) || "…",
    statement.modality === "actual" ? "" : T("modality_" + statement.modality),
    statement.counts ? "" : T(statement.status)].filter(Boolean).join(" ");
  return h("button", { type: "button", "data-id": statement.id, "aria-label":
    nameOf(statement.voice) + " " + T(statement.stance) + " " + words,
  onclick: () => choose(selectStatement(statement)) }, own(words));
}
function tableRow(entry) {
  const { claim } = entry;
  const chosen = selection().claim === claim;
  const cell = (what, text) => h("td", { role: "cell", dir: "auto" }, h("button", { type: "button", onclick: () => choose(what) }, own(text)));
  return h("tr", { role: "row", class: [entry.disputed ? "disputed" : "", chosen ? "chosen" : ""].join(" ").trim() || null },
    cell(selectActor(claim.s), nameOf(claim.s)),
    cell(selectClaim(claim), relationLabel(claim)),
    cell(selectActor(claim.o), nameOf(claim.o)),
    h("td", { role: "cell" }, tally(entry), entry.clash ? h("span", { title: T("cannot_both"), role: "img", "aria-label": T("cannot_both") }, " ≠") : null),
    Object.entries(VOICED).map(([column, stances]) => {
      const list = entry.shown.filter((one) => stances.includes(one.stance));
      return h("td", { role: "cell", "data-column": T("column_" + column) }, list.length ? h("ul", {}, voiceLines(list)) : null);
    }));
}
function drawTable() {
  const box = $("#table");
  box.hidden = !state.tab;
  if (!state.tab) return;
  const focused = [...box.querySelectorAll("button")].indexOf(document.activeElement);
  const entries = sortedEntries();
  const rest = entries.length - tableRows;
  box.replaceChildren(
    h("table", { role: "table" }, h("caption", {}, T("table_caption")),
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, COLUMNS.map(headCell))),
      h("tbody", { role: "rowgroup" }, entries.slice(0, tableRows).map(tableRow))),
    rest > 0 ? h("button", { type: "button", onclick: () => { tableRows += 300; drawTable(); } }, T("more", { n: rest })) : "");
  if (focused >= 0) box.querySelectorAll("button")[focused]?.focus({ preventScroll: true });
}
