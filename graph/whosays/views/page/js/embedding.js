// A picture inside somebody's article: the drawing, its legend, and the way to the rest.
const addressOfState = (more = {}) => {
  const before = state;
  state = { ...state, ...more };
  const hash = "#" + toHash();
  state = before;
  return (location.protocol === "about:" ? "" : location.href.split("#")[0]) + hash;
};
function drawEmbedding() {
  document.body.classList.toggle("embedded", state.embed);
  const link = $("#whole");
  link.hidden = !state.embed || location.protocol === "about:";
  if (link.hidden) return;
  link.href = addressOfState({ embed: false });
  link.textContent = T("open_whole");
}
// Nothing stands beside an embedded picture, so its title says what is selected.
function embeddedTitle(look) {
  const { claim, actor } = selection();
  const entry = claim && look.claims.get(claim.id);
  if (entry) return claimText(claim) + ": " + tallyText(entry.counts);
  return actor === undefined ? "" : apart(nameOf(actor));
}
