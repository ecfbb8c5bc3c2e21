// Boxes on the screen: the tallies at mid-line, and the grid that keeps boxes apart.
class Grid {
  constructor() { this.cells = new Map(); }
  *keys([x0, y0, x1, y1]) {
    for (let x = Math.floor(x0 / 64); x <= Math.floor(x1 / 64); x += 1) {
      for (let y = Math.floor(y0 / 64); y <= Math.floor(y1 / 64); y += 1) yield x + " " + y;
    }
  }
  hits(box) {
    for (const key of this.keys(box)) {
      for (const other of this.cells.get(key) || []) {
        if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) {
          return true;
        }
      }
    }
    return false;
  }
  copy() {
    const other = new Grid();
    for (const [key, boxes] of this.cells) other.cells.set(key, [...boxes]);
    return other;
  }
  add(box) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }
}
// From the middle outwards.
const PARTS = Array.from({ length: 27 }, (_, i) =>
  0.5 + (i % 2 ? -0.028 : 0.028) * Math.ceil(i / 2));
const PILL_HEIGHT = 15;

const padded = ([x0, y0, x1, y1]) => [x0 - 4, y0 - 3, x1 + 4, y1 + 3];

// Without a free place, the one farthest from the other pills.
function loneliest(boxes, pills) {
  const away = (one) => Math.min(...pills.map(({ box }) =>
    Math.max(Math.abs(one[0] - box[0]) / 3, Math.abs(one[1] - box[1]))));
  return boxes.reduce((best, one) => (!best || away(one) > away(best) ? one : best), null);
}
function pillSegments(entry) {
  const segments = STANCES.filter((stance) => entry.counts[stance])
    .map((stance) => ({ text: SIGN[stance] + entry.counts[stance], colour: stance }));
  if (entry.clash) segments.push({ text: "≠", colour: "ink" });
  return segments.map((one) => ({ ...one, width: (one.colour === "ink" ? 12 : 8) + 6.6 * one.text.length }));
}
// Find a free place along the line for each pill, most important first. What is `taken`
// at the beginning, shapes and names, is covered by the pill of a selected claim only.
function placePills(list, toScreen, taken, { small = false, most = Infinity } = {}) {
  const wanted = list.filter((item) => !item.ghost && item.level && wantsPill(item.entry))
    .sort((a, b) => b.z - a.z || b.entry.total - a.entry.total);
  const pills = [], firm = taken.copy();
  // Where people click on a line, in its middle, no other line's pill should lie.
  const middles = list.length > 400 ? [] : list.filter((item) => !item.ghost && item.level)
    .map((item) => [item, toScreen(pointAt(curveOf(item.claim), 0.5))]);
  const intrudes = (item, [x0, y0, x1, y1]) => middles.some(([other, [x, y]]) =>
    other !== item && x >= x0 && x <= x1 && y >= y0 && y <= y1);
  for (const item of wanted) {
    // From afar only disputes keep their pill, or pills would cover the picture.
    if (small && !item.entry.disputed && !state.sel) continue;
    if (pills.length >= most && item.level < 2) continue;
    const segments = pillSegments(item.entry);
    if (!segments.length) continue;
    const width = segments.reduce((sum, one) => sum + one.width, 0);
    const points = curveOf(item.claim);
    const boxes = PARTS.map((part) => {
      const [x, y] = toScreen(pointAt(points, part));
      return [x - width / 2, y - PILL_HEIGHT / 2, x + width / 2, y + PILL_HEIGHT / 2];
    });
    // Beside a selection, a pill without room gives way; else no dispute is left out.
    const must = item.level === 2 || (!state.sel && item.entry.disputed);
    const box = boxes.find((one) => !taken.hits(padded(one)) && !intrudes(item, one)) ||
      boxes.find((one) => !taken.hits(one) && !intrudes(item, one)) ||
      boxes.find((one) => !taken.hits(one)) ||
      (must ? loneliest(boxes.filter((one) => !firm.hits(one)), pills) : null) || (item.level === 2 ? boxes[0] : null);
    if (!box) continue;
    taken.add(box);
    // The name of a selected claim stands above its pill.
    if (item.level === 2) taken.add([box[0], box[1] - 17, box[2], box[1]]);
    pills.push({ box, segments, item });
  }
  return pills.reverse();
}
function paintPills(ctx, pills) {
  ctx.font = "700 10.5px " + FONT;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  for (const { box, segments, item } of pills) {
    const [x0, y0, x1, y1] = box;
    ctx.globalAlpha = 1;
    ctx.beginPath();
    ctx.roundRect(x0 - 1.5, y0 - 1.5, x1 - x0 + 3, y1 - y0 + 3, 8.5);
    ctx.fillStyle = item.entry.disputed ? COLOUR.ink : COLOUR.bg;
    ctx.fill();
    ctx.save();
    ctx.beginPath();
    ctx.roundRect(x0, y0, x1 - x0, y1 - y0, 7.5);
    ctx.clip();
    let x = x0;
    for (const segment of segments) {
      ctx.fillStyle = COLOUR[segment.colour];
      ctx.fillRect(x, y0, segment.width + 0.5, y1 - y0);
      ctx.fillStyle = segment.colour === "ink" ? COLOUR.bg : COLOUR["on-pill"];
      ctx.fillText(segment.text, x + segment.width / 2, (y0 + y1) / 2 + 0.5);
      x += segment.width;
    }
    ctx.restore();
  }
}
