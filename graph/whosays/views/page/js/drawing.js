// The picture as SVG: the same curves, with title, legend, sources and date of the data.
const pathOf = (points, closed) => "M" + points.map(([x, y]) => x.toFixed(1) + " " + y.toFixed(1)).join("L") + (closed ? "Z" : "");

function svgLines(list) {
  return list.map((item) => {
    const points = curveOf(item.claim);
    if (item.ghost) {
      return s("path", { class: "ghost", d: pathOf(points), fill: "none", stroke: COLOUR.ghost, opacity: 0.6 });
    }
    const heads = headsOf(item.claim);
    const room = 4 + item.whole * 0.35;
    const group = s("g", { class: item.claim.bundle ? "pair" : "claim", opacity: item.alpha },
      s("title", {}, claimText(item.claim) + ": " + tallyText(item.entry.counts)));
    for (const strand of item.strands) {
      let line = heads ? shortened(points, room) : points;
      if (heads === 2) line = reversed(shortened(reversed(line), room));
      group.append(s("path", { class: "strand " + strand.stance, d: pathOf(beside(line, strand.shift)), fill: "none",
        stroke: COLOUR[strand.stance], "stroke-width": strand.width.toFixed(2), opacity: strand.pale ? 0.5 : strand.hollow ? 0.6 : null,
        "stroke-dasharray": DASH[strand.stance].join(" ") || null,
        "stroke-linecap": strand.stance === "questions" ? "round" : null }));
    }
    for (const end of [points, reversed(points)].slice(0, heads)) {
      group.append(s("path", { d: pathOf(arrowhead(end, item.whole, 1), true), fill: headColour(item) }));
    }
    return group;
  });
}
function svgActors(pane, slugs) {
  return slugs.map((slug) => {
    const { x, y, r } = PLACES.get(slug), actor = ACTORS.get(slug);
    const faint = !pane.look.actors.has(slug) ? 0.13 : pane.bright.has(slug) ? null : 0.26;
    return s("g", { class: "actor", opacity: faint, transform: "translate(" + x.toFixed(1) + " " + y.toFixed(1) + ")" },
      s("path", { d: SHAPES[GROUP_OF.get(actor.type).shape], transform: "scale(" + (r / 7.4).toFixed(3) + ") translate(-8 -8)",
        fill: typeColour(actor.type), stroke: COLOUR.rim, "stroke-width": 0.5 }));
  });
}
function svgText(x, y, size, text, more = {}) {
  const turned = directionOf(text) === "rtl";
  return s("text", { x: x.toFixed(1), y: y.toFixed(1), "font-size": size, fill: COLOUR.ink,
    direction: turned ? "rtl" : null, "text-anchor": turned ? "end" : null, ...more }, text);
}
const haloed = (anchor) => ({ "text-anchor": anchor, stroke: COLOUR.bg, "stroke-width": 3.6, "paint-order": "stroke",
  "stroke-linejoin": "round" });

