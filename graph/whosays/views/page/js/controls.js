// Changing the state, and showing what follows.
function change(values, { fitAfter = false } = {}) {
  Object.assign(state, values);
  refresh();
  if (fitAfter) fit();
}
function select(text) {
  if (state.sel === text) return;
  const before = selection(), open = openPair();
  state.sel = text;
  state.to = "";
  const after = selection();
  const outside = ({ actor, claim, pair }) => state.k < FULL_BUDGET && (actor || claim || pair);
  if (outside(before) || outside(after)) refresh();
  else {
    if (grouped() && open !== openPair()) fanLines();
    if (state.embed) for (const pane of shownPanes()) pane.name.textContent = paneTitle(pane.look);
    drawEmbedding();
    for (const pane of shownPanes()) dressActors(pane);
    redraw();
    drawPanel();
    drawTable();
    writeHash();
  }
  announce();
}
function announce() {
  const { actor, claim, pair } = selection();
  const look = PANES[0].look;
  if (pair) {
    say(endsOf(pair).map(nameOf).join(" – ") + ": " +
      T("n_claims", { n: PAIRS.get(pair).filter((one) => look.claims.has(one.id)).length }));
  } else if (actor !== undefined) {
    const entries = [...look.claims.values()]
      .filter((entry) => entry.claim.s === actor || entry.claim.o === actor);
    say(T("actor_summary", { name: nameOf(actor), type: typeLabel(ACTORS.get(actor).type),
      claims: T("n_claims", { n: entries.length }),
      disputed: entries.filter((entry) => entry.disputed).length }));
  } else if (claim) {
    const entry = look.claims.get(claim.id);
    say(claimText(claim) + ": " + (entry ? tallyText(entry.counts) : T("nothing_here")));
  } else say("");
}
function refresh() {
  readColours();
  const comparing = state.c !== "";
  const stage = $("#stage");
  stage.classList.toggle("two", comparing);
  document.body.classList.toggle("comparing", comparing);
  PANES[1].element.classList.toggle("off", !comparing);
  PANES[0].look = lookAt(state.p);
  PANES[1].look = comparing ? lookAt(state.c) : { ...PANES[0].look };
  const backdrop = state.p === "all" ? null : lookAt("all").claims;
  PANES[0].others = comparing ? PANES[1].look.claims : backdrop;
  PANES[1].others = comparing ? PANES[0].look.claims : null;
  fanLines();
  for (const pane of shownPanes()) {
    dressActors(pane);
    pane.name.textContent = paneTitle(pane.look);
  }
  drawEmpty();
  drawFilters();
  drawTime();
  drawTour();
  drawPanel();
  drawTable();
  drawLegend();
  drawGrouping();
  drawButtons();
  drawEmbedding();
  redraw();
  writeHash();
}
function paneTitle(look) {
  const embedded = state.embed && embeddedTitle(look);
  if (embedded) return embedded;
  const sum = totals(look.claims.values());
  const parts = [T("n_claims", { n: sum.claims }), T("n_statements", { n: sum.statements })];
  if (sum.disputed) parts.push(T("n_disputed", { n: sum.disputed }));
  if (look.actors.size < DATA.total) parts.push(T("k_of_n", { k: look.actors.size, n: DATA.total }));
  return perspectiveTitle(look.perspective) + " · " + parts.join(", ");
}
function drawEmpty() {
  const box = $("#empty");
  box.hidden = shownPanes().some((pane) => pane.look.claims.size > 0);
  if (box.hidden) return;
  const why = culprits();
  const start = !DATA.claims.length;
  box.replaceChildren(h("div", {}, start ? T("empty_start") : T("empty"),
    why.length ? h("div", { class: "small" }, T("empty_because", { names: why.join(", ") })) : null,
    start ? null : h("div", {}, h("button", { type: "button", onclick: reset }, T("reset")))));
}
function reset() {
  const { th, sel, tab, lab, tour, step, embed } = state;
  state = { ...defaults(), th, sel, tab, lab, tour, step, embed };
  refresh();
  fit();
}
function drawButtons() {
  const press = (id, on) => $(id).setAttribute("aria-pressed", on ? "true" : "false");
  press("#b-names", state.lab);
  press("#b-table", state.tab);
  press("#b-filters", filtersOpen() && !state.c);
  $("#b-filters").disabled = state.c !== "";
  $("#b-theme").textContent = T(theme() === "dark" ? "light" : "dark");
  $("#perspective").value = state.p;
  $("#versus").value = state.c;
}
const narrow = () => innerWidth <= 900;
const filtersOpen = () => !document.body.classList.contains(
  narrow() ? "narrow-filters-closed" : "no-filters");
function toggleFilters() {
  document.body.classList.toggle(narrow() ? "narrow-filters-closed" : "no-filters");
  drawButtons();
  nextFrame(resized);
}
function resized() {
  for (const pane of shownPanes()) {
    pane.net.setSize("100%", "100%");
    pane.net.redraw();
  }
  proportion();
  drawButtons();
  if (!state.v) fit();
}
const toggleTheme = () => change({ th: theme() === "dark" ? "light" : "dark" });
function compareWith(id) {
  change({ c: id, sel: "" });
  nextFrame(() => { state.v = null; resized(); });
}
function choices() {
  const option = (value, text) => h("option", { value, dir: "auto" }, text);
  const groups = () => [
    h("optgroup", { label: T("group_sources") },
      DATA.sources.map((source) => option(source.id, source.short))),
    h("optgroup", { label: T("group_speakers") },
      VOICES.map((slug) => option("@" + slug, nameOf(slug))))];
  $("#perspective").append(option("all", T("all")), ...groups());
  $("#versus").append(option("", T("nothing_to_compare")), option("all", T("all")), ...groups());
}
// What lies under the pointer, in one line.
function hover(pane, at) {
  const slug = actorAt(pane, at);
  const claim = slug === undefined ? claimAt(pane, at) : null;
  pane.box.style.cursor = slug !== undefined || claim ? "pointer" : "grab";
  showTip(slug !== undefined || claim ? { pane, at, slug, claim } : null);
}
function showTip(what) {
  const tip = $("#tip");
  const claim = what ? what.claim || null : null;
  if (claim !== hovered) {
    hovered = claim;
    redraw();
  }
  tip.hidden = !what;
  if (!what) return;
  if (claim) {
    const entry = drawnEntries(what.pane.look).get(claim.id);
    const words = [tallyText(entry.counts)];
    if (entry.disputed) words.push(T("disputed"));
    if (entry.clash) words.push(T("cannot_both"));
    tip.textContent = claimText(claim) + " · " + words.filter(Boolean).join(" · ") +
      ". " + T(claim.bundle ? "hint_pair" : "hint_claim");
  } else {
    const actor = ACTORS.get(what.slug);
    const also = actor.also ? " · " + T("also_called", { names: actor.also.map(apart).join(", ") }) : "";
    tip.textContent = apart(actor.label) + " (" + typeLabel(actor.type) + ")" + also;
  }
  const frame = what.pane.element.getBoundingClientRect();
  const stage = $("#stage").getBoundingClientRect();
  const x = frame.left - stage.left + what.at.x + 14, y = frame.top - stage.top + what.at.y + 14;
  tip.style.left = Math.max(4, Math.min(x, stage.width - tip.offsetWidth - 8)) + "px";
  tip.style.top = Math.max(4, Math.min(y, stage.height - tip.offsetHeight - 8)) + "px";
}
