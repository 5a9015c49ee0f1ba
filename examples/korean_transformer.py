# %% [markdown]
# # 처음 보는 낱말에도 맞는 조사
#
# ‘작은 언어 모델’은 글자마다 번호를 붙였습니다. 그래서 훈련에 없던 글자를 만나면 받침이 있는지조차 알지
# 못합니다. 여기서는 글자를 **자모**로 나누어 적고, 트랜스포머의 블록 둘을 쌓습니다. 한 번도 보지 못한
# 낱말에 맞는 조사를 고르게 한 다음, 글자로 적은 모델과 견줍니다.
#
# ## 문장
#
# 누가 무엇을 어찌한다는 문장입니다. ‘누가’와 ‘무엇을’의 차례는 자주 바뀌고, 꾸미는 말이 하나씩 붙습니다.
# 훈련 문장의 낱말은 소리를 아무렇게나 모아 **지어낸 것**입니다. 시험에는 진짜 낱말을 씁니다. 그래서 시험
# 낱말은 모두 처음 보는 것이고, 그 마지막 글자는 훈련 문장 어디에도 나오지 않게 합니다.

# %%
from unicodedata import normalize

import keras
import matplotlib.pyplot as plt
import numpy as np

keras.utils.set_random_seed(1)
REAL = (
    "곰 말 닭 벌 뱀 펭귄 책 꽃 빵 연필 수박 학생 가방 우산 달 별 창문 신발 거북 당근 "
    "토끼 사자 여우 나비 오리 까치 염소 사과 배 모자 친구 기차 나무 파도 노래 편지 시계 구두 하마 새"
).split()
ENDINGS = {noun[-1] for noun in REAL}
MODIFIERS = "작은 큰 예쁜 낯선 착한 밝은 검은 귀한".split()
VERBS = "본다 찾는다 그린다 부른다 만난다 돕는다".split()
# 유니코드의 차례로 적은 가운뎃소리 ㅏㅐㅓㅔㅕㅗㅜㅡㅣ와 끝소리 ㄱㄴㄹㄺㅁㅂㅅㅇㅊ
VOWELS, FINALS = (0, 1, 4, 5, 6, 8, 13, 18, 20), (1, 4, 8, 9, 16, 17, 19, 21, 23)


def invented_word():
    """소리를 아무렇게나 모은 한 글자에서 세 글자까지의 낱말. 글자의 절반쯤에 받침이 있다."""
    letters = []
    for _ in range(np.random.randint(1, 4)):
        initial, vowel = np.random.randint(19), np.random.choice(VOWELS)
        final = np.random.choice(FINALS) if np.random.rand() < 0.5 else 0
        letters.append(chr(ord("가") + (initial * 21 + vowel) * 28 + final))
    word = "".join(letters)
    return invented_word() if ENDINGS & set(word) else word


def with_particle(noun, particles):
    """받침이 있으면 앞의 조사, 없으면 뒤의 조사를 붙인다."""
    return noun + particles[(ord(noun[-1]) - ord("가")) % 28 == 0]


def sentence(subject, thing):
    parts = [with_particle(subject, "이가"), with_particle(thing, "을를")]
    if np.random.rand() < 0.5:
        parts.reverse()
    parts = [f"{np.random.choice(MODIFIERS)} {part}" for part in parts]
    return " ".join(parts) + f" {np.random.choice(VERBS)}."


train = [sentence(invented_word(), invented_word()) for _ in range(2500)]
test = [sentence(*np.random.choice(REAL, 2, replace=False)) for _ in range(300)]
print(*train[:2], *test[:2], sep="\n")

# %%
letters_in_training = set("".join(train))
assert not letters_in_training & ENDINGS

# %% [markdown]
# ## 글자와 자모
#
# 유니코드의 NFD 꼴은 글자를 첫소리, 가운뎃소리, 끝소리로 나눕니다. 첫소리의 ㄱ과 끝소리의 ㄱ은 서로 다른
# 문자여서, 받침이 있는지가 마지막 문자에 드러납니다.

# %%
for word in ("하마", "당근"):
    parts = normalize("NFD", word)
    print(word, "글자", len(word), "자모", len(parts), [f"{ord(part):x}" for part in parts])


