// How the picture lies in the window: sizes of shapes, proportions, fitting.
function moveTo(pane, x, y, scale) {
  pane.net.moveTo({ position: { x, y }, scale, animation: false });
  sizeShapes(scale);
}
// Give all shapes the size that suits the zoom.
function sizeShapes(scale) {
  const unit = unitAt(scale);
  if (unit === shapeUnit) return;
  shapeUnit = unit;
  const sizes = NETWORK.nodes.map(({ id, size }) => ({ id, size: size * unit }));
  for (const { id, size } of sizes) PLACES.get(id).r = size;
  forgetCurves();
  for (const pane of PANES) quietly(pane, () => pane.nodes.update(sizes));
}
// In a narrow window or pane the picture is drawn taller, within bounds. Addresses
// keep the positions without this, so that a link suits every window.
let tall = 1;
const room = ({ clientWidth, clientHeight }) => {
  const above = Math.max(...shownPanes().map((pane) => pane.name.offsetHeight)) + 22;
  const below = innerWidth > 680 ? $("#foot").offsetHeight + 12 : 8;
  return { width: Math.max(120, clientWidth - 136), shift: (below - above) / 2 + 8,
    height: Math.max(120, clientHeight - below - above - 66) };
};
function inSight() {
  const active = new Set(shownPanes().flatMap((pane) => [...pane.look.actors]));
  return active.size ? active : linkedWithin(state.k);
}
function proportion() {
  const { width, height } = room(PANES[0].box);
  const box = extent(state.dis ? inSight() : linkedWithin(state.k));
  if (!box || !PANES[0].box.clientWidth) return;
  const now = (box[3] - box[1] + 1) / tall / (box[2] - box[0] + 1);
  const wanted = Number(Math.min(2, Math.max(0.7, height / width / now)).toFixed(2));
  if (wanted === tall) return;
  tall = wanted;
  for (const { id, x, y } of NETWORK.nodes) Object.assign(PLACES.get(id), { x, y: y * tall });
  forgetCurves();
  const moved = NETWORK.nodes.map(({ id, x, y }) => ({ id, x, y: y * tall }));
  for (const pane of PANES) quietly(pane, () => pane.nodes.update(moved));
}
function fit() {
  const panes = shownPanes();
  proportion();
  const box = extent(inSight());
  if (!box || !panes[0].box.clientWidth) return;
  const { width, height, shift } = room(panes[0].box);
  const scale = Math.min(2, width / (box[2] - box[0] + 1), height / (box[3] - box[1] + 1));
  const y = (box[1] + box[3]) / 2 + shift / scale;
  for (const pane of panes) moveTo(pane, (box[0] + box[2]) / 2, y, scale);
  state.v = null;
  writeHash();
}
// Bring an actor into the window without changing the zoom more than needed.
function bringIntoSight(slugs) {
  const pane = PANES[0], scale = pane.net.getScale();
  const outside = slugs.some((slug) => {
    const at = pane.net.canvasToDOM(PLACES.get(slug));
    return at.x < 40 || at.y < 50 || at.x > pane.box.clientWidth - 40 ||
      at.y > pane.box.clientHeight - 110;
  });
  if (!outside) return;
  const box = extent(slugs);
  const fitting = Math.min((pane.box.clientWidth - 160) / (box[2] - box[0] + 1),
    (pane.box.clientHeight - 240) / (box[3] - box[1] + 1));
  const position = { x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 };
  pane.net.moveTo({ position, scale: Math.max(0.02, Math.min(scale, fitting)),
    animation: still() ? false : { duration: 240, easingFunction: "easeInOutQuad" } });
  later(() => follow(pane), still() ? 0 : 260);
}
