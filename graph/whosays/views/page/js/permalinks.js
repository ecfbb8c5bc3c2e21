// The state as the hash of the address: only what differs from the default.
const pack = (text) => encodeURIComponent(text).replace(/\./g, "%2E");
function unpack(text) {
  try { return decodeURIComponent(text); } catch { return ""; }
}
const SETS = { st: STANCES, src: SOURCE_IDS, fam: FAMILIES, ty: TYPES, acc: ASIDES };

function toHash() {
  const usual = defaults();
  const parts = [];
  const add = (key, value) => parts.push(key + "=" + encodeURIComponent(value));
  if (state.p !== usual.p) add("p", state.p);
  if (state.c) add("c", state.c);
  for (const [key, all] of Object.entries(SETS)) {
    const chosen = all.filter((one) => state[key].has(one));
    if (chosen.length !== usual[key].size) add(key, chosen.map(pack).join("."));
  }
  if (state.k !== usual.k) add("k", state.k);
  if (state.dis) add("dis", 1);
  if (state.tm !== usual.tm) add("tm", state.tm);
  if (timeNarrowed()) add("t", state.t0 + "." + state.t1);
  if (state.sel) add("sel", state.sel);
  if (state.lab) add("lab", 1);
  if (state.tab) add("tab", 1);
  if (state.th) add("th", state.th);
  if (state.v) add("v", state.v.map((x) => +x.toFixed(2)).join(","));
  return parts.join("&");
}

function fromHash(hash) {
  const found = defaults();
  const given = new URLSearchParams(hash.replace(/^#/, "").replace(/\+/g, "%2B"));
  const get = (key) => given.get(key) || "";
  if (get("p") && knownPerspective(get("p"))) found.p = get("p");
  if (get("c") && knownPerspective(get("c"))) found.c = get("c");
  for (const [key, all] of Object.entries(SETS)) {
    if (!given.has(key)) continue;
    const chosen = get(key).split(".").map(unpack).filter((one) => all.includes(one));
    if (chosen.length || get(key) === "") found[key] = new Set(chosen);
  }
  const k = Number(get("k"));
  if (Number.isInteger(k) && k > 0) found.k = Math.min(k, FULL_BUDGET);
  found.dis = get("dis") === "1";
  if (SPANS[get("tm")]) {
    found.tm = get("tm");
    [found.t0, found.t1] = SPANS[found.tm];
  }
  const times = /^(-?\d+)\.(-?\d+)$/.exec(get("t"));
  if (times && SPANS[found.tm]) {
    const [first, last] = SPANS[found.tm];
    const from = Math.max(first, Number(times[1])), to = Math.min(last, Number(times[2]));
    if (from <= to) [found.t0, found.t1] = [from, to];
  }
  const chosen = selection(get("sel"));
  if (chosen.actor !== undefined || chosen.claim) found.sel = get("sel");
  found.lab = get("lab") === "1";
  found.tab = get("tab") === "1";
  if (["dark", "light"].includes(get("th"))) found.th = get("th");
  const view = get("v").split(",").map(Number);
  const sane = view.every((x) => Number.isFinite(x) && Math.abs(x) < 1e7);
  if (view.length === 3 && sane && view[2] > 0.001) found.v = view;
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