class Notation:
    """글을 번호로 적는 방식. 0은 빈자리, 1은 모르는 문자, 2는 문장의 끝이다."""

    def __init__(self, form):
        self.form = form
        texts = [normalize(form, text) for text in train]
        self.symbols = ["", "?", "\n", *sorted(set("".join(texts)))]
        self.number = {symbol: i for i, symbol in enumerate(self.symbols)}
        self.length = 52 if form == "NFD" else 26

    def rows(self, texts):
        """번호의 표. 맨 앞의 빈자리는 첫 문자를 맞힐 자리다."""
        rows = np.zeros((len(texts), self.length + 1), dtype=int)
        for row, text in zip(rows, texts, strict=True):
            numbers = [self.number.get(symbol, 1) for symbol in normalize(self.form, text)]
            row[1 : len(numbers) + 1] = numbers
        return rows


# %% [markdown]
# ## 트랜스포머
#
# 블록 둘을 쌓습니다. 블록마다 앞만 보는 어텐션과, 자리마다 따로 거치는 은닉층이 있습니다.


# %%
def block(x):
    """트랜스포머의 블록 하나."""
    looked = keras.layers.MultiHeadAttention(4, 12)(x, x, use_causal_mask=True)
    x = keras.layers.LayerNormalization()(x + looked)
    wide = keras.layers.Dense(96, activation="relu")(x)
    return keras.layers.LayerNormalization()(x + keras.layers.Dense(48)(wide))


