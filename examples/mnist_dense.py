# %% [markdown]
# # 손글씨 숫자 분류기
#
# 손글씨 숫자 이미지 60,000장으로 작은 신경망을 훈련하고, 처음 보는 10,000장을 얼마나 맞히는지,
# 어떤 숫자를 서로 헷갈리는지 끝까지 따라가 봅니다. 이 글은 프로그램 한 편이기도 합니다. 내려받은
# `.py` 파일은 `python mnist_dense.py`로 실행되고, 노트북은 Jupyter나 Colab에서 열립니다.
#
# ## 데이터
#
# MNIST는 사람이 쓴 숫자를 가로와 세로 28픽셀의 회색 이미지로 모은 데이터셋입니다. 훈련에 쓸
# 이미지와 시험에 쓸 이미지가 따로 있습니다.

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np

keras.utils.set_random_seed(1)
(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
print("훈련", x_train.shape, "시험", x_test.shape)

# %% alt="손글씨 숫자 이미지 열 장을 두 줄로 늘어놓은 그림. 0부터 9까지 숫자마다 한 장씩이다."
figure, panels = plt.subplots(2, 5, figsize=(6, 2.8))
for digit, panel in enumerate(panels.flat):
    panel.imshow(x_train[y_train == digit][0], cmap="gray_r")
    panel.set_title(digit)
    panel.axis("off")

plt.show()

# %% [markdown]
# 신경망에는 0부터 1까지의 수를 줍니다. 픽셀을 한 줄로 펴고 255로 나눕니다.

# %%
inputs = x_train.reshape(-1, 784).astype("float32") / 255
test_inputs = x_test.reshape(-1, 784).astype("float32") / 255

# %% [markdown]
# ## 모델과 훈련
#
# 은닉층에는 유닛이 512개, 출력층에는 숫자마다 하나씩 유닛이 10개 있습니다. 훈련 데이터의 10%는
# 훈련에 쓰지 않고 떼어 두어, 에포크마다 처음 보는 이미지의 정확도를 살핍니다.

# %%
model = keras.Sequential(
    [
        keras.Input((784,)),
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
history = model.fit(inputs, y_train, epochs=5, batch_size=128, validation_split=0.1, verbose=0)
print(f"파라미터 {model.count_params():,}개")

# %% alt="에포크에 따른 정확도 곡선 두 개. 훈련 정확도는 끝까지 오르고, 떼어 둔 데이터의 정확도는 그보다 아래에서 완만해진다."
epochs = range(1, 6)
plt.plot(epochs, history.history["accuracy"], marker="o", label="훈련에 쓴 이미지")
plt.plot(epochs, history.history["val_accuracy"], marker="o", label="떼어 둔 이미지")
plt.xticks(epochs)
plt.xlabel("에포크")
plt.ylabel("정확도")
plt.legend()
plt.show()

# %% [markdown]
# ## 시험
#
# 훈련에도, 훈련을 살피는 데에도 쓰지 않은 10,000장으로 한 번만 잽니다.

# %%
loss, accuracy = model.evaluate(test_inputs, y_test, verbose=0)
print(f"시험 정확도 {accuracy:.1%}")
assert accuracy >= 0.97

# %% [markdown]
# ## 헷갈리는 숫자
#
# 정답을 세로에, 모델의 답을 가로에 놓고 이미지의 수를 세면 **혼동 행렬**(confusion matrix)이
# 됩니다. 맞힌 이미지는 대각선에 모입니다. 대각선을 비우고 틀린 이미지만 그려 봅시다.

# %% alt="틀린 이미지만 센 혼동 행렬. 세로축은 정답, 가로축은 모델의 답이며, 4와 9, 7과 2처럼 모양이 닮은 숫자의 칸이 진하다."
answers = model.predict(test_inputs, verbose=0).argmax(axis=1)
confusion = np.zeros((10, 10), dtype=int)
np.add.at(confusion, (y_test, answers), 1)
mistakes = confusion - np.diag(confusion.diagonal())

plt.figure(figsize=(4.4, 4.4))
plt.imshow(mistakes, cmap="Blues")
for row, column in zip(*np.nonzero(mistakes), strict=True):
    count = mistakes[row, column]
    ink = "white" if count > mistakes.max() / 2 else "#123a5e"
    plt.text(column, row, count, ha="center", va="center", color=ink)

plt.xticks(range(10))
plt.yticks(range(10))
plt.xlabel("모델의 답")
plt.ylabel("정답")
plt.show()

# %%
assert confusion.sum() == len(y_test)
assert abs(confusion.trace() / len(y_test) - accuracy) < 1e-6

# %% [markdown]
# ## 가장 자신 있게 틀린 이미지
#
# 틀린 이미지 가운데 모델이 가장 높은 확률을 준 것들입니다. 사람도 망설일 만한 글씨가 섞여 있습니다.

# %% alt="모델이 가장 높은 확률로 틀린 손글씨 이미지 여덟 장. 이미지마다 정답과 모델의 답을 함께 적었다."
probabilities = model.predict(test_inputs, verbose=0)
confidence = probabilities.max(axis=1)
wrong = np.flatnonzero(answers != y_test)
worst = wrong[np.argsort(-confidence[wrong])[:8]]

figure, panels = plt.subplots(2, 4, figsize=(6, 3.8))
for image, panel in zip(worst, panels.flat, strict=True):
    panel.imshow(x_test[image], cmap="gray_r")
    panel.set_title(f"정답 {y_test[image]}\n답 {answers[image]}")
    panel.axis("off")

plt.show()

# %% [markdown]
# 이 신경망은 픽셀을 한 줄로 펴서 봅니다. 그래서 숫자를 몇 픽셀만 옆으로 밀어도 전혀 다른 입력이 됩니다.

# %%
shifted = np.roll(x_test, 4, axis=2).reshape(-1, 784).astype("float32") / 255
_, shifted_accuracy = model.evaluate(shifted, y_test, verbose=0)
print(f"네 픽셀 옆으로 민 이미지의 정확도 {shifted_accuracy:.1%}")
assert shifted_accuracy < accuracy - 0.2
