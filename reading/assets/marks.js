// 표시: 결과의 제목과 글에서 찾은 말에 표시를 한다.

const TEASER = 180;
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const quoted = (character) => character.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

// 절에 정말 있는 꼴. 긴 것부터 표시한다.
function present(entry, found) {
  const forms = new Set();
  for (const part of found) {
    const own = part.forms.filter(([form]) => hits(entry, form)[0] + hits(entry, form)[1] > 0);
    const best = Math.max(0, ...own.map(([, weight]) => weight));
    own.filter(([, weight]) => weight >= best - 0.3).forEach(([form]) => forms.add(form));
  }
  return [...forms].sort((a, b) => b.length - a.length);
}

function pattern(forms) {
  return forms.length
    ? new RegExp(forms.map((form) => (
      HANGUL.test(form) ? [...form].map(quoted).join("[\\s·-]?") : `(?<![A-Za-z])${[...form].map(quoted).join("[\\s-]?")}`
    )).join("|"), "gi")
    : null;
}

function marked(text, expression) {
  if (!expression) return escaped(text);
  let made = "", end = 0;
  for (const hit of text.matchAll(expression)) {
    made += `${escaped(text.slice(end, hit.index))}<mark>${escaped(hit[0])}</mark>`;
    end = hit.index + hit[0].length;
  }
  return made + escaped(text.slice(end));
}

// 글에 적힌 그대로의 꼴: 연 쪽에서도 같은 곳에 표시가 된다.
function spellings(text, expression) {
  return new Set(expression ? [...text.matchAll(expression)].slice(0, 4).map(([hit]) => hit.toLowerCase()) : []);
}

// 처음 찾은 곳 언저리의 글.
function teaser(text, expression) {
  const at = expression ? text.search(expression) : 0;
  let start = at > TEASER * 0.6 ? text.lastIndexOf(" ", at - 40) + 1 : 0;
  start = Math.max(0, Math.min(start, text.length - TEASER / 2));
  const end = text.length > start + TEASER ? text.lastIndexOf(" ", start + TEASER) : text.length;
  return `${start ? "… " : ""}${marked(text.slice(start, end), expression)}${end < text.length ? " …" : ""}`;
}
