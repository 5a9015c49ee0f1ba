# %% [markdown]
# # 자기 대국으로 배우는 틱택토
#
# ‘바둑과 틱택토’에서 만든 가치망은 끝까지 펼쳐 구한 결과를 타깃으로 배웠습니다.
# 여기서는 그런 타깃을 주지 않습니다. 신경망은 자기 자신과 두고, 끝난 판의 승패만 보고 배웁니다. 끝까지
# 펼쳐 구한 결과는 마지막에 채점할 때에만 씁니다.
#
# ## 규칙
#
# 판은 수 아홉 개입니다. 먼저 두는 쪽은 1, 나중에 두는 쪽은 −1, 빈칸은 0입니다.

# %%
from collections import Counter
from functools import cache

import keras
import matplotlib.pyplot as plt
import numpy as np

keras.utils.set_random_seed(1)
LINES = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6)]
start = (0,) * 9


def whose_turn(board):
    return 1 if sum(board) == 0 else -1


def winner(board):
    sums = [board[a] + board[b] + board[c] for a, b, c in LINES]
    return 1 if 3 in sums else -1 if -3 in sums else 0


@cache
def next_boards(board):
    """한 수를 두어 나올 수 있는 판. 끝난 판에는 하나도 없다."""
    empty = [] if winner(board) else [i for i in range(9) if board[i] == 0]
    return [(*board[:i], whose_turn(board), *board[i + 1 :]) for i in empty]


# %% [markdown]
# ## 가치망
#
# 판을 보고 결과를 −1과 1 사이의 수로 어림하는 신경망입니다. 처음에는 가중치가 무작위라서 점수에 뜻이
# 없습니다. 한 판을 두는 동안 같은 점수를 여러 번 묻게 되므로, 나올 수 있는 판의 점수를 한꺼번에 구해
# 표로 적어 둡니다. 신경망이 훈련에서 보는 판은 이 가운데 실제로 둔 판뿐입니다.

# %%
boards = {start}
for _ in range(9):
    boards |= {after for board in boards for after in next_boards(board)}

boards = sorted(boards)
inputs = np.array(boards, dtype="float32")
network = keras.Sequential(
    [
        keras.Input((9,)),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(1, activation="tanh"),
    ]
)
network.compile(keras.optimizers.Adam(0.002), "mean_squared_error")


def current_scores():
    """가치망이 지금 판마다 매기는 점수."""
    guesses = network.predict(inputs, batch_size=len(inputs), verbose=0)[:, 0]
    return dict(zip(boards, guesses.tolist(), strict=True))


# %% [markdown]
# ## 한 판 두기
#
# 대개는 점수가 가장 좋은 수를 두되, 열에 셋은 아무 수나 둡니다. 늘 같은 수만 두면 더 좋은 수가 있어도
# 알 수 없기 때문입니다. 이렇게 일부러 벗어나 보는 일을 **탐험**(exploration)이라고 합니다.

# %%
explore = 0.3


def play(scores):
    """자기 자신과 한 판을 두며 지나온 판."""
    board, path = start, []
    while choices := next_boards(board):
        if np.random.rand() < explore:
            board = choices[np.random.randint(len(choices))]
        else:
            side = whose_turn(board)
            board = max(choices, key=lambda after: side * scores[after])
        path.append(board)
    return path


print(*play(current_scores()), sep="\n")

# %% [markdown]
# ## 무엇을 타깃으로 할까
#
# 끝난 판의 타깃은 승패입니다. 끝나지 않은 판의 타깃은, 다음에 나올 수 있는 판 가운데 두는 쪽에 가장
# 좋은 것에 **가치망이 지금 매긴 점수**입니다. 처음에는 끝난 판의 점수만 옳지만, 대국을 거듭하면 그
# 점수가 한 수 앞의 판으로, 또 한 수 앞의 판으로 번져 옵니다.


# %%
def target(board, scores):
    """끝난 판이면 승패, 아니면 한 수 뒤의 가장 좋은 점수."""
    choices = next_boards(board)
    if not choices:
        return winner(board)
    best = max if whose_turn(board) == 1 else min
    return best(scores[after] for after in choices)


