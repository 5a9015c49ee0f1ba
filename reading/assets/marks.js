// 표시: 결과의 제목과 글에서 찾은 말에 표시를 한다.

const TEASER = 180;
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const quoted = (character) => character.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

// 절들에 정말 있는 꼴. 긴 것부터 표시한다.
function present(entries, found) {
  const forms = new Set();
  for (const part of found) {
    const own = part.forms.filter(([form]) => entries.some((entry) => hits(entry, form).some(Boolean)));
    const best = Math.max(0, ...own.map(([, weight]) => weight));
    own.filter(([, weight]) => weight >= best - 0.3).forEach(([form]) => forms.add(form));
  }
  return [...forms].sort((a, b) => b.length - a.length);
}

function pattern(forms) {
  return new RegExp(forms.map((form) => (
    HANGUL.test(form) ? [...form].map(quoted).join("[\\s·-]?") : `(?<![A-Za-z])${[...form].map(quoted).join("[\\s-]?")}`
  )).join("|") || "(?!)", "gi"); // 찾은 말이 없으면 아무 데도 맞지 않는다
}

function marked(text, expression) {
  let made = "", end = 0;
  for (const hit of text.matchAll(expression)) {
    made += `${escaped(text.slice(end, hit.index))}<mark>${escaped(hit[0])}</mark>`;
    end = hit.index + hit[0].length;
  }
  return made + escaped(text.slice(end));
}

// 처음 찾은 곳 언저리의 글.
function teaser(text, expression) {
  const at = text.search(expression);
  let start = at > TEASER * 0.6 ? text.lastIndexOf(" ", at - 40) + 1 : 0;
  start = Math.max(0, Math.min(start, text.length - TEASER / 2));
  const end = text.length > start + TEASER ? text.lastIndexOf(" ", start + TEASER) : text.length;
  return `${start ? "… " : ""}${marked(text.slice(start, end), expression)}${end < text.length ? " …" : ""}`;
}
