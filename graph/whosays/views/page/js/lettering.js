// The letters of a name: how large, how wide, on one line or on two.
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif";
const widths = new Map();
function widthOf(ctx, font, text) {
  const key = font + text;
  if (!widths.has(key)) {
    ctx.font = font;
    widths.set(key, ctx.measureText(text).width);
  }
  return widths.get(key);
}
const LETTERS = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const clipped = (text, most) => {
  if (text.length <= most) return text;
  const letters = Array.from(LETTERS.segment(text), (one) => one.segment);
  return letters.length > most ? letters.slice(0, most - 1).join("") + "…" : text;
};
// A long name takes two lines, parted where they come out most alike; only what does
// not fit into two is cut short.
function wrapped(text, most) {
  if (text.length <= most) return [text];
  let best = -1;
  for (let at = text.indexOf(" "); at > 0 && at <= most; at = text.indexOf(" ", at + 1)) {
    if (best < 0 || Math.max(at, text.length - at) < Math.max(best, text.length - best)) best = at;
  }
  return best < 0 ? [clipped(text, most)] : [text.slice(0, best), clipped(text.slice(best + 1), most)];
}
// A small window gets smaller and shorter names; so do names that find no room.
function labelStyle(slug, small, tighter) {
  const prominent = PROMINENT.has(slug);
  const size = (prominent ? 13.5 : 12) - (small ? 1.5 : 0) - (tighter ? 1 : 0);
  return { font: (prominent ? 650 : 400) + " " + size + "px " + FONT, size,
    most: Math.max(6, (prominent ? 34 : 28) - (small ? 12 : 0) - 7 * tighter) };
}
// Measured once: a picture is drawn far more often than it finds a new name.
const MEASURED = new Map();
const LOOSE = 0, TIGHTEST = 3;
function labelFor(ctx, slug, small, tighter, two = true) {
  const key = (small ? 8 : 0) + (two ? 4 : 0) + tighter;
  if (!MEASURED.has(slug)) MEASURED.set(slug, []);
  const known = MEASURED.get(slug);
  if (!known[key]) {
    const { font, size, most } = labelStyle(slug, small, tighter), name = nameOf(slug);
    const lines = two ? wrapped(name, most) : [clipped(name, most)];
    known[key] = { slug, font, size, lines, text: lines.join(" "),
      height: (size + 3.5) * lines.length - (lines.length > 1 ? 2 : 0),
      width: Math.max(...lines.map((line) => widthOf(ctx, font, line))) + 4 };
  }
  return known[key];
}
// How a name can be written where there is little room, the fullest way first.
const tighterLabels = (ctx, slug, small) => [true, false].flatMap((two) =>
  Array.from({ length: TIGHTEST }, (_, i) => labelFor(ctx, slug, small, i + 1, two)));
// The middles of the lines of a text within its box.
function lineMiddles({ box, lines }) {
  const step = (box[3] - box[1]) / lines.length;
  return lines.map((line, i) => [line, box[1] + step * (i + 0.5)]);
}
