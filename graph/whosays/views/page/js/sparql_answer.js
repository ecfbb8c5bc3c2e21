// Answers: rows as a table, yes or no as a sentence, a graph as text.
const ROWS_AT_ONCE = 200;
let answerFile = null;

// What a value means in the drawing, if it is there.
function targetOf(name, term) {
  const space = (prefix) => (term.type === "uri" && term.value.startsWith(QUESTIONS.prefixes[prefix])
    ? term.value.slice(QUESTIONS.prefixes[prefix].length) : null);
  const plain = term.type === "literal" && !term["xml:lang"] ? term.value : null;
  const either = (prefix) => space(prefix) ?? plain;
  if (SOURCES.has(either("src")) && (plain === null || name.includes("source"))) return { source: either("src") };
  if (STATEMENT_BY_ID.has(either("st"))) return { sel: "s:" + either("st") };
  if (ACTORS.has(either("actor"))) return { sel: selectActor(either("actor")) };
  const claim = (either("prop") || "").split("_").join("|");
  return CLAIM_BY_KEY.has(claim) ? { sel: "e:" + claim } : null;
}
function goThere(target) {
  if (target.sel) choose(target.sel);
  else change({ p: state.p === target.source ? "all" : target.source, sel: "" }, { fitAfter: true });
}
const NUMBER = /#(integer|decimal|double|float|int|long)$/;
function cellText(term) {
  if (term.type === "uri") return shortIri(term.value) || term.value;
  if (term.type === "bnode") return "_:" + term.value;
  return term.type === "triple" ? JSON.stringify(term.value) : term.value;
}
function answerCell(name, term) {
  if (!term) return h("td", {});
  const text = cellText(term), target = targetOf(name, term);
  return h("td", { dir: "auto", class: NUMBER.test(term.datatype) ? "number" : null },
    target ? h("button", { type: "button", onclick: () => goThere(target) }, own(text)) : text);
}
function answerTable(names, rows) {
  let shown = 0;
  const body = h("tbody", {});
  const rest = h("button", { type: "button", onclick: more });
  function more() {
    body.append(...rows.slice(shown, shown + ROWS_AT_ONCE).map((row) =>
      h("tr", {}, names.map((name) => answerCell(name, row[name])))));
    shown = Math.min(rows.length, shown + ROWS_AT_ONCE);
    rest.textContent = T("more", { n: rows.length - shown });
    rest.hidden = shown === rows.length;
  }
  more();
  return [h("table", {}, h("caption", { class: "for-ears" }, T("sparql_answer")),
    h("thead", {}, h("tr", {}, names.map((name) => h("th", { scope: "col" }, name)))), body), rest];
}
function rowsToCsv(names, rows) {
  const lines = [names, ...rows.map((row) => names.map((name) => (row[name] ? valueOf(row[name]) : "")))];
  return "\ufeff" + lines.map((line) => line.map(csvCell).join(",")).join("\r\n") + "\r\n";
}
const valueOf = (term) => (term.type === "uri" || term.type === "literal" ? term.value : cellText(term));

// Everything to show for an answer, and how many there are in words.
function presented({ rows, graph }) {
  if (graph !== undefined) {
    const text = withPrefixes(graph);
    answerFile = ["ttl", "text/turtle", () => text];
    return graph.trim() ? [T("sparql_graph"), h("pre", { tabindex: 0, "aria-label": T("sparql_answer") }, text)]
      : [T("sparql_graph_empty")];
  }
  const answer = JSON.parse(rows);
  if ("boolean" in answer) {
    answerFile = null;
    return [T(answer.boolean ? "sparql_yes" : "sparql_no")];
  }
  const names = answer.head.vars, found = answer.results.bindings;
  answerFile = ["csv", "text/csv", () => rowsToCsv(names, found)];
  return [T("n_rows", { n: found.length }), ...(found.length ? answerTable(names, found)
    : [h("p", { class: "quiet" }, T("sparql_empty"))])];
}
function saveAnswer() {
  const [suffix, type, text] = answerFile;
  download("whosays-answer." + suffix, new Blob([text()], { type }));
}
