// The panel: a question above, its answer below; opened by a button or by the key q.
// While it is answering, one more question can wait: the text as it then is.
let busy = false, again = false;

const timeText = (ms) => (ms < 1000 ? Math.max(1, Math.round(ms)) + " ms" : (ms / 1000).toFixed(1) + " s");
function report(text, fault = false) {
  const status = $("#sparql-status");
  status.textContent = text;
  status.classList.toggle("fault", fault);
}
function working(on) {
  busy = on;
  $("#sparql-run").hidden = on;
  $("#sparql-stop").hidden = !on;
}
async function ask() {
  again = busy;
  if (busy) return;
  const text = $("#sparql-text").value;
  const wrong = asked ? misread() : null;
  if (wrong) {
    showFault(text, { message: apart(wrong.value) + ": " + T("sparql_not_known") });
    wrong.focus();
    return;
  }
  const fault = mistake(text);
  if (fault) { showFault(text, fault); return; }
  working(true);
  report(T(BACKEND.opened === null ? "sparql_opening" : "sparql_asking"));
  try {
    const answer = await BACKEND.ask(text);
    const [count, ...parts] = presented(answer);
    $("#sparql-answer").replaceChildren(...parts);
    report(T("sparql_took", { what: count, time: timeText(answer.ms) }));
  } catch (problem) {
    showFault(text, complaint(text, problem.message, BACKEND.shift()));
  }
  working(false);
  drawSave();
  if (again) ask();
}
function stop() {
  again = false;
  BACKEND.stop();
}
function drawSave() {
  $("#sparql-save").hidden = !answerFile;
  if (answerFile) $("#sparql-save").textContent = T("sparql_save_" + answerFile[0]);
}
function showFault(text, fault) {
  answerFile = null;
  const where = fault.line ? T("sparql_at", { line: fault.line, column: fault.column }) + " " : "";
  $("#sparql-answer").replaceChildren(
    ...(fault.line ? [h("pre", { class: "excerpt" }, excerptOf(text, fault))] : []),
    ...(fault.hint ? [h("p", {}, fault.hint)] : []));
  report(where + fault.message, true);
  const field = $("#sparql-text");
  if (fault.line && document.activeElement === field) {
    field.setSelectionRange(fault.at, fault.at + fault.token.length);
  }
  drawSave();
}

function panelParts() {
  const button = (id, text, onclick, more = {}) => h("button", { type: "button", id, onclick, ...more }, T(text));
  const text = h("textarea", { id: "sparql-text", "aria-label": T("sparql_text"), spellcheck: "false", autocapitalize: "off", dir: "ltr",
    rows: 5, oninput: () => chooseQuery(""), onkeydown: (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      ask();
    } });
  return [
    h("div", { class: "ask" },
      h("label", { class: "field" }, T("sparql_question") + " ", queryMenu()),
      h("form", { id: "sparql-params", onsubmit: (event) => { event.preventDefault(); ask(); } }),
      h("span", { class: "acts" }, button("sparql-run", "sparql_run", ask, { title: T("sparql_run_tip") }),
        button("sparql-stop", "sparql_stop", stop, { hidden: true }),
        button("sparql-save", "sparql_save_csv", saveAnswer, { hidden: true }))),
    h("p", { id: "sparql-summary", class: "quiet small" }), text,
    h("p", { id: "sparql-status", role: "status" }),
    h("div", { id: "sparql-answer", tabindex: 0, role: "region", "aria-label": T("sparql_answer") }),
    h("p", { class: "quiet small" }, T("sparql_prefixes", { names: Object.keys(QUESTIONS.prefixes).map((name) => name + ":").join(" ") }), " ",
      T(ASKABLE.endpoint ? "sparql_served" : "sparql_inside", { engine: ASKABLE.engine, licence: ASKABLE.licence }))];
}
// Why there is nothing to ask with, or null.
function hindrance() {
  if (ASKABLE.without) return T("sparql_" + ASKABLE.without, { n: ASKABLE.statements.toLocaleString("en") });
  if (!packedBlock("questions")) return T("sparql_taken_out");
  return typeof DecompressionStream === "undefined" || typeof Worker === "undefined" ? T("sparql_old") : null;
}
async function fillPanel() {
  const why = hindrance();
  const n = ASKABLE.statements.toLocaleString("en");
  const box = h("section", { id: "sparql", "aria-label": T("sparql_title") },
    h("div", { class: "panel-head" }, h("h2", {}, T("sparql_title")),
      h("p", { class: "quiet small", id: "sparql-note" }, why || T("sparql_whole", { n })),
      h("button", { type: "button", class: "link", onclick: toggleSparql }, T("close"))));
  $("#stage").after(box);
  if (why) return;
  await readQuestions();
  box.append(...panelParts());
  chooseQuery(QUESTIONS.queries.some(({ name }) => name === "disputed") ? "disputed" : "");
  BACKEND.open().catch((problem) => report(problem.message, true));
}
async function toggleSparql() {
  // The blocks stand at the end of the page; one that still arrives is waited for.
  if (document.readyState === "loading") await new Promise((go) => document.addEventListener("DOMContentLoaded", go));
  const open = document.body.classList.toggle("asking");
  $("#b-sparql").setAttribute("aria-pressed", open ? "true" : "false");
  if (open && !$("#sparql")) await fillPanel();
  $("#sparql").hidden = !open;
  nextFrame(resized);
  (open ? $("#sparql-text") || $("#sparql button") : $("#b-sparql")).focus();
}
$("#b-sparql").addEventListener("click", toggleSparql);
KEYS.q = toggleSparql;
// For tests and for the curious, like the rest of it.
window.whosays.sparql = {
  toggle: toggleSparql,
  ask: (text) => BACKEND.ask(text),
  term: termOf,
  bound: (name, values) => bound(QUESTIONS.queries.find((query) => query.name === name),
    new Map(values.map(([param, type, text]) => [param, termOf(type, text)]))),
};
