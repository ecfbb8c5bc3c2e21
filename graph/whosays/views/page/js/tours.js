// Guided tours: the project's own steps, each a few words and a state of the page.
const TOURS = byId(DATA.tours);
const stepsOf = (id) => (TOURS.has(id) ? TOURS.get(id).steps : []);
// What is shown when the address says nothing else: all, or what a step is about.
function usualState(tour, number) {
  const step = stepsOf(tour)[number - 1];
  if (!step) return defaults();
  return Object.assign(fromHash(step.link), { tour, step: number });
}
// What a step asks for and a page that holds less does not know.
function lacking(step) {
  const wanted = new URLSearchParams(step.link.replace(/^#/, "").replace(/\+/g, "%2B")), found = fromHash(step.link);
  return ["sel", "p", "c", "to"].some((key) => wanted.get(key) && wanted.get(key) !== found[key]);
}
function goToStep(tour, number) {
  const { th } = state;
  const wanted = usualState(tour, number);
  if (!wanted.tour) return;
  state = { ...wanted, th: wanted.th || th };
  showState();
  const step = stepsOf(tour)[number - 1];
  say([stepCount(), step.title, step.text].filter(Boolean).join(". "));
}
function startTour(id) {
  goToStep(id, 1);
  $("#tour-next").focus({ preventScroll: true });
}
// The picture stays as it is; only the words go.
function endTour() {
  Object.assign(state, { tour: "", step: 0 });
  refresh();
  resized();
  $("#pane-a .net").focus({ preventScroll: true });
}
const stepCount = () => T("step_of", { k: state.step, n: stepsOf(state.tour).length });
function nextStep() {
  if (state.step < stepsOf(state.tour).length) goToStep(state.tour, state.step + 1);
  else endTour();
}
function lastStep() {
  if (state.step > 1) goToStep(state.tour, state.step - 1);
}
// Arrows lead through the tour, except where they have another meaning.
function tourKey(event) {
  const step = { ArrowRight: nextStep, ArrowLeft: lastStep }[event.key];
  if (!state.tour || !step || event.target.closest(".net, input, select")) return false;
  if (step === lastStep || state.step < stepsOf(state.tour).length) step();
  return true;
}
function buildTour() {
  $("#tour").replaceChildren(
    h("div", { class: "panel-head" }, h("p", { class: "small quiet", id: "tour-count" }),
      h("button", { type: "button", class: "link", id: "tour-end", onclick: endTour }, T("end_tour") + " ✕")),
    h("h2", { id: "tour-title", dir: "auto" }), h("div", { id: "tour-text" }),
    h("div", { class: "steps" },
      h("button", { type: "button", id: "tour-back", onclick: lastStep }, "‹ " + T("step_back")),
      h("button", { type: "button", id: "tour-next", onclick: nextStep })));
}
function drawTour() {
  const box = $("#tour"), step = stepsOf(state.tour)[state.step - 1];
  document.body.classList.toggle("touring", Boolean(step));
  box.hidden = !step;
  if (!step) return;
  if (!$("#tour-next")) buildTour();
  const last = state.step === stepsOf(state.tour).length;
  $("#tour-count").textContent = stepCount();
  $("#tour-title").textContent = step.title;
  $("#tour-text").replaceChildren(...(step.text || "").split(/\n+/).filter(Boolean)
    .map((part) => h("p", { dir: "auto" }, part)),
  ...(lacking(step) ? [h("p", { class: "small quiet", id: "tour-lacks" }, T("step_lacks"))] : []));
  $("#tour-back").setAttribute("aria-disabled", state.step === 1 ? "true" : "false");
  $("#tour-next").textContent = last ? T("tour_done") : T("step_next") + " ›";
}
const tourList = () => section(T("heading_tours"), DATA.tours.map((tour) => rowButton(own(tour.steps[0].title),
  h("span", { class: "side" }, T("n_steps", { n: tour.steps.length })), () => startTour(tour.id))));
