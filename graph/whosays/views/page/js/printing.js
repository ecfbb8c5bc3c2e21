// On paper: the drawing with its legend and sources, what was open beside it in full,
// and the address of the state. Always in light colours.
let wholeLists = false, thBefore = null;
function pageOnPaper() {
  thBefore = state.th;
  state.th = "light";
  readColours();
  wholeLists = Boolean(state.sel);
  drawPanel();
  const parts = [state.tour ? $("#tour") : null, $("#panel"), state.tab ? $("#table") : null];
  $("#paper").replaceChildren(
    h("h1", { dir: "auto" }, DATA.title),
    ...shownPanes().map((pane) => {
      const drawing = svgOf(pane);
      drawing.setAttribute("class", "drawing");
      return h("figure", {}, drawing);
    }),
    ...parts.filter(Boolean).map(onPaper),
    h("p", { class: "small", id: "paper-address" }, T("link_here") + ": ", own(addressOfState({ th: thBefore, embed: false }))));
}
// A copy without what only works on a screen.
function onPaper(part) {
  const copy = part.cloneNode(true);
  for (const one of copy.querySelectorAll("details")) one.open = true;
  for (const one of copy.querySelectorAll(".around, .steps, .panel-head > .link")) one.remove();
  for (const one of [copy, ...copy.querySelectorAll("[id]")]) one.removeAttribute("id");
  copy.hidden = false;
  return copy;
}
function backOnScreen() {
  if (thBefore === null) return;
  state.th = thBefore;
  thBefore = null;
  wholeLists = false;
  $("#paper").replaceChildren();
  refresh();
}
function wirePrinting() {
  addEventListener("beforeprint", pageOnPaper);
  addEventListener("afterprint", backOnScreen);
}
