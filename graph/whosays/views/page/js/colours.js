// Colours come from the style sheet; canvas and exports read them from there.
const COLOUR = {};
const SHADES = ["bg", "panel", "ink", "muted", "line", "ghost", "focus", "rim",
  "on-pill", "accent", ...STANCES];
function readColours() {
  document.documentElement.dataset.theme = theme();
  const style = getComputedStyle(document.documentElement);
  for (const name of SHADES) COLOUR[name] = style.getPropertyValue("--" + name).trim();
}
const typeColour = (type) => GROUP_OF.get(type)[theme()];
const SHAPES = {
  dot: "M8 1a7 7 0 1 0 .01 0z", square: "M1.5 1.5h13v13h-13z", diamond: "M8 0l8 8-8 8-8-8z",
  triangle: "M8 1l8 14H0z", triangleDown: "M8 15L0 1h16z",
  hexagon: "M4 1h8l4 7-4 7H4L0 8z",
  star: "M8 0l2.4 5.2 5.6.6-4.2 3.8 1.2 5.7L8 12.4l-5 2.9 1.2-5.7L0 5.8l5.6-.6z",
};
