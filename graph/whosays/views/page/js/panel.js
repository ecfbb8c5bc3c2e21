// The details: of a claim, of an actor, of a comparison, or the overview.
const section = (title, content) => {
  const list = [content].flat(9).filter(Boolean);
  return list.length ? [h("h3", {}, title), list] : [];
};
function drawPanel() {
  const panel = $("#panel");
  const { actor, claim, pair } = selection();
  const content = pair ? pairPanel(pair) : claim ? claimPanel(claim) : actor !== undefined ? actorPanel(actor)
    : state.c ? comparisonPanel() : overviewPanel();
  const focused = panel.contains(document.activeElement);
  panel.replaceChildren(...content.flat(9).filter(Boolean));
  // Whoever walked here by keys stays here.
  if (focused) ($("button, a", panel) || panel).focus({ preventScroll: true });
  if (state.sel) panel.scrollTop = 0;
  const chosen = $(".card.chosen", panel);
  if (chosen) chosen.scrollIntoView({ block: "nearest" });
}
const panelHead = (title, subtitle) => [
  h("div", { class: "panel-head" }, h("h2", { dir: "auto" }, title),
    state.sel ? h("button", { type: "button", class: "link", onclick: () => select("") }, T("close") + " ✕") : null),
  subtitle ? h("div", { class: "quiet" }, subtitle) : null];

const MOST_CARDS = 60;
// What is said to be so comes before what is intended, predicted or demanded.
const actual = (statement) => statement.modality === "actual";
function claimPanel(claim) {
  const looks = shownPanes().map((pane) => pane.look);
  const shown = [...new Set(looks.flatMap((look) =>
    (look.claims.get(claim.id) || { shown: [] }).shown))];
  const entry = entryOf(claim, shown);
  const there = looks.map((look) => look.claims.get(claim.id)).filter(Boolean);
  const words = [T("n_statements", { n: entry.total }) + " " + T("in_this_view"),
    T("speakers_in_sources", {
      speakers: T("n_speakers", { n: new Set(shown.filter((one) => one.counts).map((one) => one.voice)).size }),
      sources: T("n_sources", { n: new Set(shown.filter((one) => one.counts).map((one) => one.source)).size }) })];
  if (there.some((one) => one.disputed)) words.push(T("disputed"));
  if (there.some((one) => one.clash)) words.push(T("cannot_both"));
  const all = claim.all.filter((one) => one.counts).length;
  if (all > entry.total) words.push(T("in_all", { n: all }));
  const relation = RELATIONS.get(claim.r);
  return [
    panelHead([actorLink(claim.s), " ", h("span", { class: "verb" }, own(relation.label)), " ", actorLink(claim.o)],
      words.join(" · ")),
    relation.about ? h("div", { class: "small quiet", dir: "auto" }, relation.about) : null,
    stanceBar(entry.counts),
    STANCES.map((stance) => {
      const list = shown.filter((one) => one.stance === stance)
        .sort((a, b) => b.realis - a.realis || actual(b) - actual(a) ||
          ((a.said || "9") < (b.said || "9") ? -1 : 1));
      const counted = list.filter((one) => one.counts).length;
      return section(T("n_" + stance, { n: counted }), listOf(list, statementCard, stepFor(list)));
    }),
    shown.length ? null : [h("p", { class: "quiet" }, T("nothing_here")),
      h("button", { type: "button", class: "link", onclick: reset }, T("show_all"))],
    relatedDisputes(claim, looks[0]),
    section(T("heading_siblings"), siblings(claim, looks[0]).map((one) => claimRow(one))),
  ];
}
// Far enough that a chosen statement is among those that are open.
const stepFor = (list) => Math.max(MOST_CARDS, list.indexOf(selection().statement) + 1);
function siblings(claim, look) {
  return (CLAIMS_OF.get(claim.s) || [])
    .filter((other) => other !== claim && [other.s, other.o].includes(claim.o))
    .map((other) => look.claims.get(other.id)).filter(Boolean);
}
// Other claims that this one disputes with, by kind.
function relatedDisputes(claim, look) {
  const found = new Map();
  for (const dispute of look.disputes) {
    const [a, b] = dispute.sides.map((side) => side.claim);
    if (dispute.own || a === b || (a !== claim && b !== claim)) continue;
    const other = a === claim ? b : a;
    const known = found.get(other);
    if (!known || known.score < dispute.score) found.set(other, dispute);
  }
  const rows = (opposed) => [...found].filter(([, one]) => one.opposed === opposed)
    .sort((a, b) => b[1].score - a[1].score)
    .map(([other, one]) => h("div", { class: "box" }, claimRow(look.claims.get(other.id)),
      h("p", { class: "why" }, T("kind_" + one.kind))));
  return [section(T("heading_conflicts"), rows(true)),
    section(T("heading_conflicts_clash"), rows(false))];
}

