"""Every assert of every check compares something that its page computed."""

import pytest
from claims.pages import page_id, pages_with_code
from claims.reading import unread

from livedocs.pages import Page, read_page


@pytest.mark.parametrize("page", pages_with_code(), ids=page_id)
def test_every_assert_reads_what_its_page_computed(page: Page) -> None:
    if found := unread(page):
        pytest.fail("\n".join(found), pytrace=False)


def wrong(code: str, check: str) -> list[str]:
    """Return what is wrong with a check that follows one fence of code."""
    text = f'```python\n{code}\n```\n\n```{{.python .check title="주장"}}\n{check}\n```\n'
    return [line.partition(": ")[2].split(".")[0] for line in unread(read_page(text))]


UNREAD = "쪽이 계산한 값을 읽지 않는 assert입니다"
CONSTANTS = "상수끼리 견주는 assert입니다"
ITSELF = "값을 그 값 자신과 견주는 assert입니다"
SHAPES = "코드가 정한 모양(shape)만 보는 확인입니다"


@pytest.mark.parametrize(
    ("code", "check", "expected"),
    [
        ("x = sorted([2, 1])", "assert 1 < 2", [UNREAD]),
        ("limit = 0.9", "assert limit > 0.5", [UNREAD]),
        ("limits = [0.9, 0.8]", "assert limits[0] > limits[1]", [UNREAD]),
        ("import math", "assert math.pi > 3", [UNREAD]),
        ("import math", "x = math.sqrt(4)\nassert x == 2", [UNREAD]),
        ("x = max([1, 2])\nlimit = 3", "assert x > 1 and limit == 3", [CONSTANTS]),
        ("x = max([1, 2])", "assert x == x", [ITSELF]),
        ("x = max([1, 2])\ny = x", "assert y <= x", [ITSELF]),
        ("a = max([1, 2])\nx = a > 1\ny = a > 1", "assert x == y", [ITSELF]),
        ("import numpy as np\nx = np.ones(3)", "assert np.allclose(x, x)", [ITSELF]),
        ("import numpy as np\nx = np.ones(3)", "assert x.shape == (3,)", [SHAPES]),
    ],
)
def test_an_assert_that_compares_nothing_is_refused(
    code: str, check: str, expected: list[str]
) -> None:
    assert wrong(code, check) == expected


@pytest.mark.parametrize(
    ("code", "check"),
    [
        ("x = max([1, 2])", "assert x == 2"),
        ("x = max([1, 2])", "y = x + 1\nassert y == 3"),
        ("losses = []\nfor n in range(3):\n    losses.append(n)", "assert losses == [0, 1, 2]"),
        ("table = {}\ntable['a'] = max([1, 2])", "assert table['a'] == 2"),
        ("def train():\n    return 3", "assert train() > 2"),
        ("def train():\n    return 3\na = train()\nb = train()", "assert a == b"),
        ("import numpy as np\nx = np.ones(3)", "assert x.shape == (3,)\nassert x.sum() == 3"),
        ("count = 0\nfor n in range(3):\n    count += n", "assert count == 3"),
        ("x = min([0.2, 0.3])", "for n in range(3):\n    assert x > 0.01 * n"),
        ("x = [max([1, 2])]", "for each in x:\n    assert each > 1"),
        ("x = [max([1, 2])]", "assert all(v > 1 for v in x if v != 7)"),
        ("first, *rest = sorted([2, 1])", "assert first == 1"),
    ],
)
def test_an_assert_on_computed_values_is_not_refused(code: str, check: str) -> None:
    assert wrong(code, check) == []
