// 색인: 절마다의 글에서 낱말을 세어 둔다.

const entries = []; // 절: { doc, page, title, text, compactTitle, compactText, hidden }
const pages = new Map(); // 주소 → 쪽 { url, first, entries, weight }
const vocabulary = new Map(); // 낱말 → 그 낱말이 있는 절의 번호들

const OVERVIEW = 0.7; // 가르치는 것 없이 둘러보는 쪽
const count = (found) => {
  const counts = new Map();
  for (const word of found) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
};
const stemsOf = (text) => count(words(text).map(stem));
// 글에서 뺀 문장의 낱말: ‘낱말’이나 ‘낱말:번’.
const listed = (text) => new Map(text.split(" ").filter(Boolean).map((item) => {
  const [word, number] = item.split(":");
  return [stem(word), Number(number ?? 1)];
}));

function addEntry(doc) {
  const url = doc.location.split("#")[0];
  let page = pages.get(url);
  const entry = {
    doc,
    page,
    title: stemsOf(doc.title),
    text: stemsOf(doc.text),
    compactTitle: compact(doc.title),
    compactText: compact(doc.text),
    hidden: listed(doc.words ?? ""),
  };
  // 주소의 영어도 찾는 말이다: history/naive-bayes/, #speech-recognition.
  for (const word of words(doc.location.match(/[^\/#]*\/?$/)[0]).map(stem)) {
    entry.hidden.set(word, (entry.hidden.get(word) ?? 0) + 2);
  }
  if (!page) {
    page = entry.page = { url, first: entry, entries: [], weight: doc.boost ?? OVERVIEW };
    pages.set(url, page);
  }
  page.entries.push(entry);
  for (const word of new Set([...entry.title.keys(), ...entry.text.keys(), ...entry.hidden.keys()])) {
    if (!vocabulary.has(word)) vocabulary.set(word, new Set());
    vocabulary.get(word).add(entries.length);
  }
  entries.push(entry);
}

function setup({ terms, docs, questions }) {
  docs.forEach(addEntry);
  for (const [url, listed] of Object.entries(questions)) addAsked(pages.get(url), listed);
  addTerms(terms, pages);
  for (const page of pages.values()) {
    addTitle(page.first.doc.title, page);
    page.entries.slice(1).forEach((entry) => addName(entry.doc.title, page, HEADING));
  }
  // 이름에만 있는 낱말도 아는 말이다.
  for (const word of [...groups.values()].flatMap((group) => group.forms.flatMap(words)).map(stem)) {
    if (!vocabulary.has(word)) vocabulary.set(word, new Set());
  }
  for (const word of vocabulary.keys()) {
    letters.set(word, jamo(word));
    whole.set(word, word.normalize("NFD"));
    sounds.set(word, sound(word));
  }
}
const letters = new Map(); // 낱말 → 낱자로 푼 꼴
const whole = new Map(); // 낱말 → 겹모음을 풀지 않은 낱자
const sounds = new Map(); // 낱말 → 소리의 뼈대
