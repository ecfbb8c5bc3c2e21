// Boxes on the screen: the tallies at mid-line, and the grid that keeps boxes apart.
const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
class Grid {
  constructor() { this.cells = new Map(); }
  // Calls `visit` with the cells that a box touches, until it says yes.
  some([x0, y0, x1, y1], visit) {
    const right = Math.floor(x1 / 64), low = Math.floor(y1 / 64);
    for (let x = Math.floor(x0 / 64); x <= right; x += 1) {
      for (let y = Math.floor(y0 / 64); y <= low; y += 1) if (visit(x * 1e6 + y)) return true;
    }
    return false;
  }
  hits(box) {
    return this.some(box, (key) => {
      const others = this.cells.get(key);
      return others !== undefined && others.some((other) => meets(box, other));
    });
  }
  add(box) {
    this.some(box, (key) => {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    });
  }
}
// From the middle outwards.
const PARTS = Array.from({ length: 27 }, (_, i) =>
  0.5 + (i % 2 ? -0.028 : 0.028) * Math.ceil(i / 2));
const padded = ([x0, y0, x1, y1]) => [x0 - 4, y0 - 3, x1 + 4, y1 + 3];
const rimmed = ([x0, y0, x1, y1]) => [x0 - 1.5, y0 - 1.5, x1 + 1.5, y1 + 1.5];

// The usual size, and a smaller one for where there is little room.
const PILL_SIZES = [
  { height: 15, font: 10.5, letter: 6.6, edge: 8, sign: 12 },
  { height: 12, font: 9.5, letter: 5.6, edge: 4.5, sign: 7.5 },
];
function pillSegments(entry, { letter, edge, sign }) {
  const segments = STANCES.filter((stance) => entry.counts[stance])
    .map((stance) => ({ text: SIGN[stance] + entry.counts[stance], colour: stance }));
  if (entry.claim.bundle) segments.unshift({ text: "×" + entry.claim.bundle.length, colour: "muted" });
  if (entry.clash) segments.push({ text: "≠", colour: "ink" });
  return segments.map((one) => ({ ...one, width: (one.colour === "ink" ? sign : edge) + letter * one.text.length }));
}
function pillBoxes(item, toScreen, width, height) {
  const points = curveOf(item.claim);
  return PARTS.map((part) => {
    const [x, y] = toScreen(pointAt(points, part));
    return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
  });
}
// Find a free place along the line for each pill, most important first; where there is
// none, the strands alone have to tell. Only a selected claim always has its pill.
function placePills(list, toScreen, taken, { small = false, most = Infinity } = {}) {
  const wanted = list.filter((item) => !item.ghost && item.level && wantsPill(item.entry))
    .sort((a, b) => b.z - a.z || b.entry.total - a.entry.total);
  const pills = [];
  // Where people click on a line, in its middle, no other line's pill should lie.
  const middles = list.length > 400 ? [] : list.filter((item) => !item.ghost && item.level)
    .map((item) => [item, toScreen(pointAt(curveOf(item.claim), 0.5))]);
  const intrudes = (item, [x0, y0, x1, y1]) => middles.some(([other, [x, y]]) =>
    other !== item && x >= x0 && x <= x1 && y >= y0 && y <= y1);
  for (const item of wanted) {
    // From afar only disputes keep their pill, or pills would cover the picture.
    if (small && !item.entry.disputed && !state.sel) continue;
    if (pills.length >= most && item.level < 2) continue;
    for (const size of PILL_SIZES) {
      const segments = pillSegments(item.entry, size);
      const width = segments.reduce((sum, one) => sum + one.width, 0);
      const boxes = pillBoxes(item, toScreen, width, size.height);
      const box = boxes.find((one) => !taken.hits(padded(one)) && !intrudes(item, one)) ||
        boxes.find((one) => !taken.hits(rimmed(one)) && !intrudes(item, one)) ||
        boxes.find((one) => !taken.hits(rimmed(one))) ||
        (item.level === 2 && size.height < 15 ? boxes[0] : null);
      if (!box || !segments.length) continue;
      taken.add(rimmed(box));
      pills.push({ box, segments, item, font: size.font });
      break;
    }
  }
  return pills.reverse();
}
function paintPills(ctx, pills) {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  for (const { box, segments, item, font } of pills) {
    const [x0, y0, x1, y1] = box;
    ctx.font = "700 " + font + "px " + FONT;
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
