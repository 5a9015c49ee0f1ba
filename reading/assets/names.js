// 이름: 쪽과 절의 제목, 용어집의 낱말. 찾는 말이 이름과 같으면 그것을 가르치는 쪽이 먼저다.

// 띄어쓰기와 조사를 가리지 않고 견주는 꼴.
const key = (text) => words(text).map(stem).join("");
// 같은 뜻의 낱말을 한 낱말로 바꾼 꼴: 기호주의 인공지능과 기호주의 AI가 만난다.
const same = (word) => groups.get(word)?.key ?? word;
const meaning = (text) => same(words(text).map((word) => same(stem(word))).join(""));

const names = []; // { key, meaning, jamo, page, kind }
const groups = new Map(); // 이름의 꼴 → 같은 뜻의 낱말들 { key, forms, page }
const named = new Set(); // 이름을 이루는 낱말. 절의 제목은 빼고
const TITLE = "title", PART = "part", TERM = "term", HEADING = "heading";

function addName(text, page, kind) {
  const told = words(text).filter((word) => !FRAME.has(word)).join(" ") || text;
  const found = key(told);
  if (found.length > 1 || kind === TERM || kind === PART) names.push({ key: found, meaning: meaning(told), jamo: jamo(found), page, kind });
  if (kind !== HEADING) [found, ...words(text).map(stem)].forEach((word) => named.add(word));
}

// 제목은 통째로도, 쌍점과 가운뎃점과 ‘와/과’로 나눈 조각으로도 이름이다.
function addTitle(title, page) {
  addName(title, page, TITLE);
  const parts = title.split(/[:,·()‘’]|(?<=[가-힣A-Za-z])[와과](?= )/u).filter((part) => part.trim());
  if (parts.length > 1) parts.forEach((part) => addName(part, page, PART));
}

// 용어집의 낱말이 먼저다. 그 뒤의 줄은 이미 있는 낱말에 다른 말을 보태거나, 쪽이 없는 새 묶음이다.
function addTerms(terms, pages) {
  for (const [url, ...forms] of terms) {
    const old = url ? undefined : groups.get(key(forms[0]));
    const group = old ?? { key: key(forms[0]), forms: [], page: pages.get(url) };
    for (const form of forms) {
      const found = key(form);
      if (!group.forms.includes(form) && (url || !groups.has(found))) group.forms.push(form);
      if (!groups.has(found)) groups.set(found, group); // 용어가 먼저 적힌 쪽이 이긴다
    }
  }
  for (const group of new Set(groups.values())) {
    for (const form of group.forms) {
      const found = meaning(form);
      if (!groups.has(found)) groups.set(found, group);
      if (group.page) addName(form, group.page, TERM);
    }
  }
}
