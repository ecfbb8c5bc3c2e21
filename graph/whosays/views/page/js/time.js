// The time slider: two handles over a histogram stacked by stance.
const BINS = 72;
function histogram() {
  const [first, last] = timeSpan();
  const width = (last - first + 1) / BINS;
  const bins = Array.from({ length: BINS }, noCounts);
  const bin = (part) => Math.min(BINS - 1, Math.max(0, part));
  const begin = (month) => bin(Math.floor((month - first) / width));
  const end = (month) => bin(Math.ceil((month + 1 - first) / width) - 1);
  for (const statement of STATEMENTS) {
    const span = statement[TIME[state.tm]];
    if (!span || !statement.counts) continue;
    if (!fits(statement, state.p) && !(state.c && fits(statement, state.c))) continue;
    const from = begin(span[0] === null ? first : span[0]);
    const to = end(span[1] === null ? last : span[1]);
    for (let i = from; i <= to; i += 1) bins[i][statement.stance] += 1;
  }
  return { bins, first, width };
}
function bars() {
  const { bins, first, width } = histogram();
  const high = Math.max(1, ...bins.map((bin) => STANCES.reduce((sum, one) => sum + bin[one], 0)));
  const picture = s("svg", { viewBox: "0 0 " + BINS * 10 + " 100", preserveAspectRatio: "none", "aria-hidden": "true" });
  bins.forEach((bin, i) => {
    const inside = first + (i + 1) * width > state.t0 && first + i * width < state.t1 + 1;
    let y = 100;
    for (const stance of STANCES) {
      const height = (bin[stance] / high) * 97;
      y -= height;
      if (height) picture.append(s("rect", { x: i * 10 + 0.7, y, width: 8.6, height, fill: "var(--" + stance + ")", opacity: inside ? 0.88 : 0.22 }));
    }
  });
  return picture;
}
function buildTime() {
  const axes = Object.keys(SPANS).filter((axis) => SPANS[axis]);
  const axis = h("select", { id: "time-axis", onchange: () => {
    const [t0, t1] = SPANS[axis.value];
    change({ tm: axis.value, t0, t1 });
  } }, axes.map((one) => h("option", { value: one }, T(one + "_time"))));
  const handle = (id, label) => {
    const input = h("input", { type: "range", id, "aria-label": label, oninput: () => {
      const month = Number(input.value);
      if (id === "time-from") change({ t0: Math.min(month, state.t1) });
      else change({ t1: Math.max(month, state.t0) });
    } });
    return input;
  };
  $("#time").replaceChildren(h("label", { class: "field" }, T("time_axis"), " ", axis),
    h("div", { class: "track" }, s("svg"), h("div", { class: "rail" }, h("i")),
      handle("time-from", T("from")), handle("time-to", T("to"))),
    h("output", { for: "time-from time-to" }));
}
function drawTime() {
  const box = $("#time");
  box.hidden = !SPANS.about && !SPANS.said;
  if (box.hidden) return;
  if (!$("#time-axis")) buildTime();
  const [first, last] = timeSpan();
  const part = (month) => ((month - first) / Math.max(1, last - first)) * 100;
  $(".track svg", box).replaceWith(bars());
  const filled = $(".rail i", box);
  filled.style.left = part(state.t0) + "%";
  filled.style.right = 100 - part(state.t1) + "%";
  for (const [id, value] of [["#time-from", state.t0], ["#time-to", state.t1]]) {
    const input = $(id);
    input.min = first;
    input.max = last;
    input.value = value;
    input.setAttribute("aria-valuetext", monthText(value));
  }
  $("#time-axis").value = state.tm;
  const undated = STATEMENTS.filter((one) => one.counts && !one[TIME[state.tm]]).length;
  $("output", box).textContent = monthText(state.t0) + " – " + monthText(state.t1) +
    (timeNarrowed() && undated ? " · " + T("undated_left_out", { n: undated }) : "");
}
