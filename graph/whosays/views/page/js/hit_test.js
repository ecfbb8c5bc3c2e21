// What lies under the pointer: an actor or its name, a pill, else the nearest line.
const REACH = 9;
const covers = ([x0, y0, x1, y1], { x, y }) => x >= x0 && x <= x1 && y >= y0 && y <= y1;
function actorAt(pane, screen) {
  const slug = pane.net.getNodeAt(screen);
  if (slug !== undefined) return slug;
  const label = upToDate(pane).labels.find(({ box }) => covers(box, screen));
  return label && label.slug;
}
function claimAt(pane, screen) {
  for (const { box, item } of [...pane.pills].reverse()) if (covers(box, screen)) return item.claim;
  const at = pane.net.DOMtoCanvas(screen);
  return nearestClaim(pane.look, [at.x, at.y], REACH / pane.net.getScale());
}
function nearestClaim(look, point, reach) {
  let best = null, least = reach;
  for (const { claim, disputed } of drawnEntries(look).values()) {
    const points = curveOf(claim);
    // Of two lines equally near, the disputed one is meant.
    const weight = disputed ? 0.75 : 1;
    for (let i = 1; i < points.length; i += 1) {
      const found = toSegment(point, points[i - 1], points[i]) * weight;
      if (found < least) {
        least = found;
        best = claim;
      }
    }
  }
  return best;
}
function toSegment([x, y], [ax, ay], [bx, by]) {
  const dx = bx - ax, dy = by - ay, square = dx * dx + dy * dy;
  const part = square ? ((x - ax) * dx + (y - ay) * dy) / square : 0;
  const t = Math.min(1, Math.max(0, part));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}
