// 결과 하나는 한 쪽이다. 쪽 자신과, 찾는 말이 있는 절들이 점수의 차례로 들어 있다.
function items(query) {
  const { found, ranked } = search(query.trim());
  return ranked.map(({ page, score, sections }) => {
    const top = sections[0]?.score || 1;
    // 화면은 점수가 가장 높은 것을 고르므로, 쪽의 점수를 절의 점수에 나누어 준다.
    const listed = sections.map((section) => item(section.entry, (score * section.score) / top, found));
    if (!sections.some(({ entry }) => entry === page.first)) listed.push(item(page.first, sections.length ? 0 : score, found));
    return listed;
  });
}

function item(entry, score, found) {
  const expression = pattern(present(entry, found));
  const terms = {};
  for (const spelling of spellings(`${entry.doc.title} ${entry.doc.text}`, expression)) terms[spelling] = true;
  // 색인에 낱말로만 남았거나 없는 말도, 연 쪽에서는 표시가 된다.
  for (const [form, weight] of found.flatMap(({ forms }) => forms)) {
    if ((entry.hidden.has(form) || weight >= 0.9) && form.length > 1) terms[form] = true;
  }
  for (const part of found) if (part.missing && !part.slight) terms[part.said] = false;
  return {
    location: entry.doc.location,
    title: marked(entry.doc.title, expression),
    text: teaser(entry.doc.text, expression),
    score,
    terms,
  };
}
