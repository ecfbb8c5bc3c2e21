// The filter column and the legend. Built once, then only kept in step.
const FILTER_INPUTS = new Map();
const countBy = (keysOf) => {
  const counts = new Map();
  for (const statement of STATEMENTS) {
    if (!statement.counts) continue;
    for (const key of new Set(keysOf(statement))) counts.set(key, (counts.get(key) || 0) + 1);
  }
  return counts;
};
function lineSwatch(stance) {
  const dash = { affirms: "", denies: "6 3", questions: "1 4.4", reports: "6 2.5 1.5 2.5" }[stance];
  return s("svg", { width: 24, height: 10, viewBox: "0 0 24 10", "aria-hidden": "true" },
    s("line", { x1: 2, y1: 5, x2: 22, y2: 5, stroke: "var(--" + stance + ")", "stroke-width": 3,
      "stroke-dasharray": dash, "stroke-linecap": stance === "questions" ? "round" : "butt" }));
}
const shapeSwatch = (type) => s("svg", { width: 13, height: 13, viewBox: "0 0 16 16", "aria-hidden": "true" },
  s("path", { d: SHAPES[GROUP_OF.get(type).shape], fill: typeColour(type) }));

function checkRow(key, value, label, count, swatch, all) {
  const id = "filter-" + FILTER_INPUTS.size;
  const input = h("input", { type: "checkbox", id, onchange: () => {
    const chosen = new Set(state[key]);
    if (input.checked) chosen.add(value);
    else chosen.delete(value);
    change({ [key]: chosen });
  } });
  const swatchBox = h("span", {}, swatch ? swatch() : null);
  FILTER_INPUTS.set(id, () => {
    input.checked = state[key].has(value);
    if (swatch) swatchBox.replaceChildren(swatch());
  });
  return h("div", { class: "check" }, h("label", {}, input, swatch ? swatchBox : null,
    h("span", { class: "what", dir: "auto", title: label }, label)),
  all ? h("button", { type: "button", class: "only", "aria-label": T("only_this", { name: label }),
    onclick: () => {
      const alone = state[key].size === 1 && state[key].has(value);
      change({ [key]: new Set(alone ? all : [value]) });
    } }, T("only")) : null,
  h("span", { class: "count" }, written(count || 0)));
}
function checkGroup(title, key, values, labelOf, counts, swatch) {
  if (!values.length) return [];
  return [h("h2", {}, T(title)), values.map((value) =>
    checkRow(key, value, labelOf(value), counts.get(value), swatch ? () => swatch(value) : null, values))];
}
function buildFilters() {
  const contested = new Set(DISPUTES.filter((one) => !one.own).flatMap((one) => one.sides));
  const only = h("input", { type: "checkbox", id: "filter-disputed",
    onchange: () => change({ dis: only.checked }, { fitAfter: true }) });
  FILTER_INPUTS.set("dis", () => { only.checked = state.dis; });
  const statuses = countAsides();
  $("#filters").replaceChildren(...[
    checkGroup("heading_stance", "st", STANCES, (one) => T(one), countBy((one) => [one.stance]), lineSwatch),
    budgetSlider(),
    h("h2", {}, T("heading_show")),
    h("div", { class: "check" }, h("label", {}, only, h("span", { class: "what" }, T("only_disputed"))),
      h("span", { class: "count" }, written(contested.size))),
    groupingRow(),
    ASIDES.map((status) => checkRow("acc", status, T("also_" + status), statuses.get(status), null, null)),
    checkGroup("heading_sources", "src", SOURCE_IDS, (id) => SOURCES.get(id).short, countBy((one) => [one.source])),
    checkGroup("heading_families", "fam", FAMILIES, (one) => T("family_" + one), countBy((one) => [one.claim.family])),
    checkGroup("heading_types", "ty", TYPES, typeLabel,
      countBy(({ claim }) => [ACTORS.get(claim.s).type, ACTORS.get(claim.o).type]), shapeSwatch),
    h("p", { style: "margin-top:14px" }, h("button", { type: "button", id: "reset", onclick: reset }, T("reset"))),
  ].flat(9));
}
function groupingRow() {
  const input = h("input", { type: "checkbox", id: "filter-pairs", onchange: toggleGrouping });
  FILTER_INPUTS.set("grp", () => { input.checked = grouped(); });
  return h("div", { class: "check" }, h("label", {}, input, h("span", { class: "what" }, T("one_per_pair"))));
}
function countAsides() {
  const counts = new Map();
  for (const { status } of STATEMENTS) counts.set(status, (counts.get(status) || 0) + 1);
  return counts;
}
function budgetSlider() {
  if (FULL_BUDGET <= 20) return [];
  const text = h("span", { id: "budget-text" });
  const slider = h("input", { type: "range", class: "range", min: 5, max: FULL_BUDGET,
    "aria-labelledby": "budget-text", onchange: () => change({ k: Number(slider.value) }, { fitAfter: true }),
    oninput: () => { text.textContent = T("budget", { k: Number(slider.value), n: DATA.total }); } });
  FILTER_INPUTS.set("k", () => {
    slider.value = state.k;
    text.textContent = T("budget", { k: state.k, n: DATA.total });
  });
  return [h("h2", {}, T("heading_budget")), h("div", { class: "small" }, text, slider)];
}
function drawFilters() {
  if (!FILTER_INPUTS.size) buildFilters();
  for (const update of FILTER_INPUTS.values()) update();
}
function drawLegend() {
  const double = s("svg", { width: 24, height: 10, viewBox: "0 0 24 10", "aria-hidden": "true" },
    s("line", { x1: 1, y1: 3, x2: 17, y2: 3, stroke: "var(--affirms)", "stroke-width": 2.4 }),
    s("line", { x1: 1, y1: 7, x2: 17, y2: 7, stroke: "var(--denies)", "stroke-width": 2.4, "stroke-dasharray": "5 3" }),
    s("path", { d: "M24 5l-8-4 2 4-2 4z", fill: "var(--ink)" }));
  const stances = STANCES.filter((one) => STATEMENTS.some((statement) => statement.stance === one));
  const groups = DATA.groups.filter((group) => group.types.some((type) => TYPES.includes(type)));
  const pale = STATEMENTS.some((one) => one.counts && !one.realis);
  $("#legend").replaceChildren(
    h("div", {}, stances.map((stance) => h("span", {}, lineSwatch(stance), T(stance))),
      DISPUTES.some((one) => one.opposed) ? h("span", {}, double, T("legend_disputed")) : null,
      DISPUTES.some((one) => !one.opposed) ? h("span", {}, T("legend_clash")) : null,
      pale ? h("span", { class: "quiet" }, T("legend_pale")) : null,
      stances.length ? h("span", { class: "quiet" }, T("legend_width")) : null),
    h("div", { id: "legend-types" }, groups.map((group) => {
      const types = group.types.filter((type) => TYPES.includes(type));
      return h("span", {}, shapeSwatch(types[0]), types.map(typeLabel).join(", "));
    })));
}
