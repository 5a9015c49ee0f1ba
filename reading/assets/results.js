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
  const { entries } = entry.page, forms = present(entries, found), expression = pattern(forms), terms = {};
  // 연 쪽에서도 표시할 말: 글에 적힌 그대로의 꼴, 색인에 낱말로만 남은 꼴, 물은 말과 책이 그것을 부르는 이름.
  for (const { doc, hidden } of entries) {
    for (const [hit] of `${doc.title} ${doc.text}`.matchAll(expression)) terms[hit.toLowerCase()] = true;
    for (const form of forms) if (form.length > 1 && hidden.has(form)) terms[form] = true;
  }
  for (const part of found) {
    if (part.group) terms[part.group.forms[0].toLowerCase()] = true;
    if (part.missing ? !part.slight : part.said.length > 1) terms[part.missing ? part.said : stem(part.said)] = !part.missing;
  }
  return {
    location: entry.doc.location,
    title: marked(entry.doc.title, expression),
    text: teaser(entry.doc.text, expression),
    score,
    terms,
  };
}
