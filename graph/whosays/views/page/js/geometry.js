// Curves of the claims. Actors lie in one place for all panes and for the exports.
const PLACES = new Map(NETWORK.nodes.map((n) => [n.id, { x: n.x, y: n.y, r: n.size }]));
// Shapes and lines shrink less than the picture does when one looks from afar.
// In a crowd they shrink on, or they would cover each other.
const ROOMY = 150;
const smallest = () => 0.52 * Math.min(1, Math.sqrt(ROOMY / Math.max(1, state.k)));
const unitAt = (scale) => Math.min(0.9, Math.max(smallest(), scale)) / scale;
let shapeUnit = 1;
const CURVES = new Map();
const STEPS = 22;
const forgetCurves = () => CURVES.clear();
// How far each line swings out, in pixels of its middle, seen from the first actor of
// the pair. Only lines in sight take room, the thick ones more than the thin ones.
const LANES = new Map();
const LANE_GAP = 9;
function fanOut(entries) {
  const pairs = new Map();
  for (const entry of entries) {
    const { s: from, o: to } = entry.claim;
    const key = from < to ? from + " " + to : to + " " + from;
    if (!pairs.has(key)) pairs.set(key, []);
    pairs.get(key).push({ id: entry.claim.id, flip: from > to, whole: strandsOf(entry).whole });
  }
  LANES.clear();
  forgetCurves();
  for (const group of pairs.values()) {
    if (group.length < 2) continue;
    const rooms = group.map(({ whole }) => whole + LANE_GAP);
    let at = -rooms.reduce((sum, one) => sum + one, 0) / 2;
    group.forEach(({ id, flip }, i) => {
      const middle = at + rooms[i] / 2;
      at += rooms[i];
      LANES.set(id, flip ? -middle : middle);
    });
  }
}
// Between near actors a fan is narrower than its lines would like.
const swing = ({ id, s: from, o: to }, length) => (LANES.has(id)
  ? Math.max(-0.3, Math.min(0.3, (LANES.get(id) * shapeUnit) / length)) : from <= to ? 0.018 : -0.018);

function curveOf(claim) {
  let points = CURVES.get(claim.id);
  if (!points) {
    points = claim.s === claim.o ? loop(PLACES.get(claim.s)) : bow(claim);
    CURVES.set(claim.id, points);
  }
  return points;
}
// A quadratic curve from rim to rim, bent to the side by a part of its length.
function bow(claim) {
  const a = PLACES.get(claim.s), b = PLACES.get(claim.o);
  const dx = b.x - a.x, dy = b.y - a.y;
  const bend = 2 * swing(claim, Math.hypot(dx, dy) || 1);
  const cx = (a.x + b.x) / 2 - dy * bend, cy = (a.y + b.y) / 2 + dx * bend;
  const at = (t) => {
    const u = 1 - t;
    return [u * u * a.x + 2 * u * t * cx + t * t * b.x,
      u * u * a.y + 2 * u * t * cy + t * t * b.y];
  };
  const rim = (end, room, from, to) => {
    for (let i = 0; i < 14; i += 1) {
      const middle = (from + to) / 2, [x, y] = at(middle);
      if (Math.hypot(x - end.x, y - end.y) < room) from = middle;
      else to = middle;
    }
    return to;
  };
  const heads = headsOf(claim);
  const start = rim(a, a.r + (heads === 2 ? 5 : 3), 0, 0.5);
  const stop = rim(b, b.r + (heads ? 5 : 3), 1, 0.5);
  return Array.from({ length: STEPS + 1 },
    (_, i) => at(start + ((stop - start) * i) / STEPS));
}
function loop(place) {
  const r = place.r * 0.9 + 8;
  return Array.from({ length: STEPS + 1 }, (_, i) => {
    const turn = Math.PI * (0.85 + (1.3 * i) / STEPS);
    return [place.x + r * Math.cos(turn), place.y - place.r - r * 0.4 + r * Math.sin(turn)];
  });
}
function beside(points, shift) {
  if (!shift) return points;
  return points.map((point, i) => {
    const a = points[Math.max(0, i - 1)], b = points[Math.min(points.length - 1, i + 1)];
    const dx = b[0] - a[0], dy = b[1] - a[1], length = Math.hypot(dx, dy) || 1;
    return [point[0] - (dy / length) * shift, point[1] + (dx / length) * shift];
  });
}
const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);
// Leave room for an arrowhead at the end.
function shortened(points, by) {
  const rest = points.slice();
  while (by > 0 && rest.length > 2) {
    const last = rest[rest.length - 1], before = rest[rest.length - 2];
    const step = distance(last, before);
    if (step > by) {
      const part = by / step;
      rest[rest.length - 1] = [last[0] + (before[0] - last[0]) * part,
        last[1] + (before[1] - last[1]) * part];
      break;
    }
    rest.pop();
    by -= step;
  }
  return rest;
}
const reversed = (points) => points.slice().reverse();
function pointAt(points, part) {
  const steps = points.slice(1).map((point, i) => distance(points[i], point));
  let left = steps.reduce((sum, step) => sum + step, 0) * part;
  for (let i = 0; i < steps.length; i += 1) {
    if (left <= steps[i] || i === steps.length - 1) {
      const share = steps[i] ? left / steps[i] : 0;
      const [ax, ay] = points[i], [bx, by] = points[i + 1];
      return [ax + (bx - ax) * share, ay + (by - ay) * share];
    }
    left -= steps[i];
  }
  return points[0];
}
// The corners of an arrowhead whose tip touches the rim.
function arrowhead(points, width, unit) {
  const tip = points[points.length - 1];
  let i = points.length - 1;
  while (i > 0 && distance(points[i], tip) < 8 * unit) i -= 1;
  const length = distance(tip, points[i]) || 1;
  const ux = (tip[0] - points[i][0]) / length, uy = (tip[1] - points[i][1]) / length;
  const long = (5.5 + width * 0.75) * unit, wide = (2.4 + width * 0.48) * unit;
  const x = tip[0] + ux * 2 * unit, y = tip[1] + uy * 2 * unit;
  return [[x, y], [x - ux * long + uy * wide, y - uy * long - ux * wide],
    [x - ux * long * 0.72, y - uy * long * 0.72],
    [x - ux * long - uy * wide, y - uy * long + ux * wide]];
}
// Centres only: sizes follow the zoom, which follows from this.
function extent(slugs) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const slug of slugs) {
    const { x, y } = PLACES.get(slug);
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box[0] <= box[2] ? box : null;
}
