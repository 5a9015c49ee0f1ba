# %% [markdown]
# # 손글씨를 옮겨 배우기
#
# ‘재사용’ 글에서는 0부터 6까지 배운 신경망으로 7, 8, 9를 다섯 장씩만 보고 배웠습니다.
# 그런데 몇 장까지가 ‘적은’ 것일까요? 장수를 늘려 가며 세 가지 방법을 견줍니다. 뽑은 이미지에 따라 결과가
# 흔들리므로 시드를 바꾸어 처음부터 세 번 되풀이합니다.
#
# - **얼리기**: 배운 몸통은 그대로 두고 머리만 훈련한다.
# - **미세 조정**: 배운 몸통에서 시작해 몸통과 머리를 함께 훈련한다.
# - **처음부터**: 훈련하지 않은 몸통에서 시작한다.
#
# ## 데이터
#
# 8×8 손글씨를 14×14 종이의 아무 데나 놓습니다.

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_digits

digits = load_digits()
is_test = np.arange(len(digits.target)) >= 1200
known = digits.target < 7


def on_paper(chosen):
    """고른 숫자를 종이의 아무 데나 놓은 이미지와 그 숫자."""
    corners = np.random.randint(7, size=(len(chosen), 2))
    papers = np.zeros((len(chosen), 14, 14, 1), "float32")
    for paper, image, (row, column) in zip(papers, digits.images[chosen], corners, strict=True):
        paper[row : row + 8, column : column + 8, 0] = image / 16
    return papers, digits.target[chosen]


def draw(mask, count):
    """조건에 맞는 숫자에서 되풀이를 허락하고 뽑는다."""
    return np.random.choice(np.flatnonzero(mask), count)


# %% alt="검은 종이 열 장에 작은 손글씨 숫자가 하나씩 놓여 있다. 위의 다섯 장은 0부터 6까지, 아래의 다섯 장은 7부터 9까지의 숫자이고 자리는 저마다 다르다."
keras.utils.set_random_seed(0)
examples = np.concatenate([draw(known, 5), draw(~known, 5)])
figure, panels = plt.subplots(2, 5, figsize=(6, 2.7), layout="constrained")
for panel, paper in zip(panels.flat, on_paper(examples)[0], strict=True):
    panel.imshow(paper, cmap="gray")
    panel.axis("off")

plt.show()

# %% [markdown]
# ## 몸통과 머리


# %%
def new_body():
    """이미지를 수 64개로 바꾸는, 아직 훈련하지 않은 몸통."""
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((14, 14, 1)),
            layers.Conv2D(16, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
        ]
    )


def with_head(body, classes, rate):
    """몸통 위에 답을 고르는 머리를 새로 얹는다."""
    model = keras.Sequential([body, keras.layers.Dense(classes, activation="softmax")])
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    return model


def pretrained_body():
    """0부터 6까지의 이미지 6,000장으로 훈련한 몸통."""
    body = new_body()
    papers, numbers = on_paper(draw(known & ~is_test, 6000))
    with_head(body, 7, 0.003).fit(papers, numbers, batch_size=64, epochs=6, verbose=0)
    return body


# %% [markdown]
# ## 장수를 늘려 가며


# %%
def as_seen_by(body, papers, numbers):
    """몸통이 내놓은 수 64개씩. 얼린 몸통의 답은 바뀌지 않으므로 한 번만 구하면 된다."""
    return keras.ops.convert_to_numpy(body(papers)), numbers


def learn(model, start, few, unseen):
    """가중치 start에서 7, 8, 9를 120스텝 훈련하고 처음 보는 이미지의 정확도를 돌려준다."""
    model.set_weights(start)
    for variable in model.optimizer.variables:
        if "learning_rate" not in variable.path:  # 앞의 훈련에서 모아 둔 것은 지운다
            variable.assign(keras.ops.zeros_like(variable))
    inputs, answers = few
    for _ in range(120):
        batch = np.random.choice(len(answers), 30)
        model.train_on_batch(inputs[batch], answers[batch] - 7)
    guesses = keras.ops.convert_to_numpy(model(unseen[0])).argmax(axis=1)
    return np.mean(guesses == unseen[1] - 7)


