// 글: 찾는 말의 조각들을 받아, 쪽마다 글이 얼마나 맞는지 점수를 준다. 쪽 안에서는 맞는 절부터다.

const IN_TITLE = 5, IN_HEADING = 3, IN_TEXT = 4, OWNED = 5;
const NAMED = { [TITLE]: 40, [TERM]: 34, [PART]: 24, [HEADING]: 16 };
const BEGINS = 0.4, ALMOST = 0.6; // 이름의 앞부분이거나, 낱자 하나가 다를 때
const ENOUGH = 0.51; // 찾는 말의 무게 가운데 절반이 넘게 책에 있어야 한다
const TAUGHT = 1.5, GUESSED = 0.5;
const SLIGHT = 0.25; // 책에 없는 풀이말, 묻는 말의 틀, 한 글자

function occurrences(text, form) {
  let found = 0;
  for (let at = text.indexOf(form); at >= 0 && found < 8; at = text.indexOf(form, at + 1)) found += 1;
  return found;
}

// 긴 한글은 띄어쓰기를 가리지 않고 글에서 바로 찾는다. 짧은 것과 로마자는 낱말로 찾는다.
const loose = (form) => (HANGUL.test(form) && form.length > 2) || !vocabulary.has(form);
// 대부분의 말은 어디에도 없으므로, 모든 글을 이은 것에서 먼저 한 번 찾는다.
const there = new Map();
let all = "";
function everywhere(form) {
  all ||= entries.flatMap((entry) => [entry.compactTitle, entry.compactText]).join("·");
  if (there.size > 5000) there.clear();
  if (!there.has(form)) there.set(form, all.includes(form));
  return there.get(form);
}
function hits(entry, form) {
  const hidden = entry.hidden.get(form) ?? 0;
  if (loose(form) && !everywhere(form)) return [0, 0, hidden];
  return loose(form)
    ? [occurrences(entry.compactTitle, form), occurrences(entry.compactText, form), hidden]
    : [entry.title.get(form) ?? 0, entry.text.get(form) ?? 0, hidden];
}

const saturated = (number) => number / (number + 1.5);

// 조각 하나가 절에서 얻는 점수.
function scoreOf(entry, part) {
  let best = 0;
  for (const [form, weight] of part.forms) {
    const [title, text, hidden] = hits(entry, form);
    const score = (title ? IN_HEADING : 0) + IN_TEXT * saturated(text + hidden);
    best = Math.max(best, weight * score) + (best ? 0.1 * weight * score : 0);
  }
  return Math.min(best, 10);
}

function titled(page, part) {
  return Math.max(0, ...part.forms.map(([form, weight]) => (hits(page.first, form)[0] ? weight : 0)));
}

// 이름과 같은 만큼의 덤: 쪽마다 가장 큰 것 하나.
function namedPages(whole, meant) {
  const found = new Map(), typed = jamo(whole);
  for (const name of names) {
    const share = name.key === whole || name.meaning === meant ? 1
      : typed.length > 1 && name.jamo.startsWith(typed) ? BEGINS * (typed.length / name.jamo.length + 0.5)
      : typed.length > 5 && !LONE.test(whole) && oneApart(name.jamo, typed) ? ALMOST : 0;
    const bonus = share * NAMED[name.kind];
    if (bonus > (found.get(name.page) ?? 0)) found.set(name.page, bonus);
  }
  return found;
}

// 쪽마다의 점수. 찾는 말의 절반을 책이 모르면 아무 쪽에도 없다.
function matched(query) {
  const found = parts(query), scores = new Map();
  const whole = found.map((part) => part.name ?? key(part.said)).join("");
  const bonuses = namedPages(whole, same(found.map((part) => part.group?.key ?? same(key(part.said))).join("")));
  const scored = entries.map((entry) => found.map((part) => scoreOf(entry, part)));
  const number = new Map(entries.map((entry, index) => [entry, index]));
  for (const [index, part] of found.entries()) {
    const where = new Set(entries.filter((_, at) => scored[at][index] > 0).map((entry) => entry.page));
    if (part.group?.page) where.add(part.group.page);
    part.missing = !where.size;
    part.slight = part.missing && (slight(part.said) || query.includes(`${part.said}.`)); // layer.fit의 layer
    const aside = part.slight || SOFT.has(stem(part.said)) || /^\d$/.test(part.said);
    part.weight = (aside ? SLIGHT : 1) * Math.log(1 + pages.size / (part.missing ? 1 : where.size));
  }
  const all = found.reduce((sum, part) => sum + part.weight, 0);
  // 용어는 그것만으로도 이 책을 묻는 말이고, 철자를 짐작해야 아는 말은 그 반이다: 유전 → 이전.
  const guessed = (part) => part.forms.every(([, weight]) => weight <= MISTYPED);
  const sure = (part) => part.weight * (part.missing ? 0 : part.group?.page ? TAUGHT : guessed(part) ? GUESSED : 1);
  const had = found.reduce((sum, part) => sum + sure(part), 0);
  const lacked = found.reduce((sum, part) => sum + (part.missing ? part.weight : 0), 0);
  const enough = bonuses.size || (found.some((part) => !part.weak && !part.missing) && all && had / (had + lacked) >= ENOUGH);
  const together = found.length > 1 ? compact(found.map((part) => stem(part.said)).join("")) : "";
  for (const page of enough ? pages.values() : []) {
    let score = bonuses.get(page) ?? 0, met = 0;
    for (const [index, part] of found.entries()) {
      const best = Math.max(...page.entries.map((entry) => scored[number.get(entry)][index]));
      const sum = page.entries.reduce((total, entry) => total + scored[number.get(entry)][index], 0);
      const owned = part.group?.page === page ? OWNED : 0;
      const value = IN_TITLE * titled(page, part) + best + 0.15 * sum + owned;
      if (value > 0) met += part.weight;
      score += part.weight * value;
    }
    if (together && page.entries.some((entry) => entry.compactText.includes(together) || entry.compactTitle.includes(together))) {
      score += 2 * all;
    }
    const covered = all ? Math.min(1, met / all) : 1;
    score *= (bonuses.has(page) ? 1 : 0.1 + 0.9 * covered ** 2) * page.weight;
    if (score > 0) scores.set(page, score);
  }
  return { found, scores, sections };

  // 쪽의 제목이 찾는 말이면 쪽 자신이, 아니면 찾는 말이 가장 많은 절이 먼저다. 제목이 찾는 말의 일부이면 그만큼만이다.
  function sections(page) {
    const entitled = found.reduce((sum, part) => sum + (titled(page, part) && part.weight), 0) / (all - lacked);
    return page.entries.map((entry) => {
      let score = scored[number.get(entry)].reduce((sum, value, index) => sum + found[index].weight * value, 0);
      if (together && entry.compactText.includes(together)) score += all;
      if (key(entry.doc.title) === whole) score += 20;
      if (entry === page.first) score += 12 * entitled ** 2;
      return { entry, score };
    }).filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
  }
}
