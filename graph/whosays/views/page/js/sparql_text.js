// The panel's data, unpacked when it is opened, and the text of a query.
const ASKABLE = JSON.parse($("#sparql-about").textContent);
Object.assign(TEXTS, ASKABLE.texts);
const packedBlock = (name) => $("#sparql-" + name)?.textContent;

async function unpacked(packed) {
  const bytes = Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(plain).text();
}

// Prefixes, named queries, and what their parameters can be.
let QUESTIONS = { prefixes: {}, queries: [], names: {} };
async function readQuestions() {
  QUESTIONS = JSON.parse(await unpacked(packedBlock("questions")));
}
// One line, so that only the columns of the first line have to be put right.
const prologue = () => Object.entries(QUESTIONS.prefixes)
  .map(([name, space]) => "PREFIX " + name + ": <" + space + "> ").join("");

function shortIri(iri) {
  let best = null;
  for (const [name, space] of Object.entries(QUESTIONS.prefixes)) {
    const longer = !best || space.length > best.space.length;
    if (longer && iri.startsWith(space)) best = { name, space };
  }
  const local = best ? iri.slice(best.space.length) : "";
  return best && /^[A-Za-z0-9_][\w-]*$/.test(local) ? best.name + ":" + local : null;
}
// The engine writes Turtle without prefixes.
function withPrefixes(turtle) {
  const used = new Set();
  const text = turtle.replace(/"(?:[^"\\]|\\.)*"|<([^<>]*)>/g, (all, iri) => {
    const short = iri === undefined ? null : shortIri(iri);
    if (short) used.add(short.split(":")[0]);
    return short || all;
  });
  const lines = [...used].sort().map((name) =>
    "@prefix " + name + ": <" + QUESTIONS.prefixes[name] + "> .\n").join("");
  return lines + (lines ? "\n" : "") + text;
}

// What a reader gives for a parameter, as a term; null if it is none. A text that is
// given stays one term whatever it holds: the same rules as on the command line.
const LOCAL = { actor: "actor", source: "src", statement: "st" };
function known(type, text) {
  const wanted = fold(text);
  const entries = QUESTIONS.names[type];
  return entries.find(([id]) => id === text) ||
    entries.find((entry) => optionText(type, entry) === text) ||
    entries.find(([id, label]) => fold(id) === wanted || fold(label) === wanted);
}
// Two that are called the same are told apart by their ids.
function optionText(type, [id, label]) {
  const alike = QUESTIONS.names[type].filter((entry) => entry[1] === label).length;
  return alike > 1 ? label + " (" + id + ")" : label;
}
const iriOf = (type, [id, , iri]) => iri || QUESTIONS.prefixes[LOCAL[type]] + id;
const escaped = (char) => "\\u" + char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
// The calendar of the browser makes the 3rd of March out of the 31st of February.
const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
const TERMS = {
  statement: (text) => (/^[a-z0-9-]+$/.test(text) ? "<" + QUESTIONS.prefixes.st + text + ">" : null),
  date: (text) => (isDay(text)
    ? '"' + text + '"^^<http://www.w3.org/2001/XMLSchema#date>' : null),
  int: (text) => (/^[+-]?\d{1,18}$/.test(text) ? String(BigInt(text.replace("+", ""))) : null),
  text: (text) => (/[\0\ud800-\udfff]/u.test(text)
    ? null : '"' + text.replace(/[\x00-\x1f"\\\x7f]/g, escaped) + '"'),
};
function termOf(type, given) {
  const text = type === "text" ? given : given.trim();
  if (TERMS[type]) return TERMS[type](type === "statement" ? text.replace(/^st:/, "") : text);
  const entry = known(type, text);
  return entry ? "<" + iriOf(type, entry) + ">" : null;
}
// Where values go was worked out when the page was written.
const bound = (query, terms) => query.pieces.map((piece, i) => (i % 2 === 0 ? piece
  : terms.has(piece) ? " VALUES ?_" + piece + " { " + terms.get(piece) + " }" : "")).join("");
