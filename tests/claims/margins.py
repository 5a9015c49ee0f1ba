"""How far a comparison stays from its edge over many runs, as a share of its band.

The band of a comparison, x measured and c, a, b its bounds:

- `a < x < b`: b - a.
- `x > c` or `x < c` with x within 0…1 in every run and c between them: the way from c to the
  nearer end of 0…1. So `x > 0.9` has room from 0.92, `x < 0.5` up to 0.4, and 0.05 from 0.06;
  saying the same of 1 - x changes nothing.
- `x < c` with x >= 0 in every run, c > 0: c. `abs(x - y) <= d` is one.
- All else has no far end (two measured sides, a difference of two values, a count): the median
  of the distances over the runs, so that the worst run must keep a fifth of a usual run's room.

A comparison whose two sides never move has no margin: chance cannot touch it. Equality and plain
truth must simply hold.
"""

from dataclasses import dataclass
from statistics import median
from typing import Any

from claims.comparisons import Comparison

LEAST = 0.2


@dataclass(frozen=True)
class Margin:
    """The worst run of one comparison."""

    comparison: Comparison
    distance: float
    """How far the worst run is from the edge, in the comparison's own unit."""
    band: float
    share: float
    """The distance as a share of the band."""
    here: str
    """The two sides in the worst run."""


def margin(comparison: Comparison, runs: list[dict[str, Any]]) -> Margin | None:
    """Return the worst margin of a comparison, or None if it has none.

    Args:
        comparison: as the syntax tells it.
        runs: what the recorder measured, one a run.
    """
    still = len(runs) > 1 and all(run["pairs"] == runs[0]["pairs"] for run in runs)
    if not runs or still or not runs[0]["pairs"]:
        return None
    if lies_between(comparison):
        found = [two_sided(comparison, runs)]
    else:
        pairs = zip(*(run["pairs"] for run in runs), strict=True)
        found = [one_sided(comparison, number, list(each)) for number, each in enumerate(pairs)]
    return min(found, key=lambda each: each.share)


def lies_between(comparison: Comparison) -> bool:
    """Whether it is `a < x < b`, with x measured."""
    ways = {sign[0] for sign in comparison.signs}
    return len(comparison.signs) == 2 and len(ways) == 1 and comparison.kinds[1] != "constant"


def two_sided(comparison: Comparison, runs: list[dict[str, Any]]) -> Margin:
    """Return the margin of `a < x < b`."""
    margins = []
    for run in runs:
        nearest = min(run["pairs"], key=lambda pair: pair["distance"])
        margins.append(made(comparison, nearest, run["width"]))
    return min(margins, key=lambda each: each.share)


def one_sided(comparison: Comparison, number: int, pairs: list[dict[str, Any]]) -> Margin:
    """Return the margin of `x > c`, `x < c` or two measured sides."""
    left, right = comparison.kinds[number : number + 2]
    worst = min(pairs, key=lambda pair: pair["distance"])
    upward = comparison.signs[number].startswith(">")
    bound, tested, kind = (
        ("right", "left", left) if right == "constant" else ("left", "right", right)
    )
    band = None
    if "constant" in (left, right) and kind == "measured":
        edge = pairs[0][bound][0]
        low = min(pair[tested][0] for pair in pairs)
        high = max(pair[tested][1] for pair in pairs)
        if 0 <= low <= high <= 1 and 0 < edge < 1:
            band = min(edge, 1 - edge)
        elif upward == (tested == "right") and edge > 0 and low >= 0:
            band = edge
    if band is None:
        band = median(pair["distance"] for pair in pairs)
    return made(comparison, worst, band)


def made(comparison: Comparison, pair: dict[str, Any], band: float) -> Margin:
    """Return the margin of one pair of sides."""
    distance = pair["distance"]
    here = f"{pair['here'][0]:.6g} · {pair['here'][1]:.6g}"
    return Margin(comparison, distance, band, distance / band if band > 0 else 0.0, here)
