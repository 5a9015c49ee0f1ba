"""Skipping a page's training leaves its models as they were made, and the rest as it was."""

import pytest
from claims.idleness import idle_asserts
from claims.rewritten import is_training, notes, rewritten

from livedocs.book import run_book
from livedocs.pages import Page, read_page
from livedocs.project import Project

MODEL = """\
import keras
import numpy as np

keras.utils.set_random_seed(1)
x = np.linspace(-1, 1, 64)[:, np.newaxis]
y = (x > 0).astype(int)

def made():
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, activation="sigmoid")])
    model.compile(keras.optimizers.Adam(0.1), "binary_crossentropy", metrics=["accuracy"])
    return model
"""
TRAINING = """\
model, seen = made(), []
before = model.get_weights()
note = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: seen.append(epoch))
fitted = model.fit(
    x, y, epochs=20, validation_data=(x, y), callbacks=[note], verbose=0
).history
split = made().fit(x, y, epochs=2, validation_split=0.25, verbose=0).history
batches = [model.train_on_batch(x, y, return_dict=True)["loss"] for _ in range(3)]
after = model.get_weights()
wanted = nothing_of_this_name
accuracy = fitted["accuracy"][-1]
"""
CHECKS = """\
assert accuracy > 0.9
assert fitted["loss"][-1] < fitted["loss"][0]
assert all(np.array_equal(a, b) for a, b in zip(before, after))
assert len(fitted["val_accuracy"]) == len(fitted["loss"]) == 20
assert len(set(fitted["loss"])) == len(set(batches)) == 1
assert list(split) == ["accuracy", "loss", "val_accuracy", "val_loss"]
assert seen == list(range(20))
assert wanted > 0
assert len(x) == 64  # 훈련과 무관
assert (
    len(y) == 64
)  # 훈련과 무관
assert batches[-1] < batches[0]  # 훈련과 무관
"""


def page_of(*checks: str, code: str = TRAINING) -> Page:
    fences = [f"```python\n{MODEL}```\n\n```python\n{code}```\n", *checks]
    return read_page("\n".join(fences), "docs/page.md")


def check(code: str, classes: str = ".check") -> str:
    return f'```{{.python {classes} title="주장"}}\n{code}```\n'


@pytest.fixture(scope="module")
def lines() -> dict[str, int]:
    page = page_of(check(CHECKS))
    start = page.line(page.runnable[-1].start)
    return {line: start + number for number, line in enumerate(CHECKS.split("\n"), start=1)}


def test_only_asserts_that_need_no_training_hold(apart: Project, lines: dict[str, int]) -> None:
    page = page_of(
        check(CHECKS),
        check("assert accuracy > 0.9\n", ".check .notraining"),
        check("assert len(x) == 64\n", ".check .notraining"),
    )
    ran = run_book({page.path: rewritten(page, apart.data, trained=False).cells}, apart, print)
    found = idle_asserts(page, notes(ran[page.path], page))
    refused = [text.split(":")[1] for text in found if "통과하는 assert입니다" in text]
    held = [number for line, number in lines.items() if line.startswith("assert")][2:7]
    assert refused == [str(number) for number in held]
    wrong = [text.split(":")[1] for text in found if "상관없다고 적었지만" in text]
    marked = lines["assert batches[-1] < batches[0]  # 훈련과 무관"]
    second = page.runnable[3]
    assert wrong == [str(marked), str(page.line(second.start) + 1)]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import keras\nmodel.fit(x)", True),
        ("import keras\nmodel.train_on_batch(x)", True),
        ("import sklearn\nmodel.fit(x)", False),
        ("import keras\nprint(1)", False),
    ],
)
def test_training_is_fit_or_train_on_batch_of_keras(code: str, expected: bool) -> None:
    assert is_training(read_page(f"```python\n{code}\n```\n")) is expected
