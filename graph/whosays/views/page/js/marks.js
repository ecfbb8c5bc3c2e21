// How a claim is drawn: its strands, its weight in the picture, its place in the pile.
const STRAND_GAP = 2.4;
const strandWidth = (count) => 1.5 + 1.15 * Math.log2(1 + count);
// What nobody disputes stays in the background.
const PLAIN_WIDTH = 0.6, PLAIN_ALPHA = 0.52;

// One strand per stance, side by side. Hollow: nobody reviewed it. Pale: nobody says
// that it is so, only that it will, might or should be.
function strandsOf(entry) {
  const present = STANCES.filter((one) => entry.counts[one] || entry.hollow[one]);
  const thin = entry.disputed ? 1 : PLAIN_WIDTH;
  const strands = present.map((stance) => {
    const counted = entry.counts[stance];
    return { stance, width: thin * strandWidth(counted || entry.hollow[stance]),
      hollow: counted === 0, pale: counted > 0 && entry.pale[stance] === counted };
  });
  const whole = strands.reduce((sum, one) => sum + one.width, 0) +
    STRAND_GAP * (strands.length - 1);
  let at = -whole / 2;
  for (const strand of strands) {
    strand.shift = at + strand.width / 2;
    at += strand.width + STRAND_GAP;
  }
  return { strands, whole };
}
// 2: selected, 1: in sight, 0: dimmed by a selection elsewhere.
function emphasis(claim) {
  const { actor, claim: chosen, pair } = selection();
  if (pair) return pairKey(claim) === pair ? 1 : 0;
  if (chosen) {
    if (claim === chosen) return 2;
    const ends = [claim.s, claim.o];
    return ends.includes(chosen.s) && ends.includes(chosen.o) ? 1 : 0;
  }
  if (actor !== undefined) return spotlight().lit(claim) ? 1 : 0;
  return 1;
}
let hovered = null;
// Everything to draw in a pane, lowest first. Ghosts are what only others say.
function drawList(look, others) {
  const list = [];
  for (const [, { claim }] of ghostsOf(look, others)) {
    list.push({ claim, ghost: true, z: 0, alpha: 0.6 });
  }
  for (const entry of drawnEntries(look).values()) {
    const level = emphasis(entry.claim);
    const strong = state.sel || entry.disputed || state.lab;
    list.push({ claim: entry.claim, entry, level,
      z: 1 + 2 * level + (entry.disputed ? 1 : 0) + (hovered === entry.claim ? 9 : 0),
      alpha: level === 0 ? 0.12 : strong ? 1 : PLAIN_ALPHA, ...strandsOf(entry) });
  }
  return list.sort((a, b) => a.z - b.z);
}
const headColour = (item) => (item.entry.disputed ? COLOUR.ink
  : COLOUR[item.strands.reduce((a, b) => (b.width > a.width ? b : a)).stance]);
const wantsPill = (entry) => entry.claim.bundle || entry.disputed || entry.clash || entry.total >= 3;
