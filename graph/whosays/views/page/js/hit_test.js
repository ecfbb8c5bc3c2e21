// What lies under the pointer: a pill, an actor, else the nearest line.
const REACH = 9;
function claimAt(pane, screen) {
  for (const { box, item } of [...pane.pills].reverse()) {
    const [x0, y0, x1, y1] = box;
    if (screen.x >= x0 && screen.x <= x1 && screen.y >= y0 && screen.y <= y1) {
      return item.claim;
    }
  }
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
