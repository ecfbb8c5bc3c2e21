// Named queries in a menu, with a field for each parameter. A text that the reader
// changes is the reader's own: the fields go, since they would write over it.
let asked = null;

function fieldOf([name, type]) {
  const id = "sparql-param-" + name;
  const common = { id, name, "data-type": type, autocomplete: "off", spellcheck: "false" };
  const label = h("label", { for: id }, name.replace(/_/g, " "));
  const kind = { date: "date", int: "number" }[type] || "text";
  if (type === "stance") {
    return [label, h("select", { ...common, onchange: showBound }, h("option", { value: "" }, T("sparql_any")),
      QUESTIONS.names.stance.map(([id, text]) => h("option", { value: id }, T(text))))];
  }
  const list = LOCAL[type] && type !== "statement" || type === "relation" ? choicesOf(type) : null;
  return [label, h("input", { ...common, type: kind, step: kind === "number" ? 1 : null, list,
    placeholder: T("sparql_any"), oninput: showBound })];
}
// One list of choices for all fields of a type, made when it is first needed.
function choicesOf(type) {
  const id = "sparql-known-" + type;
  if (!$("#" + id)) {
    $("#sparql").append(h("datalist", { id }, QUESTIONS.names[type].map((entry) =>
      h("option", { value: optionText(type, entry) }, entry[0]))));
  }
  return id;
}
// The terms of the fields that are filled in; a field that is not understood says so.
function termsGiven() {
  const terms = new Map();
  for (const field of $("#sparql-params").elements) {
    const given = field.value;
    const term = given === "" && !field.validity.badInput ? "" : termOf(field.dataset.type, given);
    field.setAttribute("aria-invalid", term === null ? "true" : "false");
    field.classList.toggle("unknown", term === null);
    field.title = term === null ? T("sparql_not_known") : "";
    if (term) terms.set(field.name, term);
  }
  return terms;
}
const misread = () => $("#sparql-params .unknown");
function showBound() {
  const field = $("#sparql-text");
  field.value = bound(asked, termsGiven());
  field.setSelectionRange(0, 0);
  field.scrollTop = 0;
}
function chooseQuery(name) {
  asked = QUESTIONS.queries.find((query) => query.name === name) || null;
  $("#sparql-query").value = asked ? name : "";
  $("#sparql-summary").textContent = asked ? asked.summary + "." : "";
  $("#sparql-params").replaceChildren(...(asked ? asked.params : []).map((param) =>
    h("span", { class: "field" }, fieldOf(param))));
  if (asked) showBound();
}
function queryMenu() {
  return h("select", { id: "sparql-query", onchange: (event) => { chooseQuery(event.target.value); ask(); } },
    h("option", { value: "" }, T("sparql_own")),
    QUESTIONS.queries.map((query) => h("option", { value: query.name }, query.title)));
}
