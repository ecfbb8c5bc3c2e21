// The data of the page, read once and indexed.
const DATA = JSON.parse($("#payload").textContent);
const NETWORK = JSON.parse($("#network-data").textContent);
const OPTIONS = JSON.parse($("#network-options").textContent);
TEXTS = DATA.texts;

const STANCES = ["affirms", "denies", "questions", "reports"];
const SIGN = { affirms: "✓", denies: "✗", questions: "?", reports: "…" };
const DASH = { affirms: [], denies: [9, 5], questions: [1.5, 5], reports: [9, 4, 2, 4] };

const byId = (list) => new Map(list.map((one) => [one.id, one]));
const ACTORS = byId(DATA.actors);
const SOURCES = byId(DATA.sources);
const NODES = byId(NETWORK.nodes);
const NAMES = new Map(Object.entries(DATA.names));
const RELATIONS = new Map(Object.entries(DATA.relations));
const MOODS = new Map(Object.entries(DATA.moods));
const TYPE_LABELS = new Map(Object.entries(DATA.typeLabels));
const GROUP_OF = new Map(DATA.groups.flatMap((g) => g.types.map((t) => [t, g])));

const MONTHS = new Map(Object.entries(DATA.months));
const STATEMENTS = [];
const STATEMENT_BY_ID = new Map();
const CLAIM_BY_KEY = new Map();
const CLAIMS_OF = new Map(DATA.actors.map((actor) => [actor.id, []]));
const claimKey = (claim) => claim.s + "|" + claim.r + "|" + claim.o;
for (const claim of DATA.claims) {
  // Left out of the page because it follows: the usual id, and the months of a date.
  claim.id = claim.id || [claim.s, claim.r, claim.o].join("_");
  claim.family = RELATIONS.get(claim.r).family;
  CLAIM_BY_KEY.set(claimKey(claim), claim);
  CLAIMS_OF.get(claim.s).push(claim);
  if (claim.o !== claim.s) CLAIMS_OF.get(claim.o).push(claim);
  for (const statement of claim.all) {
    statement.claim = claim;
    statement.when = MONTHS.get(statement.valid);
    statement.spoken = MONTHS.get(statement.said);
    statement.voice = statement.chain[statement.chain.length - 1];
    statement.status = statement.status || "accepted";
    statement.modality = statement.modality || "actual";
    statement.realis = MOODS.get(statement.modality) === "realis";
    statement.counts = statement.status === "accepted";
    STATEMENT_BY_ID.set(statement.id, statement);
    STATEMENTS.push(statement);
  }
}
const CLAIMS = byId(DATA.claims);
// What disputes what was worked out before; here it is only looked up.
const DISPUTES = DATA.disputes.map(([kind, first, second, score, flags]) => ({
  kind: DATA.kinds[kind],
  sides: [STATEMENTS[first], STATEMENTS[second]],
  score,
  own: (flags & 1) > 0,
  camp: (flags & 2) > 0,
  opposed: ["direct", "entailed", "partial"].includes(DATA.kinds[kind]),
}));

const sorted = (items, label) =>
  [...items].sort((a, b) => (label(a) < label(b) ? -1 : label(a) > label(b) ? 1 : 0));
const FAMILIES = [...new Set(DATA.claims.map((claim) => claim.family))].sort();
const TYPES = DATA.groups.flatMap((g) => g.types)
  .filter((type) => DATA.actors.some((actor) => actor.type === type));
const SOURCE_IDS = DATA.sources.map((source) => source.id);
const VOICES = sorted(
  new Set(STATEMENTS.filter((one) => one.counts).map((one) => one.voice)),
  (slug) => nameOf(slug).toLowerCase());
const ASIDES = ["candidate", "rejected", "retracted"]
  .filter((status) => STATEMENTS.some((one) => one.status === status));
const RANKED = DATA.actors.map((actor) => actor.id);
const PROMINENT = new Set(RANKED.slice(0, 14));

function nameOf(slug) {
  const actor = ACTORS.get(slug);
  return actor ? actor.label : NAMES.get(slug) || slug;
}
const typeLabel = (type) => TYPE_LABELS.get(type) || T("type_" + type);
// A bundle of claims stands for a pair of actors and points nowhere.
const relationLabel = (claim) => (claim.bundle ? T("n_claims", { n: claim.bundle.length }) : RELATIONS.get(claim.r).label);
const headsOf = (claim) => (claim.bundle ? 0 : RELATIONS.get(claim.r).symmetric ? 2 : 1);
const arrow = (claim) => ["–", "→", "↔"][headsOf(claim)];
const claimText = (claim) => apart(nameOf(claim.s)) + " " + apart(relationLabel(claim)) +
  " " + arrow(claim) + " " + apart(nameOf(claim.o));
const claimParts = (claim) => [own(nameOf(claim.s)), " — ", own(relationLabel(claim)),
  " " + arrow(claim) + " ", own(nameOf(claim.o))];
const tallyText = (counts) => STANCES.filter((stance) => counts[stance])
  .map((stance) => T("n_" + stance, { n: counts[stance] })).join(", ");
const noCounts = () => ({ affirms: 0, denies: 0, questions: 0, reports: 0 });

// Times: whole months; an open end is null.
const TIME = { about: "when", said: "spoken" };
function bounds(field) {
  let first = Infinity, last = -Infinity;
  for (const statement of STATEMENTS) {
    for (const month of statement[field] || []) {
      if (month === null) continue;
      first = Math.min(first, month);
      last = Math.max(last, month);
    }
  }
  return first <= last ? [first, last] : null;
}
const SPANS = { about: bounds("when"), said: bounds("spoken") };
const monthText = (month) => {
  const year = Math.floor(month / 12);
  return year + "-" + String(month - year * 12 + 1).padStart(2, "0");
};
function dateText(edtf) {
  const [from, to] = edtf.split("/");
  const open = (part) => part === ".." || part === "";
  if (to === undefined) return from;
  if (open(from)) return T("date_until", { date: to });
  return open(to) ? T("date_since", { date: from }) : from + " – " + to;
}
