// 글을 낱말로 나누고, 낱말에서 조사와 어미를 뗀다.

const normal = (text) => text.normalize("NFC");
const compact = (text) => normal(text).toLowerCase().replace(/[^\p{L}\p{N}_]+/gu, "");

const PARTICLES = (
  "으로부터|로부터|이라고는|이라는|이라도|이라면|이라고|으로써|으로서|이란|이라|이나|이며|이고|이면|이랑|에서는|에서도|에서|에게|" +
  "에는|에도|에만|에|으로는|으로|로써|로서|로는|로|라고|라는|라도|라면|란|랑|까지|부터|보다|처럼|마다|만큼|대로|" +
  "조차|밖에|뿐|하고|의|도|만|은|는|이|가|을|를|과|와|이야");
const VERB = (
  "(?:하|되)(?:는가|는지|나요|나|기|고|면|지|려면|여|며)|[하되]는|[한할해된될됐했]|[합됩]니다|[한된]다|[한된]가|[한된]지|[할될했됐]까|[했됐]나|" +
  "하였|되었나?|했다|됐다|했을까|하려면");
const COPULA = "이?었나|였나|인가요|인가|인지|일까|이던가|입니까|입니다|이다|이었다|이에요|예요|이죠|죠|나요|는가|는지|을까|습니까|습니다";
const ENDING = new RegExp(`^(.{2,}?)(?:${VERB}|(?:${COPULA}|들?(?:${PARTICLES}){1,3}|들))$`, "u");
// 한 글자 낱말에는 틀림없는 조사만 뗀다: 층을 → 층. ‘차이’와 ‘정도’는 그대로 둔다.
const SHORT = /^(.)(?:은|는|을|를|에서|에는|으로|마다|까지|부터)$/u;
const SHORT_FIRST = /^(.)(?:이라고|이라는|이란|으면|으니|으나|으며)$/u;
const SHORTER = /^(.)(?:이|가|의|에|도|과|와|로|이란|란)$/u;
// 묻는 말의 틀이다. 다른 낱말이 있으면 찾지 않는다.
const FRAME = new Set((
  "무엇 뭐 뭐가 뭐야 뭔가 뭔가요 뭘 뭔 뭔지 무슨 무엇인가 왜 어떻게 어떤 어느 언제 누가 누구 어디 얼마나 얼마 몇 것 수 법 방법 이유 까닭 일 " +
  "뜻 의미 대해 대한 관한 설명 알려줘 알려 좀 있나 있을까 있는 있다 없나 없는 할 하나 하는 하기 되나 되는 되려 못 안 때 및 그 이 저 란 이란 " +
  "너무 아주 매우 정말 진짜 진짜로 정말로 훨씬 자꾸 계속 항상 꼭 그냥 혹시 도대체 대체 별로 거의 이미 벌써 아직 자주 가끔 전부 하필 " +
  "은 는 이 가 을 를 의 로 으로 와 과 도 만 에 에서 랑 이랑 인가 인가요 더 잘 다 많이 해 한 쓰나 쓰는 the a an of is what how why to in and for vs").split(" "));
const SOFT = new Set("차이 차이점 정의 개념 원리 종류 예 예제 다른가 다르 비교 장점 단점 한계 동작 작동 과정 방식 특징 영향 기준 필요 관련 상관 관계된 모방 쓰 만드 만들 다시 다른 사용 사용법 역할".split(" "));

// 풀이말이나 꾸미는 말처럼 끝나는 낱말은 책에 없어도 찾는 것을 바꾸지 않는다. 한 글자와 수도 그렇다.
const slight = (word) => SOFT.has(stem(word)) || word.length < 2 || /^\d+$/.test(word) ||
  /(?:[는은던한할된될까나다면요죠]|[는은을]지|[하되]게)$/.test(word) || /ㄴㄱㅏ$/.test(jamo(word)); // 느린가

// 낱말: 글자와 수의 이어짐. 한글과 로마자가 맞붙은 곳에서도 나눈다(SVM은, 심볼릭AI).
function words(text) {
  return normal(text).match(/[가-힣ㄱ-ㅣ]+|[A-Za-z_][A-Za-z0-9_]*|[0-9]+/g) ?? [];
}

// 조사와 어미를 뗀 꼴. 양쪽에서 똑같이 떼므로, 잘못 떼어도 서로 만난다.
function stem(word) {
  const lower = word.toLowerCase();
  if (!HANGUL.test(lower.at(-1))) return lower.length > 4 ? lower.replace(/(?<=[a-z]{3})s$/, "") : lower;
  const found = lower.match(SHORT_FIRST) ?? lower.match(ENDING) ?? lower.match(SHORT);
  return found ? found[1] : lower;
}

const framed = (token) => FRAME.has(token.toLowerCase()) || FRAME.has(stem(token));