# 신경망은 둘만 짓고 가중치를 갈아 끼운다. 지을 때마다 컴파일하는 시간이 훈련보다 길다
only_head = with_head(keras.Input((64,)), 3, 0.005)
whole = with_head(new_body(), 3, 0.005)
blank_head = [np.zeros((64, 3)), np.zeros(3)]

counts = [2, 5, 20, 80]
scores = []
for seed in range(3):
    keras.utils.set_random_seed(seed)
    body = pretrained_body()
    unseen = on_paper(draw(~known & is_test, 900))
    for count in counts:
        chosen = np.concatenate([draw((digits.target == n) & ~is_test, count) for n in (7, 8, 9)])
        few = on_paper(chosen)
        frozen = learn(only_head, blank_head, as_seen_by(body, *few), as_seen_by(body, *unseen))
        tuned = learn(whole, body.get_weights() + blank_head, few, unseen)
        scratch = learn(whole, new_body().get_weights() + blank_head, few, unseen)
        scores.append((frozen, tuned, scratch))

scores = np.array(scores).reshape(3, len(counts), 3)
means = scores.mean(axis=0)
for count, (frozen, tuned, scratch) in zip(counts, means, strict=True):
    print(f"{count:2}장씩: 얼리기 {frozen:.1%}, 미세 조정 {tuned:.1%}, 처음부터 {scratch:.1%}")

# %% alt="숫자마다 보여 준 장수에 따른 정확도 곡선 셋. 왼쪽에서는 배운 몸통을 쓴 두 곡선이 처음부터 훈련한 점선보다 높고, 오른쪽에서는 점선이 미세 조정에 따라붙고 얼리기는 뒤처진다. 흐린 점은 시드마다의 값이다."
plt.figure(figsize=(6, 3.4))
names = ("얼리기", "미세 조정", "처음부터")
for number, (name, style) in enumerate(zip(names, ("-o", "--s", ":^"), strict=True)):
    plt.plot(counts, means[:, number], style, color=f"C{number}", label=name)
    for seed in range(3):
        plt.plot(counts, scores[seed, :, number], ".", color=f"C{number}", alpha=0.4)

plt.axhline(1 / 3, color="gray", linewidth=1)
plt.xscale("log")
plt.xticks(counts, counts)
plt.minorticks_off()
plt.xlabel("숫자마다 보여 준 이미지(장, 로그 눈금)")
plt.ylabel("처음 보는 이미지의 정확도")
plt.legend()
plt.show()

# %% [markdown]
# 회색 선은 아무렇게나 찍을 때의 정확도입니다. 두 장뿐일 때는 얼린 쪽이 가장 앞섭니다. 고칠 것이 적어 외울 틈도
# 적습니다. 장수가 늘면 얼린 몸통은 오히려 짐이 됩니다. 7, 8, 9에 맞추어 고칠 수 없기 때문입니다. 미세 조정은
# 고칠 수 있으므로 함께 오르고, 처음부터 훈련한 신경망도 데이터에서 같은 것을 얻으며 따라붙습니다.

# %%
frozen, tuned, scratch = means.T
head_start = np.maximum(frozen, tuned) - scratch
print(
    f"앞선 정도: {counts[1]}장씩 {head_start[1]:.1%}포인트, {counts[-1]}장씩 {head_start[-1]:.1%}포인트"
)
assert frozen[1] - scratch[1] > 0.03
assert head_start[-1] < head_start[1]

# %% [markdown]
# 여기서 ‘장수’와 ‘비슷한 과제’를 함께 생각해야 합니다. 앞의 과제와 뒤의 과제가 닮지 않았으면 몇 장뿐이어도
# 손해일 수 있습니다. ‘재사용’ 글의 마지막 과제가 그랬습니다.
