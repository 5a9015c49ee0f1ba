# %% [markdown]
# # LeNet-5로 읽고, 자신 없으면 넘기기
#
# 손글씨 숫자를 읽는 기계가 한 장도 틀리지 않을 수 없다면, 자신 없는 글씨는 사람에게 넘기는 편이
# 낫습니다. LeNet-5를 이미지 60,000장으로 훈련하고, 어떤 글씨를 틀리는지, 얼마나 넘기면 틀리는 일이
# 얼마나 줄어드는지 끝까지 따라가 봅니다.
#
# ## 데이터
#
# MNIST의 훈련 이미지 60,000장으로 훈련하고, 처음 보는 10,000장으로 잽니다.

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np

keras.utils.set_random_seed(1)
(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
print("훈련", x_train.shape, "시험", x_test.shape)

# %% [markdown]
# ## 모델
#
# 합성곱으로 획을 찾는 층(C)과 크기를 반으로 줄이는 층(S)을 번갈아 놓습니다. LeNet-5의 구조를 요즘
# 흔히 쓰는 층으로 옮긴 것입니다.

# %%
layers = keras.layers
model = keras.Sequential(
    [
        keras.Input((28, 28, 1)),
        layers.Rescaling(1 / 255),
        layers.ZeroPadding2D(2),
        layers.Conv2D(6, 5, activation="relu", name="C1"),
        layers.MaxPooling2D(2, name="S2"),
        layers.Conv2D(16, 5, activation="relu", name="C3"),
        layers.MaxPooling2D(2, name="S4"),
        layers.Conv2D(120, 5, activation="relu", name="C5"),
        layers.Flatten(),
        layers.Dense(84, activation="relu", name="F6"),
        layers.Dense(10, activation="softmax", name="output"),
    ]
)
print(f"파라미터 {model.count_params():,}개")

# %% [markdown]
# ## 훈련
#
# 처음에는 크게, 끝으로 갈수록 작게 고치도록 학습률을 줄여 갑니다. 이미지를 50장 볼 때마다 한 번씩
# 1,200번 고치면, 60,000장을 한 번씩 모두 본 한 에포크가 끝납니다.

# %%
epochs, batch_size = 1, 50
steps = epochs * len(x_train) // batch_size
rate = keras.optimizers.schedules.CosineDecay(0.004, steps)
model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
history = model.fit(x_train[..., None], y_train, batch_size=batch_size, epochs=epochs, verbose=0)
print(f"한 에포크의 평균 손실 {history.history['loss'][-1]:.3f}")

# %%
probabilities = model.predict(x_test[..., None], batch_size=1000, verbose=0)
answers = probabilities.argmax(axis=1)
wrong = answers != y_test
print(f"시험 정확도 {1 - wrong.mean():.1%}, 틀린 이미지 {wrong.sum()}장")
assert wrong.mean() < 0.02

# %% [markdown]
# ## 헷갈리는 숫자
#
# 틀린 이미지만 골라 정답을 세로에, 모델의 답을 가로에 놓고 셉니다.

# %% alt="틀린 이미지만 센 표. 세로축은 정답, 가로축은 모델의 답이며, 칸마다 이미지 수를 적었다. 틀린 것이 몇 칸에 몰려 있다."
confusion = np.zeros((10, 10), dtype=int)
np.add.at(confusion, (y_test[wrong], answers[wrong]), 1)

plt.figure(figsize=(4.4, 4.4))
plt.imshow(confusion, cmap="Blues")
for row, column in zip(*np.nonzero(confusion), strict=True):
    count = confusion[row, column]
    ink = "white" if count > confusion.max() / 2 else "#123a5e"
    plt.text(column, row, count, ha="center", va="center", color=ink)

plt.xticks(range(10))
plt.yticks(range(10))
plt.xlabel("모델의 답")
plt.ylabel("정답")
plt.show()

row, column = np.unravel_index(confusion.argmax(), confusion.shape)
print(f"가장 잦은 실수: 정답 {row}, 모델의 답 {column}, 모두 {confusion.max()}장")

# %%
assert confusion.sum() == wrong.sum()
assert confusion.trace() == 0

# %% [markdown]
# ## 자신 없는 이미지
#
# 모델이 답에 매긴 확률이 작은 것부터 여덟 장입니다. 몇 장이나 읽을 수 있나요?

# %% alt="모델이 답에 가장 작은 확률을 매긴 손글씨 이미지 여덟 장. 획이 끊기거나 두 숫자의 모양이 섞인 글씨가 많고, 이미지마다 정답과 모델의 답을 함께 적었다."
confidence = probabilities.max(axis=1)
least_sure = np.argsort(confidence)

figure, panels = plt.subplots(2, 4, figsize=(5.5, 3.6), layout="constrained")
for image, panel in zip(least_sure[:8], panels.flat, strict=True):
    panel.imshow(x_test[image], cmap="gray_r")
    panel.set_title(f"정답 {y_test[image]}, 답 {answers[image]}")
    panel.axis("off")

plt.show()

# %% [markdown]
# ## 사람에게 넘기기
#
# 확률이 작은 차례로 이미지를 사람에게 넘기고, 남은 이미지에서 틀리는 비율을 봅니다. 아무 이미지나
# 넘기면 비율이 달라지지 않으므로, 줄어든 만큼이 모델이 **스스로 모른다는 것을 안** 덕입니다.

# %% alt="사람에게 넘긴 비율에 따라 남은 이미지에서 틀리는 비율. 자신 없는 것부터 넘긴 곡선은 처음에 가파르게 내려가 0에 가까워지고, 아무것이나 넘긴 점선은 거의 평평하다."
handed = np.arange(0, 1001, 50)
any_order = np.random.default_rng(1).permutation(len(y_test))
by_confidence = np.array([wrong[least_sure[count:]].mean() for count in handed])
by_chance = np.array([wrong[any_order[count:]].mean() for count in handed])

plt.figure(figsize=(5, 3.2))
plt.plot(handed, by_confidence * 100, label="자신 없는 것부터")
plt.plot(handed, by_chance * 100, linestyle="--", label="아무것이나")
plt.ylim(0)
plt.xlabel("10,000장 가운데 사람에게 넘긴 수")
plt.ylabel("남은 이미지에서 틀린 비율(%)")
plt.legend()
plt.show()

# %%
after_five_percent = by_confidence[handed == 500][0]
print(f"500장을 넘기면 틀리는 비율이 {wrong.mean():.2%}에서 {after_five_percent:.2%}까지 준다")
assert after_five_percent < 0.5 * wrong.mean()

# %% [markdown]
# 넘기는 글씨가 많아질수록 사람의 일이 늘어나므로 공짜는 아닙니다. 그리고 확률이 높은데도 틀린
# 이미지는 이 방법으로 걸러지지 않습니다. 그런 이미지는 몇 장인지 세어 봅시다.

# %%
sure_and_wrong = np.sum(wrong & (confidence > 0.99))
print(f"확률을 99% 넘게 매기고 틀린 이미지 {sure_and_wrong}장")
