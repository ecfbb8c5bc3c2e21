// The drawing surfaces. vis-network moves, zooms and draws the shapes; the rest is ours.
const PANES = [];
const shownPanes = () => PANES.filter((pane) => !pane.element.classList.contains("off"));
// However much changes at once, it is drawn once, with the next frame.
const redraw = () => shownPanes().forEach((pane) => pane.net.renderer._requestRedraw());
// For whoever asks what lies where before the frame has come.
function upToDate(pane) {
  if (pane.net.renderer.redrawRequested) pane.net.renderer._redraw();
  return pane;
}
// vis-network draws at each change of its data; here it need not.
function quietly(pane, work) {
  pane.net.body.emitter.emit("_blockRedraw");
  work();
  pane.net.body.emitter.emit("_allowRedraw");
  if (shownPanes().includes(pane)) pane.net.renderer._requestRedraw();
}

function makePane(element, label) {
  const box = $(".net", element);
  const nodes = new vis.DataSet(NETWORK.nodes.map((node) => ({ ...node })));
  const net = new vis.Network(box, { nodes, edges: [] }, structuredClone(OPTIONS));
  const pane = { element, box, nodes, net, label, name: $(".pane-name", element),
    look: { claims: new Map(), actors: new Set(), shown: new Set(), disputes: [] },
    others: null, seen: new Map(), pills: [], labels: [], names: [], moving: false };
  const canvas = $("canvas", box);
  canvas.setAttribute("aria-hidden", "true");
  for (const inner of box.querySelectorAll("[tabindex]")) inner.tabIndex = -1;
  net.on("beforeDrawing", (ctx) => paintUnder(pane, ctx));
  net.on("afterDrawing", (ctx) => paintOver(pane, ctx, canvas));
  listen(pane);
  PANES.push(pane);
  return pane;
}
function listen(pane) {
  const { net, box } = pane;
  let settle = null;
  net.on("zoom", () => {
    pane.moving = true;
    cancel(settle);
    settle = later(() => { pane.moving = false; sizeShapes(net.getScale()); net.redraw(); }, 160);
    follow(pane);
  });
  // vis-network scales the picture when its canvas grows; what was fitted stays fitted.
  net.on("resize", () => nextFrame(() => { if (!state.v) fit(); }));
  net.on("dragStart", () => { pane.moving = true; showTip(null); });
  net.on("dragging", (event) => {
    if (event.nodes.length) moveActors(pane, event.nodes);
    else follow(pane);
  });
  net.on("dragEnd", (event) => {
    pane.moving = false;
    if (event.nodes.length) moveActors(pane, event.nodes);
    follow(pane);
    net.redraw();
  });
  net.on("click", (event) => {
    const slug = actorAt(pane, event.pointer.DOM);
    const claim = slug === undefined ? claimAt(pane, event.pointer.DOM) : null;
    select(slug !== undefined ? selectActor(slug) : claim ? selectLine(claim) : "");
  });
  let waiting = false, at = null;
  box.addEventListener("mousemove", (event) => {
    const frame = box.getBoundingClientRect();
    at = { x: event.clientX - frame.left, y: event.clientY - frame.top };
    if (waiting || pane.moving) return;
    waiting = true;
    nextFrame(() => {
      waiting = false;
      if (at) hover(pane, at);
    });
  });
  box.addEventListener("mouseleave", () => { at = null; showTip(null); });
  box.addEventListener("keydown", (event) => paneKey(pane, event));
}
// Actors that were dragged move in both panes.
function moveActors(pane, slugs) {
  const now = pane.net.getPositions(slugs);
  for (const [slug, { x, y }] of Object.entries(now)) {
    Object.assign(PLACES.get(slug), { x, y });
    Object.assign(NODES.get(slug), { x, y: y / tall });
    for (const other of PANES) if (other !== pane) other.net.moveNode(slug, x, y);
  }
  forgetCurves();
}
// Panes show the same part of the picture, and the address remembers it.
function follow(pane) {
  const { x, y } = pane.net.getViewPosition(), scale = pane.net.getScale();
  state.v = [x, y / tall, scale];
  for (const other of shownPanes()) if (other !== pane) moveTo(other, x, y, scale);
  writeHash();
}
function paintUnder(pane, ctx) {
  const scale = pane.net.getScale();
  pane.list = drawList(pane.look, pane.others);
  const many = pane.list.length;
  paintLines(ctx, pane.list, scale, (pane.moving && many > 250) || (scale < 0.9 && many > 700));
}
function paintOver(pane, ctx, canvas) {
  const scale = pane.net.getScale(), view = pane.net.getViewPosition();
  const area = [canvas.clientWidth, canvas.clientHeight];
  const ratio = canvas.width / (area[0] || 1);
  const toScreen = ([x, y]) =>
    [(x - view.x) * scale + area[0] / 2, (y - view.y) * scale + area[1] / 2];
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintRing(ctx, toScreen, scale);
  const ordered = RANKED.filter((slug) => pane.look.actors.has(slug));
  const bright = (slug) => pane.bright.has(slug);
  Object.assign(pane, placeWriting(ctx, { toScreen, scale, area, list: pane.list,
    slugs: [...ordered.filter(bright), ...ordered.filter((slug) => !bright(slug))],
    sure: ordered.length <= ROOMY ? null : pane.bright.size <= ROOMY ? pane.bright : PROMINENT,
    covered: [pane.name, $("#foot")].flatMap((one) => coveredBy(pane, one)),
    pillOptions: { small: scale < 0.95, most: Math.max(5, (area[0] * area[1]) / 22000) },
    hurried: pane.moving && pane.list.length > 250 }));
  paintTexts(ctx, pane.labels, COLOUR.ink, (item) => (bright(item.slug) ? 1 : 0.32));
  paintPills(ctx, pane.pills);
  paintTexts(ctx, pane.names, COLOUR.ink, () => 1);
  ctx.restore();
}
// Where something of the page lies over the drawing, seen from the drawing.
function coveredBy(pane, element) {
  const box = element.getBoundingClientRect(), frame = pane.box.getBoundingClientRect();
  if (!box.width || box.top >= frame.bottom) return [];
  return [[box.left - frame.left - 3, box.top - frame.top - 3, box.right - frame.left + 3, box.bottom - frame.top + 3]];
}
function paintRing(ctx, toScreen, scale) {
  const { actor } = selection();
  if (actor === undefined) return;
  const place = PLACES.get(actor), [x, y] = toScreen([place.x, place.y]);
  ctx.beginPath();
  ctx.arc(x, y, place.r * scale * 1.25 + 5, 0, 7);
  ctx.strokeStyle = COLOUR.focus;
  ctx.lineWidth = 2.2;
  ctx.stroke();
}
// The most discussed actors, without those who are linked to none of them.
let linkedCache = { k: 0, actors: new Set() };
function linkedWithin(k) {
  if (linkedCache.k === k) return linkedCache.actors;
  const most = new Set(RANKED.slice(0, k));
  const inner = DATA.claims.filter((claim) => most.has(claim.s) && most.has(claim.o) &&
    claim.all.some((one) => one.counts));
  linkedCache = { k, actors: new Set(inner.flatMap((claim) => [claim.s, claim.o])) };
  return linkedCache.actors;
}
// Shapes: bright when in sight, faint when only others speak of them.
function dressActors(pane) {
  const { actor, claim, pair } = selection();
  const near = claim ? new Set([claim.s, claim.o]) : pair ? new Set(endsOf(pair))
    : actor !== undefined ? actorsLit(pane.look) : null;
  pane.bright = new Set([...pane.look.actors].filter((slug) => !near || near.has(slug)));
  const linked = linkedWithin(state.k), shade = theme();
  const changes = [];
  for (const { id, type } of DATA.actors) {
    const active = pane.look.actors.has(id);
    const hidden = !active && (state.dis || !state.ty.has(type) || !linked.has(id));
    // Not through the data: each change of a row is read in full, and most change often.
    pane.net.body.nodes[id].options.opacity = pane.bright.has(id) ? 1 : active ? 0.26 : 0.13;
    const key = hidden + " " + shade;
    if (pane.seen.get(id) === key) continue;
    pane.seen.set(id, key);
    changes.push({ id, hidden, color: { background: typeColour(type), border: COLOUR.rim } });
  }
  if (changes.length) quietly(pane, () => pane.nodes.update(changes));
}
