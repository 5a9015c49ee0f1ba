"""The room of a comparison is measured as `claims/margins.py` says."""

import ast
import json
from typing import Any

import numpy as np
import pytest
from claims.comparisons import Comparison, Names, Noting
from claims.margins import margin
from claims.rewritten import RECORDER

CODE = "import numpy as np\nlimit = 0.3\ngain = a - b\nalias = gain"


def noted(check: str, **values: Any) -> tuple[list[Comparison], dict[str, Any]]:
    """Run one check on values; return its comparisons and what was noted."""
    comparisons: list[Comparison] = []
    names = Names().read([ast.parse(CODE), ast.parse(check)])
    tree = Noting(names, comparisons).visit(ast.parse(check))
    space: dict[str, Any] = {"np": np, "limit": 0.3}
    exec(RECORDER, space)
    space["_truth"] = space["_Recorder"](0)
    exec(ast.unparse(tree), space | values)
    return comparisons, json.loads(space["_truth"].taken())


def share(check: str, name: str, *values: Any) -> float | None:
    """Return the worst margin over runs in which one name has these values."""
    runs = [noted(check, **{name: value}) for value in values]
    comparison = runs[0][0][0]
    found = margin(comparison, [noted["compared"]["0"] for _, noted in runs if noted["compared"]])
    return found and round(found.share, 3)


@pytest.mark.parametrize(
    ("check", "values", "expected"),
    [
        ("assert x > 0.9", (0.92, 0.95), 0.2),
        ("assert 0.9 < x", (0.92, 0.95), 0.2),
        ("assert x < 0.5", (0.4, 0.1), 0.2),
        ("assert x > 0.05", (0.06, 0.5), 0.2),
        ("assert x < 0.95", (0.94, 0.5), 0.2),
        ("assert x <= 5", (4, 1), 0.2),
        ("assert abs(x - 1) <= 0.5", (1.4, 1), 0.2),
        ("assert x > limit", (0.36, 0.4), 0.2),
        ("assert x > 100", (110, 120, 130), 0.5),
        ("assert x < -1", (-2, -3, -4), 0.5),
        ("assert 10 < x < 20", (12, 15), 0.2),
        ("assert 10 < x < 20", (15, 18), 0.2),
        ("assert x >= 0", (1, 2, 3), 0.5),
    ],
)
def test_the_band_of_a_comparison(check: str, values: tuple[float, ...], expected: float) -> None:
    assert share(check, "x", *values) == expected


@pytest.mark.parametrize(
    ("check", "name"),
    [("assert a - 0.5 > 0.1", "a"), ("assert (a - 0.5).min() > 0.1", "a"),
     ("assert gain > 0.1", "gain"), ("assert alias > 0.1", "alias")],
)  # fmt: skip
def test_a_difference_of_two_values_has_no_far_end(check: str, name: str) -> None:
    shift = 0.5 if name == "a" else 0
    assert share(check, name, *(np.float64(shift + each) for each in (0.12, 0.3, 0.5))) == 0.1


def test_two_measured_sides_have_no_far_end() -> None:
    runs = [noted("assert x > 2 * y", x=x, y=0.1) for x in (0.21, 0.3, 0.4)]
    found = margin(runs[0][0][0], [noted["compared"]["0"] for _, noted in runs])
    assert found and found.share == pytest.approx(0.1)


def test_the_worst_element_of_an_array_counts() -> None:
    first, second = np.array([0.99, 0.92]), np.array([0.95, 0.96])
    for check in (
        "assert np.all(x > 0.9)",
        "assert (x > 0.9).all()",
        "assert all(v > 0.9 for v in x)",
    ):
        assert share(check, "x", first, second) == 0.2


def test_each_side_of_an_and_has_a_margin_of_its_own() -> None:
    runs = [noted("assert x > 0.9 and y < 0.5", x=x, y=y) for x, y in ((0.92, 0.1), (0.95, 0.4))]
    shares = []
    for number, comparison in enumerate(runs[0][0]):
        found = margin(comparison, [noted["compared"][str(number)] for _, noted in runs])
        shares.append(round(found.share, 3) if found else None)
    assert shares == [0.2, 0.2]


def test_what_never_moves_has_no_margin() -> None:
    assert share("assert x > 0.9", "x", 0.901, 0.901) is None


@pytest.mark.parametrize(
    "check",
    ["assert x == 3", "assert x != 3", "assert not x > 3", "assert x > 5 or x < 3",
     "assert str(x) < 'a'", "assert (x, 1) > (0, 1)"],
)  # fmt: skip
def test_equality_and_plain_truth_have_no_margin(check: str) -> None:
    for value in (2, 4):
        _, found = noted(check, x=value)
        assert all(not each["pairs"] for each in found["compared"].values())


@pytest.mark.parametrize(
    ("check", "held"),
    [("assert x > 3", False), ("assert x > 1", True), ("assert 1 < x < 1.5", False),
     ("assert nothing > 3", False), ("for n in (3, 1):\n    assert x > n", False)],
)  # fmt: skip
def test_a_note_says_whether_an_assert_held(check: str, held: bool) -> None:
    _, found = noted(check, x=2)
    assert [each[0] for each in found["asserts"].values()] == [held]
