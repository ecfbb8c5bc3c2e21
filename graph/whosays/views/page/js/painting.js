// Lines on the canvas. `unit` keeps widths readable at every zoom.
function trace(ctx, points) {
  ctx.moveTo(points[0][0], points[0][1]);
  for (let i = 1; i < points.length; i += 1) ctx.lineTo(points[i][0], points[i][1]);
}
function paintLines(ctx, list, scale, hurried) {
  const unit = unitAt(scale);
  ctx.save();
  ctx.lineJoin = "round";
  paintGhosts(ctx, list, unit);
  // Far out or in motion, plain lines of one stance share one path: fifteen times faster.
  const plain = hurried ? list.filter((item) => !item.ghost && isPlain(item)) : [];
  for (const stance of STANCES) {
    for (const alpha of [0.12, PLAIN_ALPHA]) {
      const same = plain.filter((item) =>
        item.strands[0].stance === stance && (item.alpha === 0.12) === (alpha === 0.12));
      if (same.length) paintTogether(ctx, same, stance, alpha, unit);
    }
  }
  const done = new Set(plain);
  for (const item of list) {
    if (!item.ghost && !done.has(item)) paintClaim(ctx, item, unit);
  }
  ctx.restore();
}
const isPlain = (item) => item.strands.length === 1 && !item.entry.disputed && !item.claim.bundle &&
  item.level < 2 && hovered !== item.claim;

function paintGhosts(ctx, list, unit) {
  ctx.beginPath();
  for (const item of list) if (item.ghost) trace(ctx, curveOf(item.claim));
  ctx.globalAlpha = 0.6;
  ctx.strokeStyle = COLOUR.ghost;
  ctx.lineWidth = 1.1 * unit;
  ctx.setLineDash([]);
  ctx.stroke();
}
function paintTogether(ctx, items, stance, alpha, unit) {
  ctx.beginPath();
  for (const item of items) trace(ctx, curveOf(item.claim));
  ctx.globalAlpha = alpha;
  ctx.strokeStyle = COLOUR[stance];
  ctx.lineWidth = 1.3 * unit;
  ctx.setLineDash([]);
  ctx.lineCap = "butt";
  ctx.stroke();
}
function paintClaim(ctx, item, unit) {
  const points = curveOf(item.claim);
  const heads = headsOf(item.claim);
  const chosen = item.level === 2 || hovered === item.claim;
  ctx.globalAlpha = item.alpha;
  if (item.level) {
    // A halo in the ground colour lets crossing lines pass under each other.
    ctx.beginPath();
    trace(ctx, points);
    ctx.setLineDash([]);
    ctx.lineCap = "butt";
    ctx.strokeStyle = chosen ? COLOUR.focus : COLOUR.bg;
    ctx.globalAlpha = chosen ? 0.28 : item.alpha;
    ctx.lineWidth = (item.whole + (chosen ? 9 : 3)) * unit;
    ctx.stroke();
    ctx.globalAlpha = item.alpha;
  }
  for (const strand of item.strands) paintStrand(ctx, item, strand, points, unit, heads);
  ctx.setLineDash([]);
  ctx.fillStyle = headColour(item);
  for (const end of [points, reversed(points)].slice(0, heads)) {
    ctx.beginPath();
    trace(ctx, arrowhead(end, item.whole, unit));
    ctx.closePath();
    ctx.fill();
  }
}
function paintStrand(ctx, item, strand, points, unit, heads) {
  const room = (4 + item.whole * 0.35) * unit;
  let line = heads ? shortened(points, room) : points;
  if (heads === 2) line = reversed(shortened(reversed(line), room));
  ctx.beginPath();
  trace(ctx, beside(line, strand.shift * unit));
  ctx.setLineDash(DASH[strand.stance].map((x) => x * unit));
  ctx.lineCap = strand.stance === "questions" ? "round" : "butt";
  ctx.strokeStyle = COLOUR[strand.stance];
  ctx.globalAlpha = item.alpha * (strand.pale ? 0.5 : 1);
  ctx.lineWidth = (strand.hollow ? strand.width + 1.4 : strand.width) * unit;
  ctx.stroke();
  if (strand.hollow) {
    ctx.strokeStyle = COLOUR.bg;
    ctx.globalAlpha = 1;
    ctx.setLineDash([]);
    ctx.lineWidth = strand.width * 0.6 * unit;
    ctx.stroke();
  }
  ctx.globalAlpha = item.alpha;
}
