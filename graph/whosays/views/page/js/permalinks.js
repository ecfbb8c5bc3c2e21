// The state as the hash of the address: only what differs from the usual state, which
// on a tour is that of its step.
const pack = (text) => encodeURIComponent(text).replace(/\./g, "%2E");
function unpack(text) {
  try { return decodeURIComponent(text); } catch { return ""; }
}
// How each key is written, and how it is read into a state; what makes no sense leaves
// the state as it is. Months come before the axis that they are counted on.
const HASH_KEYS = {
  p: { write: ({ p }) => p, read: (text, found) => { if (knownPerspective(text)) found.p = text; } },
  c: { write: ({ c }) => c, read: (text, found) => { if (!text || knownPerspective(text)) found.c = text; } },
  st: setKey("st", STANCES), src: setKey("src", SOURCE_IDS), fam: setKey("fam", FAMILIES),
  ty: setKey("ty", TYPES), acc: setKey("acc", ASIDES),
  k: { write: ({ k }) => String(k), read: readBudget },
  dis: flagKey("dis"),
  tm: { write: ({ tm }) => tm, read: readAxis },
  t: { write: writeMonths, read: readMonths },
  sel: { write: ({ sel }) => sel, read: readSelection },
  to: { write: ({ to }) => to, read: (text, found) => { if (!text || ACTORS.has(text)) found.to = text; } },
  hops: { write: ({ hops }) => String(hops), read: (text, found) => { if (["1", "2"].includes(text)) found.hops = Number(text); } },
  grp: { write: ({ grp }) => grp, read: (text, found) => { if (["", "0", "1"].includes(text)) found.grp = text; } },
  embed: flagKey("embed"),
  lab: flagKey("lab"), tab: flagKey("tab"),
  th: { write: ({ th }) => th, read: (text, found) => { if (["", "dark", "light"].includes(text)) found.th = text; } },
  v: { write: ({ v }) => (v ? v.map((x) => +x.toFixed(2)).join(",") : ""), read: readPosition },
};
function setKey(key, all) {
  return { write: (one) => all.filter((value) => one[key].has(value)).map(pack).join("."),
    read: (text, found) => {
      const chosen = text.split(".").map(unpack).filter((value) => all.includes(value));
      if (chosen.length || text === "") found[key] = new Set(chosen);
    } };
}
function flagKey(key) {
  return { write: (one) => (one[key] ? "1" : "0"),
    read: (text, found) => { if (["0", "1"].includes(text)) found[key] = text === "1"; } };
}
function readBudget(text, found) {
  const k = Number(text);
  if (Number.isInteger(k) && k > 0) found.k = Math.min(k, FULL_BUDGET);
}
function readAxis(text, found) {
  if (!SPANS[text]) return;
  found.tm = text;
  [found.t0, found.t1] = SPANS[text];
}
function writeMonths({ tm, t0, t1 }) {
  const [first, last] = SPANS[tm] || [t0, t1];
  return t0 > first || t1 < last ? monthText(t0) + "." + monthText(t1) : "";
}
// 2031-02.2031-05, or both counted since the year 0.
function readMonths(text, found) {
  if (!SPANS[found.tm]) return;
  const [first, last] = SPANS[found.tm];
  const months = /^(-?\d+)(?:-(\d\d))?\.(-?\d+)(?:-(\d\d))?$/.exec(text);
  const month = (year, of) => (of ? year * 12 + Number(of) - 1 : Number(year));
  const [from, to] = months
    ? [Math.max(first, month(months[1], months[2])), Math.min(last, month(months[3], months[4]))]
    : text === "" ? [first, last] : [1, 0];
  if (from <= to) [found.t0, found.t1] = [from, to];
}
function readSelection(text, found) {
  const chosen = meant(text);
  if (!text || chosen.actor !== undefined || chosen.claim || chosen.pair) found.sel = text;
}
function readPosition(text, found) {
  const view = text.split(",").map(Number);
  const sane = view.every((x) => Number.isFinite(x) && Math.abs(x) < 1e7);
  if (!text) found.v = null;
  else if (view.length === 3 && sane && view[2] > 0.001) found.v = view;
}

function toHash() {
  const usual = usualState(state.tour, state.step);
  const parts = state.tour ? ["tour=" + encodeURIComponent(state.tour), "step=" + state.step] : [];
  for (const [key, { write }] of Object.entries(HASH_KEYS)) {
    const text = write(state);
    if (text !== write(usual)) parts.push(key + "=" + encodeURIComponent(text));
  }
  return parts.join("&");
}
function fromHash(hash) {
  const given = new URLSearchParams(hash.replace(/^#/, "").replace(/\+/g, "%2B"));
  const found = usualState(given.get("tour"), Number(given.get("step") || 1));
  for (const [key, { read }] of Object.entries(HASH_KEYS)) {
    if (given.has(key)) read(given.get(key), found);
  }
  return found;
}

let hashTimer = null;
function writeHash() {
  cancel(hashTimer);
  hashTimer = later(() => {
    const wanted = "#" + toHash();
    if (wanted === location.hash || (wanted === "#" && !location.hash)) return;
    // A page in a sandboxed frame has no address of its own to change.
    try { history.replaceState(null, "", wanted); } catch { return; }
  }, 120);
}
