# %% [markdown]
# # 모델 고르기: 데이터 다섯, 방법 다섯
#
# 새 데이터를 받았습니다. 어떤 방법부터 써 볼까요? 데이터 다섯 가지와 방법 다섯 가지를 골라 모두
# 짝지어 시험해 봅니다. 정확도뿐 아니라 그 정확도를 얼마나 믿을 수 있는지도 함께 잽니다.
#
# ## 데이터
#
# scikit-learn에 들어 있는 데이터라서 내려받을 것이 없습니다. 마지막 것은 본디 수를 맞히는
# 데이터인데, 당뇨병이 중앙값보다 빨리 나빠졌는지를 맞히는 문제로 바꾸었습니다.

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np
from sklearn import datasets

sets = {
    "붓꽃": datasets.load_iris(return_X_y=True),
    "포도주": datasets.load_wine(return_X_y=True),
    "유방암": datasets.load_breast_cancer(return_X_y=True),
    "숫자": datasets.load_digits(return_X_y=True),
}
inputs, progress = datasets.load_diabetes(return_X_y=True)
sets["당뇨병"] = inputs, (progress > np.median(progress)).astype(int)

for name, (inputs, labels) in sets.items():
    print(f"{name}: {len(inputs):,}줄, 특성 {inputs.shape[1]}개, 답 {len(set(labels))}가지")

# %% [markdown]
# ## 방법
#
# 로지스틱 회귀, 서포트 벡터 머신(SVM), 랜덤 포레스트, 그레이디언트 부스팅, 그리고 은닉층이 하나인
# 신경망입니다. 앞의 두 방법과 신경망은 특성의 눈금이 다르면 애를 먹으므로 평균을 0으로, 표준편차를
# 1로 맞춥니다. 맞출 때 쓰는 평균과 표준편차는 훈련에 쓰는 줄에서만 구합니다. 시험할 줄까지 보고
# 구하면 답안지를 엿본 셈이 됩니다. 공평하도록, 설정은 방법마다 하나로 정해 두고 데이터에 맞추어
# 다듬지 않습니다.

# %%
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC


def by_scikit(method):
    """훈련하고 답하는 함수. 방법은 부를 때마다 새로 훈련된다."""
    return lambda seen, answers, unseen: method.fit(seen, answers).predict(unseen)