function actorPanel(slug) {
  const actor = ACTORS.get(slug);
  const look = PANES[0].look;
  const entries = CLAIMS_OF.get(slug).map((claim) => look.claims.get(claim.id)).filter(Boolean);
  const contested = entries.filter((entry) => entry.disputed || entry.clash);
  const rest = entries.filter((entry) => !contested.includes(entry));
  const byWeight = (a, b) => b.disputed - a.disputed || b.total - a.total;
  const titles = new Map();
  for (const entry of rest) {
    const label = relationLabel(entry.claim);
    const title = entry.claim.s === slug ? label : T("heading_as_object", { label });
    if (!titles.has(title)) titles.set(title, []);
    titles.get(title).push(entry);
  }
  const voice = "@" + slug;
  const parent = actor.partOf ? "part_of" : actor.actsFor ? "acts_for" : null;
  return [
    panelHead(own(actor.label), [typeLabel(actor.type),
      actor.also ? [" · ", sentence("also_called", { names: actor.also.map((one, i) => [i ? ", " : "", own(one)]) })] : null]),
    parent ? h("div", { class: "quiet" }, sentence(parent, { name: actorLink(actor.partOf || actor.actsFor) })) : null,
    actor.about ? h("div", { class: "small", dir: "auto" }, actor.about) : null,
    stanceBar(totals(entries).counts),
    h("div", { class: "quiet" }, entries.length ? tallyText(totals(entries).counts) : T("nothing_here")),
    aroundPart(slug),
    section(T("heading_names"), (actor.names || []).map((name) =>
      h("div", { class: "small", dir: "auto" }, own(name.name), " — ", T("name_" + name.kind), ": ",
        (name.by || []).map((one, i) => [i ? " › " : "", own(nameOf(one))]),
        name.source ? [", ", own((SOURCES.get(name.source) || { short: name.source }).short)] : null,
        name.locator ? ", " + locatorText(name.locator) : null))),
    VOICES.includes(slug) ? section(T("heading_speaks"),
      h("button", { type: "button", class: "link", onclick: () => change({ p: voice, sel: "" }, { fitAfter: true }) },
        sentence("according_to", { name: own(actor.label) }))) : null,
    section(T("heading_actor_disputed"), listOf(contested.sort(byWeight), (entry) => claimRow(entry))),
    sorted(titles, ([title]) => title).map(([title, list]) =>
      section(title, listOf(list.sort(byWeight), (entry) =>
        claimRow(entry, own(nameOf(entry.claim.s === slug ? entry.claim.o : entry.claim.s)))))),
    aloneSection(CLAIMS_OF.get(slug)),
  ];
}

function overviewPanel() {
  const look = PANES[0].look;
  const entries = [...look.claims.values()];
  const sum = totals(entries);
  const source = SOURCES.get(state.p);
  const said = new Map();
  for (const entry of entries) {
    for (const slug of new Set([entry.claim.s, entry.claim.o])) {
      said.set(slug, (said.get(slug) || 0) + entry.total);
    }
  }
  const top = [...said].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 6);
  return [
    panelHead(state.p === "all" ? T("overview") : sentence("according_to", { name: own(perspectiveName(state.p)) }),
      [T("n_actors", { n: look.actors.size }), T("n_claims", { n: sum.claims }), T("n_statements", { n: sum.statements })].join(" · ")),
    source ? h("div", { class: "small", dir: "auto" }, own(source.title), " · " + source.kind + (source.date ? " · " + dateText(source.date) : ""),
      source.url ? [" · ", h("a", { href: source.url, target: "_blank", rel: "noopener noreferrer" }, T("source_link"))] : null) : null,
    stanceBar(sum.counts),
    h("div", { class: "quiet" }, tallyText(sum.counts)),
    state.tour ? null : tourList(),
    DATA.notices.map((notice) => h("p", { class: "small" }, notice)),
    disputeSections(look),
    source ? aloneSection(DATA.claims, [source]) : null,
    section(T("heading_top"), top.map(([slug, count]) => rowButton(own(nameOf(slug)),
      h("span", { class: "side" }, count), () => choose(selectActor(slug))))),
    section(T("heading_sources"), DATA.sources.map((one) => rowButton(
      [own(one.short), one.short === one.title ? null : h("span", { class: "quiet small", style: "display:block" }, own(one.title))],
      h("span", { class: "side" }, one.date ? dateText(one.date) : ""),
      () => change({ p: one.id }, { fitAfter: true })))),
    section(T("heading_reading"), [h("p", { class: "small" }, T("reading")), h("p", { class: "small" }, T("principle"))]),
  ];
}
function disputeSections(look) {
  const opposed = new Map(), clashing = new Map(), own_ = new Map();
  for (const dispute of look.disputes) {
    const [a, b] = dispute.sides.map((side) => side.claim);
    const store = dispute.own ? own_ : dispute.opposed ? opposed : clashing;
    const key = a.id + "\n" + b.id;
    const known = store.get(key);
    if (!known || known.score < dispute.score) store.set(key, { ...dispute, claims: [a, b] });
  }
  const weight = ({ claims }) => claims.reduce((sum, one) => sum + look.claims.get(one.id).total, 0);
  const ranked = (store) => [...store.values()].sort((x, y) => y.score - x.score || weight(y) - weight(x));
  const draw = (dispute) => {
    const [a, b] = dispute.claims.map((claim) => look.claims.get(claim.id));
    if (a === b) return claimRow(a);
    const why = [T("kind_" + dispute.kind), dispute.camp ? T("camp") : null].filter(Boolean);
    return h("div", { class: "box" }, claimRow(a), claimRow(b), h("p", { class: "why" }, why.join(" · ")));
  };
  return [section(T("heading_disputed"), listOf(ranked(opposed), draw, 12)),
    section(T("heading_clash"), listOf(ranked(clashing), draw, 6)),
    section(T("heading_own"), listOf(ranked(own_), draw, 4))];
}