# %% [markdown]
# ## 채점
#
# 컴퓨터는 점수가 가장 좋은 수를, 상대는 둘 수 있는 모든 수를 한 번씩 둡니다. 먼저 둘 때와 나중에 둘
# 때를 더해, 지는 대국이 얼마나 되는지 셉니다.


# %%
def all_endings(board, computer, scores):
    choices = next_boards(board)
    if not choices:
        return Counter([winner(board)])
    if whose_turn(board) == computer:
        choices = [max(choices, key=lambda after: computer * scores[after])]
    return sum((all_endings(after, computer, scores) for after in choices), Counter())


def share_lost(scores):
    """지는 대국의 비율."""
    first, second = all_endings(start, 1, scores), all_endings(start, -1, scores)
    return (first[-1] + second[1]) / (first.total() + second.total())


# %% [markdown]
# ## 자기 대국
#
# 대국 300판을 두고, 지금까지 나온 판을 모두 다시 배우는 일을 스무 번 되풀이합니다.

# %%
untrained = current_scores()
seen, lost = set(), []
for _ in range(20):
    scores = current_scores()
    lost.append(share_lost(scores))
    for _ in range(300):
        seen.update(play(scores))

    known = sorted(seen)
    targets = np.array([target(board, scores) for board in known], dtype="float32")
    network.fit(np.array(known, dtype="float32"), targets, batch_size=64, epochs=4, verbose=0)

scores = current_scores()
lost.append(share_lost(scores))
print(f"대국에서 본 판 {len(seen):,}가지, 나올 수 있는 판 {len(boards):,}가지")
print(f"지는 대국의 비율: 처음 {lost[0]:.1%}, 마지막 {lost[-1]:.1%}")

# %% alt="자기 대국을 되풀이한 횟수에 따른 지는 대국의 비율. 처음에는 높다가 몇 번 되풀이하면 0에 가까워진다."
plt.figure(figsize=(6, 3.2), layout="constrained")
plt.plot(lost, marker="o")
plt.xlabel("자기 대국을 되풀이한 횟수")
plt.ylabel("지는 대국의 비율")
plt.show()

# %%
assert np.mean(lost[-3:]) < lost[0] / 5

# %% [markdown]
# ## 참된 점수와 견주기
#
# 이제 끝까지 펼쳐 구한 결과와 견주어 봅니다. 가치망은 이 값을 한 번도 보지 못했습니다. 둘 수 있는 수가
# 남은 판마다, 가치망이 고른 수가 정말 가장 좋은 수인지 셉니다.


# %%
@cache
def value(board):
    """두 쪽이 모두 가장 좋은 수만 둘 때의 결과."""
    results = [value(after) for after in next_boards(board)]
    best = max if whose_turn(board) == 1 else min
    return best(results) if results else winner(board)


def share_best(scores):
    """가치망이 고른 수가 참된 점수로도 가장 좋은 수인 판의 비율."""
    hits = []
    for board in filter(next_boards, boards):
        side = whose_turn(board)
        chosen = max(next_boards(board), key=lambda after: side * scores[after])
        hits.append(value(chosen) == value(board))
    return np.mean(hits)


before, after = share_best(untrained), share_best(scores)
print(f"가장 좋은 수를 고르는 판: 처음 {before:.1%}, 마지막 {after:.1%}")

# %%
assert after - before > 0.1

# %% [markdown]
# 알파고와 견주면 빠진 것이 많습니다. 여기에는 둘 만한 수를 추리는 정책망도, 몇 수 앞을 펼치는 탐색도
# 없습니다. 대신 판이 작아서, 자기 대국만으로도 나올 수 있는 판을 많이 만납니다.
#
# **바꿔 보기.** `explore`를 `0.0`으로 바꾸어 늘 가장 좋아 보이는 수만 두게 하면, 대국에서 본 판은
# 몇 가지나 될까요? 지는 대국의 비율은 어떻게 될까요?
