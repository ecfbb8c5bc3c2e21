// Names of actors and of lines: one size on the screen, never one over the other.
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif";
const MOST_LABELS = 160;
const widths = new Map();
function widthOf(ctx, font, text) {
  const key = font + text;
  if (!widths.has(key)) {
    ctx.font = font;
    widths.set(key, ctx.measureText(text).width);
  }
  return widths.get(key);
}
const clipped = (text, most) => {
  const letters = Array.from(text);
  return letters.length > most ? letters.slice(0, most - 1).join("") + "…" : text;
};
// A small window gets smaller and shorter names.
function labelStyle(slug, small) {
  const prominent = PROMINENT.has(slug);
  const size = (prominent ? 13.5 : 12) - (small ? 1.5 : 0);
  return { font: (prominent ? 650 : 400) + " " + size + "px " + FONT, height: size + 3.5,
    most: (prominent ? 34 : 28) - (small ? 12 : 0) };
}

// Eight places around a shape, the usual one first.
function candidates(x, y, r, width, height) {
  const half = width / 2, low = y + r + 3, high = y - r - 3 - height;
  const middle = y - height / 2, right = x + r + 5, left = x - r - 5 - width;
  return [[x - half, low], [right, middle], [left, middle], [x - half, high],
    [x + r * 0.5, low], [x - r * 0.5 - width, low],
    [x + r * 0.5, high], [x - r * 0.5 - width, high]]
    .map(([x0, y0]) => [x0, y0, x0 + width, y0 + height]);
}
const inside = ([x0, y0, x1, y1], [width, height]) =>
  x0 >= 2 && y0 >= 2 && x1 <= width - 2 && y1 <= height - 2;
function placeLabels(ctx, slugs, toScreen, scale, area, taken) {
  const labels = [], late = [];
  const written = new Grid(), large = new Grid();
  for (const slug of slugs.filter((one) => PROMINENT.has(one))) {
    const { x, y, r } = PLACES.get(slug), [sx, sy] = toScreen([x, y]);
    large.add([sx - r * scale, sy - r * scale, sx + r * scale, sy + r * scale]);
  }
  for (const slug of slugs) {
    if (labels.length + late.length >= MOST_LABELS) break;
    const place = PLACES.get(slug);
    const [x, y] = toScreen([place.x, place.y]);
    if (x < -20 || y < -20 || x > area[0] + 20 || y > area[1] + 20) continue;
    const { font, height, most } = labelStyle(slug, area[0] < 560);
    const text = clipped(nameOf(slug), most), width = widthOf(ctx, font, text) + 4;
    const boxes = candidates(x, y, place.r * scale, width, height);
    // At the edge of the window a name slides inwards.
    const slid = Math.max(2, Math.min(area[0] - 2 - width, boxes[0][0]));
    for (const [, y0, , y1] of [boxes[0], boxes[3]]) boxes.push([slid, y0, slid + width, y1]);
    const free = (one) => !taken.hits(one) && !written.hits(one);
    const box = boxes.find((one) => free(one) && inside(one, area));
    if (!box) {
      late.push({ slug, font, text, boxes });
      continue;
    }
    written.add(box);
    labels.push({ slug, font, text, box });
  }
  // Better across a small shape than no name at all, but never across another name.
  for (const { slug, font, text, boxes } of late) {
    const open = boxes.filter((one) => !written.hits(one) && !large.hits(one));
    const box = open.find((one) => inside(one, area)) || open[0];
    if (!box) continue;
    written.add(box);
    labels.push({ slug, font, text, box });
  }
  return labels;
}
function placeNames(ctx, list, toScreen, taken, pills) {
  const names = [];
  const chosen = list.filter((item) => !item.ghost &&
    (hovered === item.claim || (item.level && (state.sel || state.lab))));
  for (const item of chosen.sort((a, b) => b.z - a.z)) {
    if (names.length >= MOST_LABELS) break;
    const font = (item.level === 2 || hovered === item.claim ? "600 12px " : "500 11px ") + FONT;
    const text = clipped(relationLabel(item.claim), 32);
    const width = widthOf(ctx, font, text) + 4;
    const pill = pills.find((one) => one.item === item);
    const points = curveOf(item.claim);
    const boxes = pill
      ? [[pill.box[0], -16], [pill.box[0], 17]].map(([, dy]) => {
        const x = (pill.box[0] + pill.box[2]) / 2;
        return [x - width / 2, pill.box[1] + dy, x + width / 2, pill.box[1] + dy + 14];
      }) : [];
    for (const part of PARTS) {
      const [x, y] = toScreen(pointAt(points, part));
      boxes.push([x - width / 2, y - 7, x + width / 2, y + 7]);
    }
    const must = item.level === 2 || hovered === item.claim;
    const box = must && pill ? boxes[0]
      : boxes.find((one) => !taken.hits(one)) || (must ? boxes[0] : null);
    if (!box) continue;
    taken.add(box);
    names.push({ font, text, box });
  }
  return names;
}
function paintTexts(ctx, texts, colour, alphaOf) {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  for (const item of texts) {
    const x = (item.box[0] + item.box[2]) / 2, y = (item.box[1] + item.box[3]) / 2 + 0.5;
    ctx.font = item.font;
    ctx.globalAlpha = alphaOf(item);
    ctx.strokeStyle = COLOUR.bg;
    ctx.lineWidth = 4;
    ctx.strokeText(item.text, x, y);
    ctx.fillStyle = colour;
    ctx.fillText(item.text, x, y);
  }
  ctx.globalAlpha = 1;
}
