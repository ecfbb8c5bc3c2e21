// What the engine refuses, in words and with its place. The engine has no tokens and
// says how far its attempts got, so what is most often wrong is looked for here.
const TOKEN = new RegExp([
  "(?<comment>#[^\\r\\n]*)", "(?<text>\"\"\"[^]*?\"\"\"|'''[^]*?'''|\"(?:[^\"\\\\\\r\\n]|\\\\.)*\"|'(?:[^'\\\\\\r\\n]|\\\\.)*')",
  "(?<iri><[^<>\"{}|^`\\\\\\s]*>)", "(?<variable>[?$]\\w+)", "(?<blank>_:[\\w.-]*)",
  "(?<name>(?:\\p{L}[\\w.-]*)?:[^\\s{}()\\[\\]<>\"',;|^/]*)", "(?<word>[A-Za-z]\\w*)", "(?<other>\\S)",
].join("|"), "gu");
const CHANGES = /^(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)$/i;
const OPENS = { "(": ")", "[": "]", "{": "}" };

function tokensOf(text) {
  return [...text.matchAll(TOKEN)].map((match) => {
    const [kind] = Object.entries(match.groups).find(([, found]) => found !== undefined);
    return { kind, text: match[0], at: match.index };
  }).filter((token) => token.kind !== "comment");
}
function placeOf(text, at) {
  const lines = text.slice(0, at).split("\n");
  return { at, line: lines.length, column: lines[lines.length - 1].length + 1 };
}
function indexOf(text, line, column) {
  const before = text.split("\n").slice(0, line - 1).join("\n").length;
  return Math.min(text.length, before + (line > 1 ? 1 : 0) + column - 1);
}
// The first thing wrong, as a place and a sentence, or null.
function mistake(text) {
  const tokens = tokensOf(text);
  if (!tokens.length) return { message: T("sparql_nothing") };
  const declared = new Set(Object.keys(QUESTIONS.prefixes));
  const open = [];
  for (const [i, token] of tokens.entries()) {
    const said = (key, values) => ({ ...placeOf(text, token.at), token: token.text, message: T(key, values) });
    const prefix = token.kind === "name" ? token.text.split(":")[0] : null;
    if (prefix !== null && /^prefix$/i.test(tokens[i - 1]?.text)) declared.add(prefix);
    else if (prefix !== null && !declared.has(prefix)) {
      return said("sparql_no_prefix", { prefix: prefix + ":" });
    }
    if (token.kind === "word" && !open.length && CHANGES.test(token.text)) return said("sparql_no_change");
    if (token.kind === "word" && /^service$/i.test(token.text)) return said("sparql_no_service");
    if (token.kind !== "other") continue;
    if (token.text === '"' || token.text === "'") return said("sparql_open_text");
    if (OPENS[token.text]) open.push(token);
    else if (Object.values(OPENS).includes(token.text)) {
      const opener = open.pop();
      if (!opener || OPENS[opener.text] !== token.text) return said("sparql_closes", { bracket: token.text });
    }
  }
  const left = open[open.length - 1];
  return left ? { ...placeOf(text, left.at), token: left.text, message: T("sparql_opens", { bracket: left.text }) } : null;
}
// From the engine's complaint; "error at 2:10: expected one of …" has a place. The
// prologue was put in front of the first line.
function complaint(text, said, shift) {
  const found = /error at (\d+):(\d+): expected (.*)/s.exec(said);
  if (!found) return { message: said };
  const column = Number(found[2]) - (found[1] === "1" ? shift : 0);
  const index = indexOf(text, Number(found[1]), column);
  const tokens = tokensOf(text);
  const token = tokens.filter((one) => one.at <= index).pop() || tokens[0];
  const words = /expected one of (.*)/s.test(said) ? null : /expected (The .*)/s.exec(said);
  const choices = [...found[3].matchAll(/"((?:[^"\\]|\\.)+)"/g)].map((one) => one[1]);
  const message = T("sparql_unreadable", { token: apart(token.text.slice(0, 40)) });
  const hint = choices.length && choices.length < 7 ? T("sparql_expected", { tokens: choices.join(" ") })
    : words ? words[1] : "";
  return { ...placeOf(text, token.at), token: token.text, message, hint };
}
// The line with the place marked below it.
function excerptOf(text, { line, column }) {
  const whole = text.split("\n")[line - 1] || "";
  const from = Math.max(0, column - 57);
  return whole.slice(from, from + 76) + "\n" + " ".repeat(column - 1 - from) + "^";
}
