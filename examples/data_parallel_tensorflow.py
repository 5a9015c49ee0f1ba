# ---
# backend: tensorflow
# ---
# %% [markdown]
# # 장치 둘로 나누어 훈련하기: TensorFlow
#
# ‘단순함과 확장성’ 글에서는 장치 네 대를 네 번의 계산으로 흉내 냈습니다.
# 여기서는 정말로 장치 둘에 배치를 나누어 훈련합니다. GPU가 없어도 됩니다. CPU 하나를 논리 장치 둘로
# 쪼개면, 프로그램이 보기에는 장치가 둘입니다. 빨라지지는 않지만 나누고 모으는 일은 GPU가 둘일 때와 같습니다.
#
# 장치를 나누는 방법은 백엔드마다 다릅니다. 이 프로그램은 TensorFlow의 `tf.distribute`를 쓰므로 TensorFlow
# 백엔드에서만 실행됩니다.
#
# ## 장치 둘
#
# 장치를 쪼개는 일은 TensorFlow가 첫 계산을 하기 전에 해야 합니다.

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

[cpu] = tf.config.list_physical_devices("CPU")
halves = [tf.config.LogicalDeviceConfiguration()] * 2
tf.config.set_logical_device_configuration(cpu, halves)
devices = [device.name for device in tf.config.list_logical_devices("CPU")]
strategy = tf.distribute.MirroredStrategy(devices)
print(f"장치 {strategy.num_replicas_in_sync}개: {devices}")

# %% [markdown]
# ## 같은 모델을 두 벌
#
# `strategy.scope()` 안에서 지은 모델은 장치마다 가중치를 한 벌씩 둡니다. 견줄 모델은 장치 하나에 짓습니다.
# 두 모델은 같은 가중치에서 시작하고, 같은 차례로 같은 배치를 봅니다.

# %%
(images, answers), (test_images, test_answers) = keras.datasets.mnist.load_data()
images = images[:8192].reshape(-1, 784) / np.float32(255)
answers = answers[:8192]
test_images = test_images.reshape(-1, 784) / np.float32(255)


def build():
    """시드가 같으므로 늘 같은 가중치에서 시작한다."""
    keras.utils.set_random_seed(1)
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((784,)),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        keras.optimizers.SGD(0.3), "sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return model


single = build()
with strategy.scope():
    mirrored = build()

copies = mirrored.layers[0].kernel.value.values
print("첫 층의 가중치가 놓인 곳:", [copy.device.split("/")[-1] for copy in copies])

# %% [markdown]
# ## 나뉜 배치
#
# 배치 하나를 넣고, 장치마다 몇 장을 받는지 봅니다. `strategy.run`은 같은 함수를 장치마다 한 번씩 부릅니다.

# %%
batches = tf.data.Dataset.from_tensor_slices((images, answers)).batch(256)
received = next(iter(strategy.experimental_distribute_dataset(batches)))
shapes = strategy.experimental_local_results(strategy.run(tf.shape, (received[1],)))
shares = [int(shape[0]) for shape in shapes]
print(f"256장짜리 배치에서 장치마다 받은 장수: {shares}")
assert shares == [128, 128]

# %% [markdown]
# ## 훈련
#
# `fit`은 스텝마다 그레이디언트를 모아 합치고, 두 벌의 가중치를 똑같이 고칩니다.

# %%
settings = {"batch_size": 256, "epochs": 4, "shuffle": False, "verbose": 0}
alone = single.fit(images, answers, **settings).history["loss"]
together = mirrored.fit(images, answers, **settings).history["loss"]
for epoch, (one, two) in enumerate(zip(alone, together, strict=True), 1):
    print(f"에포크 {epoch}: 장치 하나 {one:.4f}, 장치 둘 {two:.4f}")

# %% alt="에포크에 따른 손실 곡선 두 개. 장치 하나의 실선과 장치 둘의 세모가 처음부터 끝까지 겹친다."
plt.figure(figsize=(5.6, 3))
plt.plot(range(1, 5), alone, "-", label="장치 하나")
plt.plot(range(1, 5), together, "^", label="장치 둘")
plt.xticks(range(1, 5))
plt.xlabel("에포크")
plt.ylabel("손실")
plt.legend()
plt.show()

# %% [markdown]
# ## 결과는 같은가
#
# 두 벌의 가중치는 서로 같아야 하고, 장치 하나로 훈련한 가중치와는 소수를 어림하며 쌓인 차이만 있어야 합니다.

# %%
first, second = (copy.numpy() for copy in copies)
gap = max(
    np.abs(one - two).max()
    for one, two in zip(single.get_weights(), mirrored.get_weights(), strict=True)
)
start = build().get_weights()
moved = max(
    np.abs(after - before).max() for before, after in zip(start, single.get_weights(), strict=True)
)
accuracy = single.evaluate(test_images, test_answers, batch_size=1000, verbose=0)[1]
accuracy_of_two = mirrored.evaluate(test_images, test_answers, batch_size=1000, verbose=0)[1]
print(f"두 벌 사이의 차이 {np.abs(first - second).max()}")
print(f"훈련으로 움직인 거리 {moved:.3f}, 하나와 둘의 차이 {gap:.7f}")
print(f"정확도: 하나 {accuracy:.1%}, 둘 {accuracy_of_two:.1%}")
assert np.array_equal(first, second)
assert gap < 0.01 * moved
assert accuracy_of_two > 0.85

# %% [markdown]
# 배치를 나누어도 같은 것을 배웁니다. 그레이디언트의 평균이 전체의 그레이디언트와 같기 때문입니다. GPU가 둘인
# 기계에서는 첫 칸에서 장치를 쪼개지 않고 `tf.distribute.MirroredStrategy()`라고만 적으면 됩니다. JAX에서 같은
# 일을 하는 프로그램은 긴 예제 ‘장치 둘로 나누어 훈련하기: JAX’입니다.
