"""Make sample pages: a number goes in, a page's prose and code come out, in no tool's format."""

import time
from dataclasses import dataclass
from string import Template

MARK = 271
"""What the code of every page multiplies for its last line; an edit changes it."""
ALT = "에포크가 지날수록 줄어드는 손실 곡선. 왼쪽 위에서 시작해 오른쪽 아래로 내려간다."

RINGS = """\
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

keras.utils.set_random_seed($number)
inputs = np.random.uniform(-1, 1, size=(4000, 2)).astype("float32")
radius = np.sqrt((inputs**2).sum(axis=1))
targets = (radius * $slices).astype(int) % 3
print(inputs.shape, np.bincount(targets))
"""
IMAGES = """\
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

keras.utils.set_random_seed($number)
inputs = np.random.normal(size=(900, 16, 16, 1)).astype("float32")
targets = np.random.randint(0, 3, size=900)
for image, target in zip(inputs, targets):
    image[4 * target : 4 * target + 4, 2:14] += 0.$slices
print(inputs.shape, np.bincount(targets))
"""
DENSE = """\
model = keras.Sequential([
    keras.Input((2,)),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dense(3, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
fitted = model.fit(inputs, targets, epochs=22, batch_size=32, verbose=0)
"""
CONVOLUTION = """\
model = keras.Sequential([
    keras.Input((16, 16, 1)),
    keras.layers.Conv2D(12, 3, activation="relu"),
    keras.layers.Conv2D(12, 3, activation="relu"),
    keras.layers.Flatten(),
    keras.layers.Dense(3, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
fitted = model.fit(inputs, targets, epochs=14, batch_size=32, verbose=0)
"""
FIGURE = """\
plt.plot(fitted.history["loss"])
plt.xlabel("에포크")
plt.ylabel("손실")
plt.show()
"""
TABLE = """\
history = pd.DataFrame(fitted.history)
history.describe()
"""
LONG = """\
guesses = model.predict(inputs, verbose=0).argmax(axis=1)
for place in range(300):
    print(f"{place:3d}번째 입력의 답은 {targets[place]}, 모델의 답은 {guesses[place]}")
print("끝", $mark * 41 + $number)
"""


@dataclass(frozen=True)
class Code:
    """One piece of code of a page."""

    text: str
    draws: bool = False


@dataclass(frozen=True)
class Sample:
    """One page: a title, and prose and code in turn."""

    name: str
    title: str
    parts: tuple[str | Code, ...]
    end: str
    """A line that stands on the built page only if all of its code was run."""


def sample(number: int, mark: int = MARK) -> Sample:
    """Return a page of two to four seconds of computing, by machine: five fences, figure, table."""
    data, model = ((RINGS, DENSE), (IMAGES, CONVOLUTION))[number % 2]
    holes = {"number": number, "slices": 4 + number % 5, "mark": mark}

    def filled(code: str, draws: bool = False) -> Code:
        return Code(Template(code).substitute(holes), draws)

    parts = (
        prose(number, "입력과 타깃을 만듭니다"),
        filled(data),
        prose(number, "모델을 만들고 훈련합니다"),
        filled(model),
        prose(number, "손실이 어떻게 줄었는지 그립니다"),
        filled(FIGURE, draws=True),
        prose(number, "훈련을 숫자로 간추립니다"),
        filled(TABLE),
        prose(number, "입력마다 답을 적습니다"),
        filled(LONG),
    )
    return Sample(f"page_{number:04d}", f"견본 {number}", parts, f"끝 {mark * 41 + number}")


def unused_mark() -> int:
    """Return a number for the last fence with which no cache has ever run it."""
    return MARK + 1 + time.time_ns() // 1_000_000 % 10**8


def trivial(number: int, fences: int = 1) -> Sample:
    """Return a page whose code takes no time."""
    parts: list[str | Code] = [prose(number, "수를 하나 계산합니다")]
    parts += [Code(f"print({number} * 41 + {fence})\n") for fence in range(fences)]
    end = str(number * 41 + fences - 1)
    return Sample(f"page_{number:04d}", f"작은 견본 {number}", tuple(parts), end)


def prose(number: int, what: str) -> str:
    """Return two paragraphs that mean the same in Markdown and in reStructuredText."""
    return (
        f"{what}. 여기는 견본 {number}의 글입니다. 책의 한 문단만큼 길게 적어, 글을 그리는 데에도 "
        "시간이 들게 합니다. 코드 칸의 출력은 바로 아래에 나옵니다.\n\n"
        "같은 글을 모든 도구에 똑같이 줍니다. 도구마다 다른 문법은 쓰지 않습니다."
    )
