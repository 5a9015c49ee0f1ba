// 뜻: 찾는 말의 낱말마다 이 책의 어느 낱말을 말하는지 정한다.

const known = (word) => vocabulary.get(word)?.size > 0;
const WHOLE = 1, BEGUN = 0.6, INSIDE = 0.35, MISTYPED = 0.7, TRIMMED = 0.4, CLIPPED = 0.5;

// 두 글의 낱자가 꼭 하나 다른가: 하나가 다르거나, 빠졌거나, 더 있거나, 이웃과 바뀌었다.
function oneApart(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const left = a.slice(start, a.length - end), right = b.slice(start, b.length - end);
  if (Math.max(left.length, right.length) < 2) return true;
  return left.length === 2 && right === left[1] + left[0];
}

// 아는 낱말 가운데 이 낱말과 같거나, 이 낱말로 시작하거나, 이 낱말을 품은 것.
function containing(word) {
  const forms = known(word) ? [[word, WHOLE]] : [];
  const least = HANGUL.test(word) ? 2 : 3;
  if (word.length < least) return forms;
  for (const other of vocabulary.keys()) {
    if (other === word || !known(other)) continue;
    if (other.startsWith(word)) forms.push([other, BEGUN]);
    else if (HANGUL.test(word) && other.includes(word)) forms.push([other, INSIDE]);
  }
  return forms;
}

// 덜 친 낱말: 낱자가 그 낱말의 앞부분이다.
function begun(word) {
  const typed = jamo(word);
  if (typed.length < 2) return [];
  return [...letters].filter(([other, spelt]) => known(other) && spelt.startsWith(typed))
    .map(([other]) => [other, BEGUN]);
}

// 낱자 하나를 잘못 친 낱말. 짧은 것은 이름에 있는 낱말만 본다. 짧은 풀이말은 잘못 친 것이 아니다: 재요 → 재료.
function mistyped(word) {
  const typed = jamo(word);
  if (typed.length < 4 || word.length < 3 && slight(word)) return [];
  const single = word.normalize("NFD"); // 겹모음 ㅟ와 ㅠ도 하나만 다르다
  const common = [...letters].filter(([other, spelt]) => (oneApart(typed, spelt) || oneApart(single, whole.get(other))) &&
    (short(typed) ? named.has(other) : known(other)));
  return common.map(([other]) => [other, MISTYPED]);
}

// 붙여 쓴 낱말: 조각이 모두 아는 낱말이면 그 조각들이다.
function parted(word) {
  for (let at = word.length - 2; at >= 2; at -= 1) {
    const [left, right] = [stem(word.slice(0, at)), word.slice(at)];
    if (known(left) && known(right)) return [left, right];
    const rest = known(left) ? parted(right) : null;
    if (rest) return [left, ...rest];
  }
  return null;
}

// 풀이말의 끝소리가 어미인 것: 느린 → 느리.
function trimmed(word) {
  const typed = jamo(word);
  return /[ㄴㄹㅁ]$/.test(typed) && typed.length > 4 ? begun(typed.slice(0, -1)).map(([other]) => [other, TRIMMED]) : [];
}

// 뒤에 한 글자가 더 붙은 낱말: 필기체 → 필기. 다른 낱말도 책에 있어야 찾는다.
function clipped(word) {
  const short = word.slice(0, -1);
  return HANGUL.test(word) && word.length > 2 && known(short) ? [[short, CLIPPED]] : [];
}

// 다른 글자로 적은 이름: 알렉스넷 → AlexNet.
function sounding(word) {
  const heard = sound(word);
  if (!heard) return [];
  return [...sounds].filter(([other, bones]) => bones === heard && known(other) &&
    (HANGUL.test(word) ? !HANGUL.test(other) && soundAlike(word, other) : HANGUL.test(other) && soundAlike(other, word)))
    .map(([other]) => [other, MISTYPED]);
}

function formsOf(word, last) {
  const spelt = LONE.test(word) ? [] : containing(word);
  if (spelt.length && !last) return spelt;
  const seen = new Set(spelt.map(([form]) => form));
  const more = last || LONE.test(word) ? begun(word).filter(([form]) => !seen.has(form)) : [];
  const forms = [...spelt, ...more];
  if (forms.length) return forms;
  return [mistyped, sounding, trimmed].reduce((found, look) => found.length ? found : look(word), []);
}

// 영문 자판으로 친 한글, 한글 자판으로 친 영문을 바로 읽는다.
function rightKeys(token) {
  const word = stem(token);
  if (/^[a-z]+$/i.test(token)) {
    const other = fromKeys(token);
    const latin = vocabulary.has(word) || groups.has(word) || asked.has(word) || (word.length > 2 && containing(word).length);
    const meant = other && !latin ? words(other) : [];
    const known = (made) => asked.has(stem(made)) || [containing, begun, mistyped].some((look) => look(stem(made)).length);
    return meant.length && meant.every((made) => known(made) || groups.has(key(made))) ? meant : [token];
  }
  const keys = toKeys(token);
  return !vocabulary.has(word) && keys.length > 1 && (known(stem(keys)) || groups.has(stem(keys))) ? [keys] : [token];
}

