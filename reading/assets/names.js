// 이름: 쪽과 절의 제목, 용어집의 낱말. 찾는 말이 이름과 같으면 그것을 가르치는 쪽이 먼저다.

// 띄어쓰기와 조사를 가리지 않고 견주는 꼴.
const key = (text) => words(text).map(stem).join("");

const names = []; // { key, jamo, page, kind }
const groups = new Map(); // 이름의 꼴 → 같은 뜻의 낱말들 { forms, page }
const named = new Set(); // 이름을 이루는 낱말. 절의 제목은 빼고
const TITLE = "title", PART = "part", TERM = "term", HEADING = "heading", SAID = "said";

function addName(text, page, kind) {
  const found = key(text);
  if (found.length > 1 || kind === TERM) names.push({ key: found, jamo: jamo(found), page, kind });
  if (kind !== HEADING && kind !== SAID) [found, ...words(text).map(stem)].forEach((word) => named.add(word));
}

// 제목은 통째로도, 쌍점과 가운뎃점과 ‘와/과’로 나눈 조각으로도 이름이다.
function addTitle(title, page) {
  addName(title, page, TITLE);
  const parts = title.split(/[:,·()‘’]|(?<=[가-힣A-Za-z])[와과](?= )/u).filter((part) => part.trim());
  if (parts.length > 1) parts.forEach((part) => addName(part, page, PART));
}

// 강의가 쓴 말: 조각마다 이름이다.
function addSaid(said, page) {
  for (const part of said.split(/[:;,·/()→?‘’]|\. /u)) addName(part, page, SAID);
}

function addTerms(terms, pages) {
  for (const [url, ...same] of terms) {
    const group = { forms: same, page: pages.get(url) };
    for (const word of same) {
      const found = key(word);
      if (!groups.has(found)) groups.set(found, group); // 용어가 먼저 적힌 쪽이 이긴다
      if (group.page) addName(word, group.page, TERM);
    }
  }
}
