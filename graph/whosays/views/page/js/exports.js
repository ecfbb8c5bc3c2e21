// Files made in the page: nothing is sent anywhere.
function download(name, blob) {
  const address = URL.createObjectURL(blob);
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 4000);
}
const fileName = (suffix) =>
  "whosays-" + (state.p.replace(/[^a-z0-9-]/g, "") || "page") + "." + suffix;

// A cell that a spreadsheet would calculate starts with an apostrophe.
function csvCell(value) {
  let text = value === undefined || value === null ? "" : String(value);
  if (/^[=+\-@\t\r]/.test(text)) text = "'" + text;
  return '"' + text.replace(/"/g, '""') + '"';
}
const CSV_COLUMNS = ["id", "subject", "relation", "object", "stance", "modality", "voice", "chain", "source",
  "locator", "said", "valid", "place", "framing", "confidence", "status", "gist", "note"];
function toCsv(pane) {
  const rows = [CSV_COLUMNS];
  for (const { claim, shown } of pane.look.claims.values()) {
    for (const one of shown) {
      rows.push([one.id, nameOf(claim.s), relationLabel(claim), nameOf(claim.o), one.stance, one.modality,
        nameOf(one.voice), one.chain.map(nameOf).join(" > "), SOURCES.get(one.source).title, one.locator,
        one.said, one.valid, (one.place || []).map(nameOf).join("; "), one.framing, one.confidence, one.status, one.gist, one.note]);
    }
  }
  return "\ufeff" + rows.map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
}
function toPng(pane) {
  return new Promise((done, failed) => {
    const picture = new Image();
    picture.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = picture.width * 2;
      canvas.height = picture.height * 2;
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(done, "image/png");
    };
    picture.onerror = failed;
    picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(toSvg(pane));
  });
}
function copyLink() {
  const address = addressOfState();
  const done = () => say(T("link_copied"));
  if (navigator.clipboard) navigator.clipboard.writeText(address).then(done, () => offerLink(address));
  else offerLink(address);
}
// Where the clipboard is closed, the link is shown to be copied by hand.
function offerLink(address) {
  const field = h("input", { type: "text", readonly: true, value: address, style: "width:100%", "aria-label": T("link_here") });
  const dialog = $("#help");
  dialog.replaceChildren(h("h2", {}, T("link_here")), field,
    h("p", {}, h("button", { type: "button", onclick: () => dialog.close() }, T("close"))));
  dialog.showModal();
  field.select();
}
const EXPORTS = {
  svg: () => download(fileName("svg"), new Blob([toSvg(PANES[0])], { type: "image/svg+xml" })),
  png: () => toPng(PANES[0]).then((blob) => download(fileName("png"), blob)),
  csv: () => download(fileName("csv"), new Blob([toCsv(PANES[0])], { type: "text/csv" })),
  link: copyLink,
};
function wireExports() {
  document.addEventListener("click", (event) => {
    if (!$("#exports").contains(event.target)) $("#exports").open = false;
  });
  for (const button of document.querySelectorAll("[data-export]")) {
    button.addEventListener("click", () => {
      $("#exports").open = false;
      EXPORTS[button.dataset.export]();
    });
  }
}
