// Work that is put off goes through here, so that one can ask whether all of it is done:
// a picture is only finished when nothing will change it any more by itself.
const WAITING = new Set();
function later(work, milliseconds) {
  const job = { timer: setTimeout(() => { WAITING.delete(job); work(); }, milliseconds) };
  WAITING.add(job);
  return job;
}
function cancel(job) {
  if (!job) return;
  clearTimeout(job.timer);
  WAITING.delete(job);
}
function nextFrame(work) {
  const job = {};
  WAITING.add(job);
  requestAnimationFrame(() => { WAITING.delete(job); work(); });
}
const frame = () => new Promise(requestAnimationFrame);
// Sizes of the window reach the drawing one frame late, hence several calm ones.
async function settled() {
  await document.fonts.ready;
  for (let calm = 0; calm < 3;) {
    await frame();
    const drawing = PANES.some((pane) => pane.net.renderer.redrawRequested);
    calm = WAITING.size || drawing ? 0 : calm + 1;
  }
}
