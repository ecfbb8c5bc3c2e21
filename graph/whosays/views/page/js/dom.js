// The only place that makes elements. Strings become text nodes, never markup.
const $ = (selector, root = document) => root.querySelector(selector);
const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "style") element.style.cssText = value;
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children.flat(9)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child.nodeType ? child : document.createTextNode(String(child)));
  }
  return element;
}
const h = (tag, attributes, ...children) =>
  fill(document.createElement(tag), attributes, children);
const s = (tag, attributes, ...children) =>
  fill(document.createElementNS(SVG, tag), attributes, children);

// Data in a sentence of ours: the first for elements, the second for plain strings.
const own = (text) => h("bdi", {}, text);
const apart = (text) => "\u2068" + text + "\u2069";

const FIGURES = new Intl.NumberFormat(document.documentElement.lang || "en");
const written = (value) => (typeof value === "number" ? FIGURES.format(value) : String(value));
let TEXTS = {};
function T(key, values = {}) {
  let text = TEXTS[key];
  if (text === undefined) return key;
  if (typeof text === "object") text = values.n === 1 ? text.one : text.other;
  return text.replace(/\{(\w+)\}/g, (all, name) =>
    name in values ? written(values[name]) : all);
}
// The same with elements in the gaps.
function sentence(key, values) {
  return TEXTS[key].split(/(\{\w+\})/).map((part) => {
    const name = /^\{(\w+)\}$/.exec(part);
    return name ? values[name[1]] : part;
  });
}
// Which way a text runs is told by its first letter, as with dir="auto".
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
function directionOf(text) {
  const letter = /\p{L}/u.exec(text);
  return letter && RIGHT_TO_LEFT.test(letter[0]) ? "rtl" : "ltr";
}
const say = (text) => { $("#live").textContent = text; };
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
