// Names of actors and of lines: one size on the screen, never one over the other.
const MOST_LABELS = 160;
// Eight places around a shape, the usual one first; `gap` is how far away.
function candidates(x, y, r, width, height, gap = 3) {
  const half = width / 2, low = y + r + gap, high = y - r - gap - height;
  const middle = y - height / 2, right = x + r + gap + 2, left = x - r - gap - 2 - width;
  return [[x - half, low], [right, middle], [left, middle], [x - half, high],
    [x + r * 0.5, low], [x - r * 0.5 - width, low],
    [x + r * 0.5, high], [x - r * 0.5 - width, high]]
    .map(([x0, y0]) => [x0, y0, x0 + width, y0 + height]);
}
// At the edge of the window a name slides inwards.
function slid([x0, y0, x1, y1], [width, height]) {
  const x = Math.max(2, Math.min(width - 2 - (x1 - x0), x0));
  const y = Math.max(2, Math.min(height - 2 - (y1 - y0), y0));
  return [x, y, x + x1 - x0, y + y1 - y0];
}
const inside = ([x0, y0, x1, y1], area) =>
  !area || (x0 >= 2 && y0 >= 2 && x1 <= area[0] - 2 && y1 <= area[1] - 2);
const outside = (x, y, area) =>
  area && (x < -20 || y < -20 || x > area[0] + 20 || y > area[1] + 20);
// An `area` is the window; without one everything is drawn. Of a crowd only those named
// in `sure` are tried again where there is little room.
function placeLabels(ctx, slugs, { toScreen, scale, area, taken, sure }) {
  const labels = [], late = [], small = area && area[0] < 560;
  const written = new Grid(), large = new Grid();
  const write = (label, box) => {
    written.add(box);
    labels.push({ ...label, box });
  };
  for (const slug of slugs.filter((one) => PROMINENT.has(one))) {
    const { x, y, r } = PLACES.get(slug), [sx, sy] = toScreen([x, y]);
    large.add([sx - r * scale, sy - r * scale, sx + r * scale, sy + r * scale]);
  }
  const free = (box) => !taken.hits(box) && !written.hits(box) && inside(box, area);
  for (const slug of slugs) {
    if (labels.length + late.length >= MOST_LABELS) break;
    const place = PLACES.get(slug);
    const [x, y] = toScreen([place.x, place.y]);
    if (outside(x, y, area)) continue;
    const label = labelFor(ctx, slug, small, LOOSE);
    const boxes = candidates(x, y, place.r * scale, label.width, label.height);
    if (area) boxes.push(slid(boxes[0], area), slid(boxes[3], area));
    const box = boxes.find(free);
    if (box) write(label, box);
    else if (!sure || sure.has(slug)) late.push({ slug, x, y, r: place.r * scale });
  }
  // Shorter and a little aside, then across a small shape: better than no name at all,
  // but never across another name.
  for (const { slug, x, y, r } of late) {
    const tries = tighterLabels(ctx, slug, small);
    const open = (box) => !written.hits(box) && !large.hits(box) && !taken.firm(box) && inside(box, area);
    const around = ({ width, height }) => [3, 10, 24].flatMap((gap) => candidates(x, y, r, width, height, gap))
      .flatMap((box) => (area ? [box, slid(box, area)] : [box]));
    for (const fits of [free, open]) {
      const found = firstOf(tries, (label) => [label, around(label).find(fits)]);
      if (!found) continue;
      write(...found);
      break;
    }
  }
  return labels;
}
// What comes out for the first of some items for which its second part is there.
function firstOf(items, work) {
  for (const item of items) {
    const found = work(item);
    if (found[1]) return found;
  }
  return null;
}
function nameFont(item) {
  return (item.level === 2 || hovered === item.claim ? "600 12px " : "500 11px ") + FONT;
}
function placeNames(ctx, list, toScreen, taken, pills) {
  const names = [];
  const chosen = list.filter((item) => !item.ghost &&
    (hovered === item.claim || (item.level && (state.sel || state.lab))));
  for (const item of chosen.sort((a, b) => b.z - a.z)) {
    if (names.length >= MOST_LABELS) break;
    const font = nameFont(item), text = clipped(relationLabel(item.claim), 32);
    const width = widthOf(ctx, font, text) + 4;
    const pill = pills.find((one) => one.item === item);
    const points = curveOf(item.claim);
    const boxes = pill ? [aboveOf(pill.box, width), belowOf(pill.box, width)] : [];
    for (const part of PARTS) {
      const [x, y] = toScreen(pointAt(points, part));
      boxes.push([x - width / 2, y - 7, x + width / 2, y + 7]);
    }
    const must = item.level === 2 || hovered === item.claim;
    const box = item.level === 2 && pill ? boxes[0]
      : boxes.find((one) => !taken.hits(one)) || (must ? boxes[0] : null);
    if (!box) continue;
    taken.add(box);
    names.push({ font, text, lines: [text], box });
  }
  return names;
}
const aboveOf = ([x0, y0, x1], width) =>
  [(x0 + x1 - width) / 2, y0 - 16, (x0 + x1 + width) / 2, y0 - 2];
const belowOf = ([x0, , x1, y1], width) =>
  [(x0 + x1 - width) / 2, y1 + 2, (x0 + x1 + width) / 2, y1 + 16];
// All writing of a picture, one thing after the other, none over another: shapes, the
// pill and the name of what is selected, names of actors, other pills, other names.
function placeWriting(ctx, { slugs, list, toScreen, scale, area = null, sure = null, covered = [], pillOptions = {}, hurried = false }) {
  const taken = new Grid();
  for (const slug of slugs) {
    const place = PLACES.get(slug), [x, y] = toScreen([place.x, place.y]), r = place.r * scale;
    taken.add([x - r, y - r, x + r, y + r]);
  }
  const first = hurried ? [] : placePills(list.filter((item) => item.level === 2), toScreen, taken);
  for (const box of covered) taken.add(box);
  const firm = [...covered, ...first.map((pill) => rimmed(pill.box))];
  taken.firm = (box) => firm.some((one) => meets(one, box));
  for (const pill of first) {
    const width = widthOf(ctx, nameFont(pill.item), clipped(relationLabel(pill.item.claim), 32)) + 4;
    const name = aboveOf(pill.box, width);
    firm.push(name);
    taken.add(name);
  }
  const labels = placeLabels(ctx, slugs, { toScreen, scale, area, taken, sure });
  for (const { box } of labels) taken.add(box);
  if (hurried) return { labels, pills: [], names: [] };
  const others = list.filter((item) => item.level !== 2);
  const pills = [...placePills(others, toScreen, taken, pillOptions), ...first];
  return { labels, pills, names: placeNames(ctx, list, toScreen, taken, pills) };
}
function paintTexts(ctx, texts, colour, alphaOf) {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  for (const item of texts) {
    const x = (item.box[0] + item.box[2]) / 2, lines = lineMiddles(item);
    ctx.font = item.font;
    ctx.direction = directionOf(item.text);
    ctx.globalAlpha = alphaOf(item);
    ctx.strokeStyle = COLOUR.bg;
    ctx.lineWidth = 4;
    for (const [line, y] of lines) ctx.strokeText(line, x, y + 0.5);
    ctx.fillStyle = colour;
    for (const [line, y] of lines) ctx.fillText(line, x, y + 0.5);
  }
  ctx.globalAlpha = 1;
}
