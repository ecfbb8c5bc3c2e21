// What the reader has chosen. Everything shown follows from it.
const FULL_BUDGET = DATA.actors.length;
const systemTheme = () =>
  (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
const DEFAULT_AXIS = SPANS.about || !SPANS.said ? "about" : "said";

function defaults() {
  const axis = DEFAULT_AXIS;
  const span = SPANS[axis] || [0, 0];
  return {
    p: "all", c: "",
    st: new Set(STANCES), src: new Set(SOURCE_IDS),
    fam: new Set(FAMILIES), ty: new Set(TYPES),
    k: DATA.budget, dis: false, acc: new Set(),
    tm: axis, t0: span[0], t1: span[1],
    sel: "", lab: false, tab: false, th: "", v: null, tour: "", step: 0,
    grp: "", to: "", hops: 1, embed: false,
  };
}
let state = defaults();

const theme = () => state.th || systemTheme();
const timeSpan = () => SPANS[state.tm] || [0, 0];
const timeNarrowed = () => {
  const span = timeSpan();
  return state.t0 > span[0] || state.t1 < span[1];
};
const knownPerspective = (id) =>
  id === "all" || SOURCES.has(id) || (id[0] === "@" && VOICES.includes(id.slice(1)));
function perspectiveName(id) {
  if (id === "all") return T("all");
  return id[0] === "@" ? nameOf(id.slice(1)) : SOURCES.get(id).short;
}
const perspectiveTitle = (id) =>
  (id === "all" ? T("all") : T("according_to", { name: apart(perspectiveName(id)) }));
const fits = (statement, perspective) => perspective === "all" ||
  (perspective[0] === "@"
    ? statement.voice === perspective.slice(1) : statement.source === perspective);

// A selection is n:actor, e:subject|relation|object, p:actor|actor or s:statement.
const selectActor = (slug) => "n:" + slug;
const selectClaim = (claim) => "e:" + claimKey(claim);
const selectStatement = (statement) => "s:" + statement.id;
let selected = { text: null, found: {} };
function selection() {
  if (selected.text !== state.sel) selected = { text: state.sel, found: meant(state.sel) };
  return selected.found;
}
function meant(text) {
  const rest = text.slice(2);
  if (text.startsWith("n:") && ACTORS.has(rest)) return { actor: rest };
  if (text.startsWith("e:") && CLAIM_BY_KEY.has(rest)) {
    return { claim: CLAIM_BY_KEY.get(rest) };
  }
  if (text.startsWith("p:") && PAIRS.has(rest)) return { pair: rest };
  if (text.startsWith("s:") && STATEMENT_BY_ID.has(rest)) {
    const statement = STATEMENT_BY_ID.get(rest);
    return { claim: statement.claim, statement };
  }
  return {};
}