// 찾는 글의 조각들: { said, forms: [[낱말, 무게]], group }. 뜻을 모르는 조각은 forms가 비어 있다.
function parts(query) {
  let tokens = words(query).flatMap(rightKeys);
  if (!tokens.every(framed) && !groups.has(key(query))) tokens = tokens.filter((token) => !framed(token));
  const found = [];
  for (let start = 0; start < tokens.length;) {
    const { part, length } = longestName(tokens, start) ?? joined(tokens, start) ?? single(tokens, start);
    found.push(...part);
    start += length;
  }
  return found;
}

// 용어집의 낱말이면 같은 뜻의 낱말도 함께 찾는다.
function longestName(tokens, start) {
  for (let length = Math.min(5, tokens.length - start); length > 0; length -= 1) {
    const said = tokens.slice(start, start + length);
    const short = length === 1 ? said[0].match(SHORTER)?.[1] : "";
    const own = [key(said.join(" ")), said.join("").toLowerCase(), short, meaning(said.join(" "))].find((word) => groups.has(word));
    const group = groups.get(own) ?? (length === 1 ? termIn(said[0]) : undefined);
    if (group && !group.page && !inBook(group)) {
      // 책에는 없는 말이면, 같은 뜻의 책의 말을 낱말마다 찾는다.
      if (words(group.forms[0]).length > 1) return { part: words(group.forms[0]).map((word) => single([word, ""], 0).part[0]), length };
    } else if (group) {
      // 글에서는 조사를 떼지 않은 꼴로 찾는다: ‘전문가 시스템’은 ‘전문시스템’이 아니다.
      const others = new Set(group.forms.flatMap((form) => [compact(form), key(form)]));
      others.delete(own);
      const forms = [[own ?? said[0].toLowerCase(), WHOLE], ...[...others].map((form) => [form, 0.9])];
      return { part: [{ said: said.join(" "), name: own ?? said[0].toLowerCase(), forms, group }], length };
    } else if (length > 1 && !said.every((token) => known(stem(token)))) {
      const part = nearTerm(said.join(" "));
      if (part) return { part, length };
    }
  }
  return null;
}

function inBook(group) {
  group.found ??= group.forms.map(key).some((form) => entries.some((entry) => hits(entry, form).some(Boolean)));
  return group.found;
}

// 용어집에만 있는 말을 덜 쳤거나 낱자 하나를 잘못 친 것: 엔비디ㅇ, 어시스턴드. 띄어 쓴 용어는 붙여서 견준다: 기계 번약.
let spelled;
function nearTerm(said, last) {
  const typed = jamo(key(said));
  if (typed.length < 6) return undefined;
  spelled ??= [...groups].map(([form, group]) => [jamo(form), group]);
  const near = ([form]) => last ? form.startsWith(typed) : typed.length > 6 && oneApart(form, typed);
  const group = spelled.find(near)?.[1];
  const name = words(group?.forms[0] ?? "");
  return group && (group.page || inBook(group) || name.every((word) => known(stem(word)))) ? longestName(name, 0)?.part : undefined;
}

// API의 이름이 용어로 시작하면 그 용어다: DecisionTreeClassifier → decision tree.
function termIn(token) {
  const pieces = token.match(/[A-Z][a-z0-9]+/g) ?? [];
  for (let length = pieces.length; length > 1; length -= 1) {
    const group = groups.get(key(pieces.slice(0, length).join(" ")));
    if (group) return group;
  }
  return undefined;
}

// 띄어 쓴 낱말이 책에서는 한 낱말일 때.
function joined(tokens, start) {
  if (start + 1 >= tokens.length) return null;
  const word = stem(tokens[start] + tokens[start + 1]);
  return known(word) && word.length > 2 && !known(stem(tokens[start]) + "의")
    ? { part: [{ said: `${tokens[start]} ${tokens[start + 1]}`, forms: containing(word) }], length: 2 } : null;
}

function single(tokens, start) {
  const token = tokens[start], last = start === tokens.length - 1;
  const word = stem(token);
  let forms = formsOf(word, last);
  if (!forms.length && word !== token.toLowerCase()) forms = formsOf(token.toLowerCase(), last);
  const near = forms.length ? undefined : last && nearTerm(token, last) || nearTerm(token);
  if (near) return { part: near, length: 1 };
  // 책에서는 띄어 쓴 낱말: 세가지.
  if (!forms.length && word.length > 2 && HANGUL.test(word) && entries.some((entry) => hits(entry, word).some(Boolean))) {
    forms = [[word, WHOLE]];
  }
  if (!forms.length) {
    const camel = token.match(/[A-Z]+[a-z0-9]*|[a-z]+[0-9]*/g) ?? [];
    const pieces = HANGUL.test(token) ? parted(word) ?? parted(token) : camel.length > 1 ? camel : null;
    if (pieces) return { part: pieces.flatMap((piece, index) => single(pieces, index).part), length: 1 };
    forms = clipped(word);
    if (forms.length) return { part: [{ said: token, forms, weak: true }], length: 1 };
  }
  return { part: [{ said: token, forms }], length: 1 };
}
