// 답: 글에서 찾은 것과 물음에서 배운 것을 더해, 맞는 쪽부터 늘어놓는다.

const FOUND = 2.4, NOTHING = 4.5; // 무게를 배울 때의 값이다(benchmarks/search/learn.py)
const FAMILIAR = 1; // 배운 무게는 반올림했다: 4는 4.5에 가까운 것일 수 있다
const SHARE = 0.005; // 글에서 첫 쪽의 점수에 이만큼도 못 미치고 배운 것도 없으면 보이지 않는다
const ABSENT = 6.5;
const MOST = 10;

function search(query) {
  const { found, scores, sections } = matched(query);
  const learned = told(query);
  const ranked = [...pages.values()].map((page) => (
    { page, score: FOUND * Math.log1p(scores.get(page) ?? 0) + (learned.get(page) ?? 0) }
  ));
  ranked.sort((a, b) => b.score - a.score);
  const demanded = NOTHING - (familiar(query) ? FAMILIAR : 0);
  const least = Math.max(asked.size ? demanded : 0, ranked[0].score + FOUND * Math.log(SHARE));
  // 용어 하나만 물으면, 둘째부터는 그 말이 없는 쪽에서 더 많이 바란다: 열어 보아도 그 말이 보이지 않는다.
  const absent = (page) => (found.length === 1 && page !== ranked[0].page && scores.size && !scores.has(page) ? ABSENT : 0);
  const shown = ranked.filter(({ page, score }) => score > Math.max(least, absent(page))).slice(0, MOST);
  return { found, ranked: shown.map((answer) => ({ ...answer, sections: sections(answer.page) })) };
}