def trained_model(notation):
    """다음 문자의 확률을 내도록 훈련한 모델."""
    numbers = keras.Input((notation.length,), dtype="int32")
    x = keras.layers.Embedding(len(notation.symbols), 48)(numbers)
    places = keras.ops.zeros_like(numbers) + np.arange(notation.length)
    x = x + keras.layers.Embedding(notation.length, 48)(places)
    x = block(block(x))
    x = keras.layers.Dense(len(notation.symbols), activation="softmax")(x)
    model = keras.Model(numbers, x)
    loss = keras.losses.SparseCategoricalCrossentropy(ignore_class=0)
    rows = notation.rows([text + "\n" for text in train])
    slower = keras.optimizers.schedules.CosineDecay(0.005, 7 * len(rows) // 64)
    model.compile(keras.optimizers.Adam(slower), loss)
    history = model.fit(rows[:, :-1], rows[:, 1:], batch_size=64, epochs=7, verbose=0)
    return model, history.history["loss"]


by_letter, by_jamo = Notation("NFC"), Notation("NFD")
letter_model, letter_losses = trained_model(by_letter)
jamo_model, jamo_losses = trained_model(by_jamo)
print(f"파라미터: 글자 {letter_model.count_params():,}개, 자모 {jamo_model.count_params():,}개")

# %% [markdown]
# ## 조사 고르기
#
# 문장의 둘째 조사를 비워 두고 네 조사를 넣어 봅니다. 문장 전체의 확률이 가장 높아지는 것을 고릅니다. 자모로
# 적으면 조사 하나가 문자 두셋이므로, 문자 하나가 아니라 문장으로 견주어야 공평합니다.

# %%
PARTICLES = "이가을를"


def log_probability(model, notation, texts):
    """글마다, 문자에 준 확률의 로그를 모두 더한 것."""
    rows = notation.rows(texts)
    chances = keras.ops.convert_to_numpy(model(rows[:, :-1]))
    of_next = np.take_along_axis(chances, rows[:, 1:, None], axis=2)[..., 0]
    return np.sum(np.log(of_next + 1e-9) * (rows[:, 1:] > 0), axis=1)


def choose(model, notation, before, after):
    """앞뒤가 주어진 빈칸에 가장 그럴듯한 조사."""
    scores = [
        log_probability(model, notation, [b + p + a for b, a in zip(before, after, strict=True)])
        for p in PARTICLES
    ]
    return [PARTICLES[i] for i in np.argmax(scores, axis=0)]


def second_particles(texts):
    """둘째 조사의 앞과 뒤, 그리고 그 조사."""
    words = [text.split(" ") for text in texts]
    before = [" ".join(w[:4])[:-1] for w in words]
    return before, [" " + w[4] for w in words], [w[3][-1] for w in words]


before, after, answers = second_particles(test)
accuracy = {}
for name, model, notation in (
    ("글자", letter_model, by_letter),
    ("자모", jamo_model, by_jamo),
):
    chosen = choose(model, notation, before, after)
    accuracy[name] = np.mean([c == a for c, a in zip(chosen, answers, strict=True)])
    print(f"{name}로 적은 모델이 맞힌 비율 {accuracy[name]:.1%}")

# %% alt="처음 보는 낱말에서 둘째 조사를 맞힌 비율을 나타낸 막대 둘. 글자로 적은 모델의 막대보다 자모로 적은 모델의 막대가 훨씬 높다."
plt.figure(figsize=(5, 2.2), layout="constrained")
bars = plt.barh(list(accuracy), list(accuracy.values()), color=["#999999", "#0072b2"])
plt.bar_label(bars, fmt="{:.1%}", padding=4)
plt.xlim(0, 1.2)
plt.xlabel("처음 보는 낱말에서 둘째 조사를 맞힌 비율")
plt.show()

# %%
assert accuracy["자모"] > 0.85
assert accuracy["자모"] - accuracy["글자"] > 0.15

# %% [markdown]
# 글자로 적은 모델도 앞의 조사를 보고 주어인지 목적어인지는 가립니다. 다만 처음 보는 글자에는 받침이 있는지를
# 알 길이 없습니다. 자모로 적은 모델은 낱말은 처음이어도 끝소리는 훈련에서 보았습니다.
#
# ## 아무 낱말이나
#
# 문장 속의 빈칸(`_`)을 차례로 채우는 함수입니다. 훈련에도 시험에도 없던 낱말입니다.


# %%
def fill(text):
    """빈칸마다 가장 그럴듯한 조사를 넣는다."""
    while "_" in text:
        before, _ = text.split("_", 1)
        [particle] = choose(jamo_model, by_jamo, [before], [" "])
        text = text.replace("_", particle, 1)
    return text


for text in (
    "작은 로봇_ 큰 치즈_ 찾는다.",
    "밝은 촛불_ 낯선 고슴도치_ 만난다.",
    "큰 스마트폰_ 예쁜 개구리_ 본다.",
):
    print(text, "→", fill(text))

# %% [markdown]
# 첫 빈칸에는 ‘이/가’와 ‘을/를’이 모두 올 수 있으므로 어느 쪽을 골라도 됩니다. 받침에 맞는지, 그리고 두
# 빈칸이 서로 다른 구실을 하는지 보세요.
#
# ## 문장 짓기
#
# 확률대로 자모를 하나씩 뽑아 붙이고, 다 지은 뒤에 글자로 모읍니다. 지어낸 낱말로 배웠으니 나오는 낱말에도
# 뜻은 없습니다. 조사가 받침에 맞는지만 봅시다.


# %%
def write(model, notation, count):
    """확률대로 문자를 하나씩 뽑아 지은 문장들."""
    rows = np.zeros((count, notation.length + 1), dtype=int)
    for place in range(notation.length):
        chances = keras.ops.convert_to_numpy(model(rows[:, :-1]))[:, place]
        totals = chances.cumsum(axis=1)
        rows[:, place + 1] = (totals > np.random.rand(count, 1)).argmax(axis=1)
    texts = ["".join(notation.symbols[i] for i in row[1:]) for row in rows]
    return [normalize("NFC", text.partition("\n")[0]) for text in texts]


def fits(word):
    """낱말의 마지막 글자가 앞 글자의 받침에 맞는 조사인지."""
    if len(word) < 2:
        return False
    return word[-1] in [with_particle(word[:-1], pair)[-1] for pair in ("이가", "을를")]


written = write(jamo_model, by_jamo, 100)
nouns = [word for text in written for word in text.split(" ")[1:4:2]]
sound = np.mean([fits(word) for word in nouns])
print(*written[:5], sep="\n")
print(f"받침에 맞는 조사를 붙인 낱말 {sound:.1%}")

# %%
assert sound > 0.8

# %% [markdown]
# 자모로 적으면 아는 것을 처음 보는 낱말에 옮겨 쓸 수 있는 대신, 같은 글이 두 배 넘게 길어져 계산이
# 늘어납니다. 큰 언어 모델은 그 사이에서, 자주 나오는 글자의 묶음을 하나의 문자처럼 다룹니다.
#
# **바꿔 보기.** `block(block(x))`을 `block(x)`로 바꾸어 블록을 하나만 두면 자모로 적은 모델이 맞힌 비율은
# 어떻게 될까요? 훈련 문장을 2,500개에서 250개로 줄이면 어떨까요?