def by_keras(seen, answers, unseen):
    """은닉층이 하나인 신경망으로 훈련하고 답한다."""
    scaler = StandardScaler().fit(seen)
    network = keras.Sequential(
        [
            keras.Input((seen.shape[1],)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(len(set(answers)), activation="softmax"),
        ]
    )
    network.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
    # 같은 줄을 20번 본다. 이어 붙이면 에포크마다 드는 준비 시간이 빠진다.
    rows, targets = np.tile(scaler.transform(seen), (20, 1)), np.tile(answers, 20)
    network.fit(rows, targets, batch_size=64, verbose=0)
    scores = network(scaler.transform(unseen).astype("float32"))
    return keras.ops.convert_to_numpy(scores).argmax(axis=1)


methods = {
    "로지스틱 회귀": by_scikit(make_pipeline(StandardScaler(), LogisticRegression(max_iter=500))),
    "SVM": by_scikit(make_pipeline(StandardScaler(), SVC())),
    "랜덤 포레스트": by_scikit(RandomForestClassifier(random_state=1)),
    "부스팅": by_scikit(
        GradientBoostingClassifier(
            n_estimators=60, max_features="sqrt", subsample=0.7, random_state=1
        )
    ),
    "신경망": by_keras,
}

# %% [markdown]
# ## 교차 검증
#
# 데이터가 적으면 어느 줄로 시험하느냐에 따라 정확도가 크게 달라집니다. 그래서 데이터를 다섯
# 묶음으로 나누어, 한 묶음으로 시험하고 나머지로 훈련하기를 다섯 번 되풀이합니다. 이것을
# **교차 검증**(cross-validation)이라고 합니다. 모든 방법이 같은 묶음을 씁니다.

# %%
from sklearn.model_selection import StratifiedKFold

keras.utils.set_random_seed(1)
folds = StratifiedKFold(5, shuffle=True, random_state=1)


def cross_validate(answer, inputs, labels):
    """묶음마다 그 묶음을 빼고 훈련하여 잰 정확도."""
    return [
        np.mean(answer(inputs[seen], labels[seen], inputs[unseen]) == labels[unseen])
        for seen, unseen in folds.split(inputs, labels)
    ]


scores = np.array(
    [[cross_validate(answer, *each) for answer in methods.values()] for each in sets.values()]
)
means, spreads = scores.mean(axis=2), scores.std(axis=2, ddof=1)
majority = np.array([np.bincount(labels).max() / len(labels) for _, labels in sets.values()])
for name, row in zip(sets, means, strict=True):
    print(f"{name}: " + ", ".join(f"{m} {s:.1%}" for m, s in zip(methods, row, strict=True)))

# %% alt="데이터마다 다섯 방법의 평균 정확도를 점으로, 다섯 묶음의 표준편차를 가로 막대로 그린 그림. 붓꽃과 포도주와 당뇨병에서는 막대들이 서로 겹치고, 데이터가 많은 숫자에서는 막대가 짧다."
figure, panels = plt.subplots(5, 1, figsize=(6, 10), layout="constrained")
for panel, name, mean, spread, base in zip(panels, sets, means, spreads, majority, strict=True):
    panel.errorbar(mean, list(methods), xerr=spread, fmt="o", capsize=3)
    panel.axvline(base, color="black", linestyle="--")
    panel.set_title(f"{name} (점선: 많은 답으로만)")
    panel.set_xlim(min(mean.min() - 0.1, base - 0.02), 1.02)
    panel.margins(y=0.15)
    panel.invert_yaxis()

panels[-1].set_xlabel("정확도")
plt.show()

# %% [markdown]
# ## 읽기
#
# 점은 다섯 번 잰 정확도의 평균이고, 막대는 그 표준편차입니다. 점선은 가장 많은 답으로만 답했을 때의
# 정확도입니다. 먼저 어느 데이터에서나 점선보다 나은지 봅니다.

# %%
assert np.all(means.max(axis=1) - majority > 0.15)

# %% [markdown]
# 그다음에는 1등과 2등을 봅니다. 붓꽃, 포도주, 유방암, 당뇨병에서는 1등과 2등의 차이가 막대의 길이보다
# 작습니다. 묶음을 다르게 나누면 순서가 바뀔 수 있다는 뜻입니다. 그러니 “이 데이터에는 이 방법이
# 으뜸”이라고 말할 수 없습니다. 데이터가 많은 숫자에서는 막대가 짧아 차이를 조금 더 믿을 수 있습니다.

# %%
order = np.argsort(-means, axis=1)
first, second = (np.take_along_axis(means, order[:, [place]], axis=1)[:, 0] for place in (0, 1))
noise = np.take_along_axis(spreads, order[:, [0]], axis=1)[:, 0]
for name, gap, width in zip(sets, first - second, noise, strict=True):
    print(f"{name}: 1등과 2등의 차이 {gap:.1%}포인트, 표준편차 {width:.1%}포인트")

small = [list(sets).index(name) for name in ("붓꽃", "포도주", "유방암", "당뇨병")]
assert np.all((first - second)[small] < noise[small])

# %% [markdown]
# 방법마다 다섯 데이터에서 1등보다 얼마나 뒤졌는지도 봅니다. 늘 1등인 방법은 없지만, 늘 1등 가까이에
# 있는 방법은 있습니다.

# %%
behind = means.max(axis=1, keepdims=True) - means
for name, gaps in zip(methods, behind.T, strict=True):
    print(f"{name}: 가장 많이 뒤진 데이터에서 {gaps.max():.1%}포인트")

assert len(set(order[:, 0])) >= 2
assert behind.max(axis=0).min() < 0.04

# %% [markdown]
# ## 정리
#
# - 데이터가 몇백 줄일 때는 방법의 차이보다 시험할 줄을 고르는 우연이 더 클 수 있습니다.
# - 그래서 단순한 방법부터 교차 검증으로 재고, 그보다 뚜렷이 나을 때만 복잡한 방법을 씁니다.
# - 여기의 데이터는 모두 작은 표입니다. 숫자도 8×8 픽셀의 가지런한 이미지라서 SVM으로 충분합니다.
#   이미지가 커지고 자리가 바뀌면 이야기가 달라집니다.
