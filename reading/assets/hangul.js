// 한글과 자판: 글자를 낱자로 풀고, 다른 자판으로 친 글을 되돌린다.

const INITIALS = [..."ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"];
const VOWELS = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ".split(" ");
const FINALS = " ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ".split(" ");
// 두 벌 자판에서 한 번에 눌리지 않는 낱자. 유니코드의 차례는 위의 것과 같다.
const DOUBLE = new Map([..."ㅘㅙㅚㅝㅞㅟㅢㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ"].map((letter, index) => [
  letter,
  "ㅗㅏ ㅗㅐ ㅗㅣ ㅜㅓ ㅜㅔ ㅜㅣ ㅡㅣ ㄱㅅ ㄴㅈ ㄴㅎ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅂㅅ".split(" ")[index],
]));
const KEYS = new Map([..."rRseEfaqQtTdwWczxvgkoiOjpuPhynbml"].map((key, index) => [
  key,
  "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ"[index],
]));
const LETTERS = new Map([...KEYS].map(([key, letter]) => [letter, key.toLowerCase()]));
const HANGUL = /[가-힣]/;
const LONE = /[ㄱ-ㅣ]/; // 글자가 되지 못한 낱자

const longest = (parts) => [...parts].filter(Boolean).sort((a, b) => b.length - a.length).join("|");
// 받침은 뒤에 모음이 오면 다음 글자의 첫소리다.
const SYLLABLE = new RegExp(
  `(${INITIALS.join("|")})(${longest(VOWELS)})(${longest(FINALS)})?(?![ㅏ-ㅣ])`, "g");

// 글을 친 차례의 낱자로 푼다. 받침과 첫소리를 가르지 않아, 덜 친 글자가 다 친 글자의 앞부분이 된다.
function jamo(text) {
  let letters = "";
  for (const character of text) {
    const code = character.charCodeAt(0) - 0xac00;
    letters += code < 0 || code > 11171
      ? DOUBLE.get(character) ?? character
      : INITIALS[Math.floor(code / 588)] + VOWELS[Math.floor((code % 588) / 28)] + FINALS[code % 28];
  }
  return letters;
}

// 낱자 하나를 잘못 쳤다고 보기에는 짧은 낱말: 다른 낱말일 때가 많다.
const short = (letters) => letters.length < (LONE.test(letters) ? 7 : 5);

// 낱자를 글자로 모은다. 모이지 않는 낱자는 그대로 둔다.
function syllables(letters) {
  return letters.replace(SYLLABLE, (_, initial, vowel, final = "") => String.fromCharCode(
    0xac00 + INITIALS.indexOf(initial) * 588 + VOWELS.indexOf(vowel) * 28 + FINALS.indexOf(final)));
}

// 영문 자판으로 친 한글: gkrtmq → 학습. 글자가 되지 않으면 빈 글이다. 덜 친 마지막 글자는 봐준다.
function fromKeys(text) {
  const letters = [...text].map((key) => KEYS.get(key) ?? KEYS.get(key.toLowerCase()));
  if (letters.some((letter) => !letter)) return "";
  const made = syllables(letters.join(""));
  return HANGUL.test(made) && !LONE.test(made.slice(0, -1)) ? made : "";
}

// 한글 자판으로 친 영문: ㅡㅐㅇ디 → model.
function toKeys(text) {
  return [...jamo(text)].map((letter) => LETTERS.get(letter) ?? letter).join("");
}

// 소리의 뼈대: 한글로 적은 이름과 로마자로 적은 이름이 만난다(알렉스넷, AlexNet → lksnt).
const SOUNDS = { ㄱ: "k", ㄲ: "k", ㅋ: "k", ㄴ: "n", ㄷ: "t", ㄸ: "t", ㅌ: "t", ㄹ: "l", ㅁ: "m", ㅂ: "p", ㅃ: "p", ㅍ: "p",
  ㅅ: "s", ㅆ: "s", ㅈ: "j", ㅉ: "j", ㅊ: "j" };
const SPELLINGS = [
  [/ph/g, "p"], [/th/g, "t"], [/[cs]h/g, "s"], [/ck/g, "k"], [/x/g, "ks"], [/c(?=[eiy])/g, "s"], [/g(?=[eiy])/g, "j"],
  [/r(?![aeiouy])/g, ""], [/[cgq]/g, "k"], [/[fvb]/g, "p"], [/d/g, "t"], [/z/g, "j"], [/r/g, "l"],
];
function sound(word) {
  const starts = /^[aeiou아-잏]/.test(word) ? "a" : "";
  const bones = HANGUL.test(word)
    // 받침의 ㅅ, ㅈ, ㅊ은 ㄷ 소리다.
    ? [...word].map((syllable) => jamo(syllable).replace(/(?<=[ㅏ-ㅣ])[ㅅㅆㅈㅊ]$/, "ㄷ")).join("").replace(/ㄹㄹ/g, "ㄹ")
      .replace(/./gu, (letter) => SOUNDS[letter] ?? "")
    : SPELLINGS.reduce((spelt, [from, to]) => spelt.replace(from, to), word.replace(/(.)\1/g, "$1"))
      .replace(/[^jklmnpst]/g, "");
  return (starts + bones).length > 3 ? starts + bones : "";
}

// 첫 모음도 닮아야 같은 이름이다.
const FIRST = { a: "ㅏㅐㅔㅓ", e: "ㅔㅣㅐㅡㅓ", i: "ㅣㅏ", o: "ㅗㅓㅏㅜ", u: "ㅜㅠㅓㅏ", y: "ㅣㅏ" };
function soundAlike(hangul, latin) {
  const vowel = jamo(hangul).match(/[ㅏ-ㅣ]/)?.[0];
  return sound(hangul) === sound(latin) && (FIRST[latin.match(/[aeiouy]/)?.[0]] ?? "").includes(vowel);
}