function svgLabels(pane, ctx, list) {
  const slugs = RANKED.filter((slug) => pane.look.actors.has(slug));
  const { labels, pills, names } = placeWriting(ctx, { slugs, list, toScreen: (point) => point, scale: 1 });
  const middle = (one, more) => {
    const x = (one.box[0] + one.box[2]) / 2, lines = lineMiddles(one);
    const text = svgText(x, lines[0][1] + 4.5, one.size, lines.length > 1 ? "" : one.text,
      { direction: directionOf(one.text) === "rtl" ? "rtl" : null, ...haloed("middle"), ...more });
    if (lines.length > 1) {
      text.replaceChildren(...lines.map(([line, y], i) => s("tspan", { x: x.toFixed(1), y: (y + 4.5).toFixed(1) }, (i ? " " : "") + line)));
    }
    return text;
  };
  return [labels.map((one) => middle(one, { class: "name", "font-weight": PROMINENT.has(one.slug) ? 650 : 400 })),
    pills.map(svgPill), names.map((one) => middle({ ...one, size: 11 }, {}))];
}
function svgPill({ box, segments, item, font }) {
  const [x0, y0, x1, y1] = box;
  let x = x0;
  return s("g", { class: "pill" }, s("rect", { x: (x0 - 1.5).toFixed(1), y: (y0 - 1.5).toFixed(1), width: (x1 - x0 + 3).toFixed(1),
    height: y1 - y0 + 3, rx: 3, fill: item.entry.disputed ? COLOUR.ink : COLOUR.bg }),
  segments.map((one) => {
    const part = [s("rect", { x: x.toFixed(1), y: y0.toFixed(1), width: one.width.toFixed(1), height: y1 - y0, fill: COLOUR[one.colour] }),
      svgText(x + one.width / 2, (y0 + y1) / 2 + 3.8, font, one.text, { "text-anchor": "middle", "font-weight": 700,
        fill: one.colour === "ink" ? COLOUR.bg : COLOUR["on-pill"] })];
    x += one.width;
    return part;
  }));
}
function svgFoot(pane, x, y, width) {
  const parts = [];
  let at = x;
  for (const stance of STANCES) {
    parts.push(s("line", { x1: at, y1: y, x2: at + 26, y2: y, stroke: COLOUR[stance], "stroke-width": 3,
      "stroke-dasharray": DASH[stance].join(" ") || null }), svgText(at + 32, y + 4, 12, SIGN[stance] + " " + T(stance)));
    at += 118;
  }
  at = x;
  let line = y + 22;
  for (const group of DATA.groups) {
    const types = group.types.filter((type) => TYPES.includes(type));
    if (!types.length) continue;
    const text = types.map(typeLabel).join(", ");
    if (at + 40 + text.length * 7 > x + width) { at = x; line += 20; }
    parts.push(s("path", { d: SHAPES[group.shape], fill: group[theme()], transform: "translate(" + at + " " + (line - 8) + ") scale(.85)" }),
      svgText(at + 19, line + 3, 12, text));
    at += 40 + text.length * 7;
  }
  const wrapped = wrap(T("exported_from", { title: perspectiveTitle(pane.look.perspective),
    sources: [...new Set([...pane.look.shown].map((one) => one.source))].sort()
      .map((id) => apart(SOURCES.get(id).title) + (SOURCES.get(id).date ? " (" + dateText(SOURCES.get(id).date) + ")" : "")).join("; "),
    data: dataMark() }), Math.floor(width / 6.4));
  line += 24;
  parts.push(svgText(x, line, 12, T("principle"), { "font-style": "italic" }));
  if (grouped()) parts.push(svgText(x, (line += 17), 12, T("grouped"), { fill: COLOUR.muted }));
  for (const text of wrapped) parts.push(svgText(x, (line += 17), 11, text, { fill: COLOUR.muted }));
  return { parts, bottom: line + 16 };
}
const dataMark = () => [DATA.data.name, DATA.data.version, DATA.data.latest, DATA.data.mark, DATA.data.licence].filter(Boolean).join(", ");
function wrap(text, most) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1];
    if (last && (last + " " + word).length > most) lines.push(word);
    else lines[lines.length - 1] = last ? last + " " + word : word;
  }
  return lines;
}
const toSvg = (pane) => new XMLSerializer().serializeToString(svgOf(pane));
function svgOf(pane) {
  const slugs = DATA.actors.map((actor) => actor.id).filter((slug) => pane.look.actors.has(slug));
  const box = extent(slugs.length ? slugs : RANKED) || [0, 0, 400, 300];
  const ctx = document.createElement("canvas").getContext("2d");
  const list = drawList(pane.look, pane.others);
  const x0 = box[0] - 120, y0 = box[1] - 96, width = Math.max(640, box[2] - box[0] + 240);
  const foot = svgFoot(pane, x0 + 20, box[3] + 96, width - 40);
  const height = foot.bottom - y0;
  return s("svg", { xmlns: SVG, viewBox: [x0, y0, width, height].map((x) => x.toFixed(1)).join(" "),
    width: Math.round(width), height: Math.round(height), "font-family": FONT },
  s("title", {}, DATA.title), s("desc", {}, T("principle")),
  s("rect", { x: x0, y: y0, width, height, fill: COLOUR.bg }),
  svgText(x0 + 20, y0 + 30, 17, DATA.title, { "font-weight": 650 }),
  svgLines(list), svgActors(pane, slugs), svgLabels(pane, ctx, list), foot.parts);
}
