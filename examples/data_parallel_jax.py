# ---
# backend: jax
# ---
# %% [markdown]
# # 장치 둘로 나누어 훈련하기: JAX
#
# Keras 3에는 모델을 고치지 않고 배치를 여러 장치에 나누는 `keras.distribution`이 있습니다. JAX 백엔드에서
# 쓸 수 있고, 이 프로그램도 JAX 백엔드에서만 실행됩니다. TensorFlow로 만든 사이트에서는 코드만 보이고 출력은
# 보이지 않습니다. `KERAS_BACKEND=jax`로 사이트를 만들거나, 내려받은 프로그램을 JAX가 있는 곳에서
# `KERAS_BACKEND=jax python data_parallel_jax.py`로 실행하면 출력을 볼 수 있습니다.
#
# ## 장치 둘
#
# GPU나 TPU가 없어도 됩니다. CPU 하나를 장치 둘인 것처럼 나누어 달라고 JAX의 컴파일러에 부탁합니다. 첫 계산을
# 하기 전에 해야 합니다.

# %%
import os

os.environ["XLA_FLAGS"] = "--xla_force_host_platform_device_count=2"
import keras
import numpy as np

devices = keras.distribution.list_devices()
print(f"장치 {len(devices)}개: {devices}")
assert len(devices) == 2

# %% [markdown]
# ## 장치 하나에서
#
# 견줄 모델을 먼저 장치 하나에서 훈련합니다. 배치를 나누는 방법을 정하지 않으면 첫째 장치만 쓰입니다.

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


def train(model):
    """같은 차례로 같은 배치를 보여 주며 네 에포크를 훈련한다."""
    model.fit(images, answers, batch_size=256, epochs=4, shuffle=False, verbose=0)
    return model.get_weights()


start = build().get_weights()
single = build()
single_weights = train(single)

# %% [markdown]
# ## 장치 둘에서
#
# `DataParallel`은 가중치는 장치마다 한 벌씩 두고 배치는 나누라는 뜻입니다. 정하고 나면 그 뒤에 지은 모델에
# 적용됩니다. 모델을 짓고 훈련하는 코드는 한 줄도 바뀌지 않습니다.

# %%
parallel = keras.distribution.DataParallel(devices=devices)
keras.distribution.set_distribution(parallel)
shared = build()
shared_weights = train(shared)

kernel = shared.layers[0].kernel.value
places = sorted(str(shard.device) for shard in kernel.addressable_shards)
batch = keras.distribution.distribute_tensor(
    keras.ops.convert_to_tensor(images[:256]), parallel.get_data_layout((256, 784))
)
shares = [shard.data.shape[0] for shard in batch.addressable_shards]
print(f"첫 층의 가중치가 놓인 곳: {places}")
print(f"256장짜리 배치에서 장치마다 받은 장수: {shares}")
assert len(set(places)) == 2
assert shares == [128, 128]

# %% [markdown]
# ## 결과는 같은가

# %%
gap = max(np.abs(one - two).max() for one, two in zip(single_weights, shared_weights, strict=True))
moved = max(
    np.abs(after - before).max() for before, after in zip(start, single_weights, strict=True)
)
accuracy = shared.evaluate(test_images, test_answers, batch_size=1000, verbose=0)[1]
print(f"훈련으로 움직인 거리 {moved:.3f}, 하나와 둘의 차이 {gap:.7f}")
print(f"장치 둘에서 훈련한 모델의 정확도 {accuracy:.1%}")
assert gap < 0.01 * moved
assert accuracy > 0.85

# %% [markdown]
# 장치가 여덟이든 천이든 코드는 같습니다. 가중치가 장치 하나의 메모리에 담기지 않을 만큼 모델이 크면 가중치도
# 나누어야 하는데, 그때는 `keras.distribution.ModelParallel`을 씁니다.
