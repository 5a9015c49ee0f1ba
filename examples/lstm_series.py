# %% [markdown]
# # LSTM으로 내다보기: 뇌파와 주가
#
# 시계열을 내다보는 가장 단순한 방법은 “다음 값은 지금 값과 같다”라고 하는 것입니다. LSTM은 이보다 나을까요?
# 두 가지로 시험합니다. 하나는 머리에 붙인 전극에서 잰 뇌파이고, 하나는 한 회사의 주가입니다. 둘 다 matplotlib이
# 예제로 쓰려고 함께 설치하는 파일이므로 내려받을 것이 없습니다.
#
# ## 두 시계열

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np
from matplotlib import cbook

brain = np.fromfile(cbook.get_sample_data("eeg.dat", asfileobj=False)).reshape(800, 4)
prices = np.load(cbook.get_sample_data("goog.npz", asfileobj=False))["price_data"]
close = prices["adj_close"]
print(f"뇌파: 전극 {brain.shape[1]}개에서 {len(brain)}번씩")
print(f"주가: {prices['date'][0]}부터 {prices['date'][-1]}까지 {len(close):,}일")

# %% alt="위아래로 놓인 꺾은선그래프 둘. 위의 뇌파는 가운데를 오르내리며 비슷한 물결을 되풀이하고, 아래의 주가는 오르내리며 크게 오른 뒤 내려간다."
figure, panels = plt.subplots(2, 1, figsize=(6, 4), layout="constrained")
panels[0].plot(brain[:400, 0], linewidth=1)
panels[0].set_title("뇌파(첫 전극의 앞쪽 절반)")
panels[1].plot(close, linewidth=1, color="C1")
panels[1].set_title("주가(달러)")
panels[1].set_xlabel("잰 차례")
plt.show()

# %% [markdown]
# ## 변화를 맞히는 문제로
#
# 다음 값을 바로 맞히게 하는 대신 **지금 값에서 얼마나 변할지**를 맞히게 합니다. 그러면 “변하지 않는다”라는 답,
# 곧 0이 단순한 예측이 되고, LSTM은 거기에서 얼마나 나아지는지만 보면 됩니다. 주가는 값이 클수록 변화도 크므로
# 로그를 씌웁니다.
#
# 앞의 70%로 훈련하고 뒤의 30%로 시험합니다. 시간을 섞으면 앞날을 보고 옛일을 맞히는 셈이 됩니다. 크기를 맞추는
# 데 쓰는 표준편차도 앞의 70%에서만 구합니다.

# %%
WINDOW = 20


def windows(series):
    """변화 20개씩 이은 입력과 그다음 변화, 훈련에 쓸 개수."""
    changes = np.diff(series, axis=0)
    cut = int(len(changes) * 0.7)
    changes = changes / changes[:cut].std(axis=0)
    inputs, targets = [], []
    for column in changes.T:
        inputs.append(np.lib.stride_tricks.sliding_window_view(column, WINDOW)[:-1])
        targets.append(column[WINDOW:])
    return np.stack(inputs), np.stack(targets), cut - WINDOW


def split(series):
    """(훈련 입력, 훈련 타깃, 시험 입력, 시험 타깃). 전극은 한 줄로 잇는다."""
    inputs, targets, cut = windows(series)
    parts = inputs[:, :cut], targets[:, :cut], inputs[:, cut:], targets[:, cut:]
    shapes = ((-1, WINDOW, 1), (-1, 1)) * 2
    return [
        part.reshape(shape).astype("float32") for part, shape in zip(parts, shapes, strict=True)
    ]


data = {"뇌파": split(brain), "주가": split(np.log(close)[:, None])}
for name, (seen, _, unseen, _) in data.items():
    print(f"{name}: 훈련 {len(seen):,}개, 시험 {len(unseen):,}개")

# %% [markdown]
# ## 훈련과 견주기


# %%
def forecast(seen, answers, unseen):
    """LSTM을 훈련해 처음 보는 구간의 변화를 내다본다."""
    keras.utils.set_random_seed(4)
    model = keras.Sequential(
        [
            keras.Input((WINDOW, 1)),
            keras.layers.LSTM(16),
            keras.layers.Dense(1),
        ]
    )
    model.compile(keras.optimizers.Adam(0.005), "mse")
    model.fit(seen, answers, batch_size=32, epochs=15, verbose=0)
    return model.predict(unseen, batch_size=500, verbose=0)


def error(predicted, answers):
    """평균 제곱 오차의 제곱근."""
    return float(np.sqrt(np.mean((predicted - answers) ** 2)))


forecasts = {name: forecast(*parts[:3]) for name, parts in data.items()}
naive = {name: error(0, parts[3]) for name, parts in data.items()}
lstm = {name: error(forecasts[name], parts[3]) for name, parts in data.items()}
ratios = {name: lstm[name] / naive[name] for name in data}
for name in data:
    print(f"{name}: 마지막 값 {naive[name]:.3f}, LSTM {lstm[name]:.3f}, 비 {ratios[name]:.2f}")

# %% alt="나란한 산점도 둘. 왼쪽 뇌파에서는 예측한 변화와 실제 변화가 대각선을 따라 길게 늘어서고, 오른쪽 주가에서는 예측이 0 둘레에 모여 실제 변화와 관계가 보이지 않는다."
figure, panels = plt.subplots(1, 2, figsize=(6.2, 3.1), sharex=True, sharey=True)
for panel, (name, parts) in zip(panels, data.items(), strict=True):
    panel.plot(forecasts[name], parts[3], ".", markersize=3)
    panel.axline((0, 0), slope=1, color="gray", linewidth=1)
    panel.set_title(name)
    panel.set_xlabel("예측한 변화")

panels[0].set_ylabel("실제 변화")
plt.show()

# %% [markdown]
# 뇌파에는 되풀이되는 물결이 있어 지난 변화에서 다음 변화를 어느 만큼 알 수 있습니다. 주가에서는 “변하지 않는다”보다
# 나아지지 않습니다. 지난 변화만으로 알 수 있는 것이 거의 남아 있지 않은 자료에서는 모델을 바꾸어도 소용이 없습니다.

# %%
correlation = {
    name: np.corrcoef(forecasts[name][:, 0], parts[3][:, 0])[0, 1] for name, parts in data.items()
}
print({name: round(float(value), 2) for name, value in correlation.items()})
assert ratios["뇌파"] < 0.9
assert ratios["주가"] > 0.97
assert correlation["뇌파"] > 0.4

# %% [markdown]
# 주가 그래프에 예측한 **값**을 겹쳐 그리면 두 선이 거의 겹쳐 보여 잘 맞히는 것 같습니다. 그러나 그 선은 하루 전의
# 주가를 옆으로 민 것과 다르지 않습니다. 그래서 시계열의 예측은 늘 마지막 값과 견주어야 합니다.

# %%
actual = np.log(close)[-len(forecasts["주가"]) :]
yesterday = np.log(close)[-len(forecasts["주가"]) - 1 : -1]
step = np.diff(np.log(close))
predicted = yesterday + forecasts["주가"][:, 0] * step[: int(len(step) * 0.7)].std()
looks_like = np.corrcoef(predicted, actual)[0, 1]
print(f"값끼리의 상관 계수 {looks_like:.3f}, 변화끼리의 상관 계수 {correlation['주가']:.3f}")
assert looks_like > 0.95
