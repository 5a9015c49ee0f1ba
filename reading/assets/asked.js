// 물음: 어떤 말로 물으면 어느 쪽을 찾는 것인지, 사람이 쓴 물음들에서 배운 무게(data/asked.csv).

const asked = new Map(); // 조각 → [[쪽, 무게]]

// 쪽 하나의 조각들: 무게 1인 것들, 2인 것들, …을 세로줄로 나누어 적었다.
function addAsked(page, listed) {
  page.weight = 1;
  listed.split("|").forEach((pieces, index) => {
    for (const piece of pieces.split(" ").filter(Boolean)) {
      if (!asked.has(piece)) asked.set(piece, []);
      asked.get(piece).push([page, index + 1]);
    }
  });
}

// 배운 적이 없는 낱말은 뜻이 같은 배운 낱말로, 또는 덜 쳤거나 낱자 하나를 잘못 친 배운 낱말로 본다.
let spelt;
function meant(word, last) {
  const typed = jamo(word);
  if (!asked.has(word) && asked.has(same(word))) return [word, same(word)];
  if (asked.has(word) || vocabulary.has(word) || typed.length < 4) return [word];
  spelt ??= [...asked.keys()].map((piece) => [piece, jamo(piece)]);
  const begun = last ? spelt.filter(([, other]) => other.startsWith(typed)) : [];
  const near = begun.length || short(typed) ? begun : spelt.filter(([, other]) => oneApart(other, typed));
  return [word, ...near.map(([piece]) => piece)];
}

// 묻는 말의 틀을 빼고, 조사와 어미를 뗀 낱말들.
const contents = (query) => words(query).flatMap(rightKeys).filter((token) => !framed(token)).map(stem).filter(Boolean);

// 한 낱말이거나 책이 아는 말뿐인 물음은 책에 없는 것을 묻는 일이 드물다.
function familiar(query) {
  const stems = contents(query);
  return stems.length === 1 || stems.every((word) => known(word) || slight(word) || meant(word, true).some((each) => asked.has(each)));
}

// 물음의 조각: 조사와 어미를 뗀 낱말, 그리고 긴 한글 낱말은 이웃한 두 글자씩.
function pieces(query) {
  const stems = contents(query);
  const learned = stems.flatMap((word, at) => meant(word, at === stems.length - 1));
  const pairs = learned.filter((word) => HANGUL.test(word) && word.length > 2)
    .flatMap((word) => [...word].slice(1).map((_, at) => word.slice(at, at + 2)));
  return new Set([...learned, ...pairs]);
}

// 물음의 조각마다 쪽에 더하는 무게.
function told(query) {
  const sums = new Map();
  for (const piece of pieces(query)) {
    for (const [page, weight] of asked.get(piece) ?? []) sums.set(page, (sums.get(page) ?? 0) + weight);
  }
  return sums;
}
