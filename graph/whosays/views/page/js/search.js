// Search over names in any script, gists and speakers; case and accents do not count.
const SAME = { "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "أ": "ا", "إ": "ا", "ٱ": "ا" };
const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640\u200b-\u200f]/g, "")
  .replace(/[يىكةأإٱ]/g, (letter) => SAME[letter])
  .replace(/ı/g, "i").replace(/ß/g, "ss").toLowerCase().replace(/[’'`´-]/g, " ");
const INDEX = [];
function buildIndex() {
  for (const actor of DATA.actors) {
    const also = actor.also || [];
    const named = (actor.names || []).map((name) => name.name);
    INDEX.push({ kind: 2, go: selectActor(actor.id), title: actor.label,
      about: [typeLabel(actor.type), ...also].join(" · "),
      text: fold([actor.label, ...also, ...named, actor.id].join(" ")) });
  }
  for (const slug of VOICES) {
    INDEX.push({ kind: 1, voice: slug, title: T("according_to", { name: nameOf(slug) }),
      about: T("speaker"), text: fold(nameOf(slug) + " " + slug) });
  }
  for (const statement of STATEMENTS) {
    const voices = statement.chain.map(nameOf).join(" ");
    INDEX.push({ kind: 0, statement, text: fold([statement.gist || "", voices,
      nameOf(statement.claim.s), relationLabel(statement.claim), nameOf(statement.claim.o), statement.id].join(" ")) });
  }
}
let matches = [], current = -1;
function find(text) {
  if (!INDEX.length) buildIndex();
  const wanted = fold(text.trim());
  const words = wanted.split(/\s+/).filter(Boolean);
  if (!words.length) return null;
  const visible = (one) => one.kind !== 0 || one.statement.counts || state.acc.has(one.statement.status);
  const rank = (one) => (one.kind && one.text.startsWith(wanted) ? 4 : 0) + one.kind;
  return INDEX.filter((one) => words.every((word) => one.text.includes(word)) && visible(one))
    .sort((a, b) => rank(b) - rank(a)).slice(0, 14);
}
function showMatches() {
  const list = $("#matches"), query = $("#query");
  const found = find(query.value);
  list.hidden = !found;
  query.setAttribute("aria-expanded", found ? "true" : "false");
  query.removeAttribute("aria-activedescendant");
  matches = found || [];
  current = matches.length ? 0 : -1;
  if (!found) return;
  list.replaceChildren(...(matches.length ? matches.map(matchRow)
    : [h("li", { role: "option", "aria-selected": "false", "aria-disabled": "true" }, T("no_match"))]));
  say(matches.length ? T("n_matches", { n: matches.length }) : T("no_match"));
  markMatch();
}
function matchRow(match, i) {
  const { statement } = match;
  const title = statement ? claimParts(statement.claim) : own(match.title);
  const about = statement
    ? [SIGN[statement.stance] + " ", own(nameOf(statement.voice)), statement.gist ? [": ", own(statement.gist)] : null]
    : own(match.about);
  return h("li", { role: "option", id: "match-" + i, "aria-selected": "false",
    onmousedown: (event) => { event.preventDefault(); goTo(match); } },
  h("span", { dir: "auto" }, title), h("small", { dir: "auto" }, about));
}
function markMatch() {
  const list = $("#matches");
  if (current < 0) return;
  [...list.children].forEach((row, i) => row.setAttribute("aria-selected", i === current ? "true" : "false"));
  $("#query").setAttribute("aria-activedescendant", "match-" + current);
  list.children[current].scrollIntoView({ block: "nearest" });
}
function goTo(match) {
  closeSearch();
  if (match.voice !== undefined) change({ p: "@" + match.voice, sel: "" }, { fitAfter: true });
  else choose(match.go || selectStatement(match.statement));
}
function closeSearch() {
  $("#matches").hidden = true;
  $("#query").setAttribute("aria-expanded", "false");
  $("#query").removeAttribute("aria-activedescendant");
}
function wireSearch() {
  const query = $("#query");
  query.placeholder = T("search_key");
  query.addEventListener("input", showMatches);
  query.addEventListener("blur", () => later(closeSearch, 120));
  query.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && matches.length) {
      event.preventDefault();
      current = (current + step + matches.length) % matches.length;
      markMatch();
    } else if (event.key === "Enter" && matches[current]) goTo(matches[current]);
    else if (event.key === "Escape") {
      query.value = "";
      closeSearch();
      PANES[0].box.focus();
    }
  });
}
