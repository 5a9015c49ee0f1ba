"""Hidden first cell of a rewritten page: it notes what asserts compare and shifts seeds.

A test reads this file as text; it runs in the page's own process, not here.
"""

import json as _json
import operator as _operator

import numpy as _np

_SIGNS = {
    "<": _operator.lt,
    "<=": _operator.le,
    ">": _operator.gt,
    ">=": _operator.ge,
    "==": _operator.eq,
    "!=": _operator.ne,
}


class _Recorder:
    def __init__(self, shift):
        self.shift, self.asserts, self.compared = shift, {}, {}

    def sown(self, seed):
        """Return a seed, shifted if it is a whole number or a row of them."""
        if isinstance(seed, (list, tuple)) and seed:
            return [self.sown(seed[0]), *seed[1:]]
        whole = isinstance(seed, (int, _np.integer)) and not isinstance(seed, bool)
        return int(seed) + self.shift if whole else seed

    def note(self, line, held, error=None):
        """Note how an assert ended; one in a loop holds if it holds each time."""
        words = f"{type(error).__name__}: {error}"[:300] if error is not None else ""
        before, said = self.asserts.get(line, (True, ""))
        self.asserts[line] = (before and bool(held), said or words)

    def compare(self, place, signs, values):
        """Compare as Python does, and note how far the values are from the edge."""
        self.measure(place, signs, values)
        for sign, left, right in zip(signs, values, values[1:], strict=False):
            held = _SIGNS[sign](left, right)
            if len(signs) > 1 and not held:
                return held
        return held

    def measure(self, place, signs, values):
        """Note the distances of one comparison, the smallest of all its elements and turns."""
        if any(isinstance(value, (str, bytes, list, tuple, dict, set)) for value in values):
            return
        try:
            numbers = [_np.asarray(value, dtype=float) for value in values]
            pairs = [
                self.pair(sign, *_np.broadcast_arrays(left, right))
                for sign, left, right in zip(signs, numbers, numbers[1:], strict=False)
                if sign in ("<", "<=", ">", ">=")
            ]
            width = float(abs(numbers[-1] - numbers[0]).min())
        except (TypeError, ValueError):
            return
        known = self.compared.get(place)
        if known:
            pairs = [self.nearer(a, b) for a, b in zip(known["pairs"], pairs, strict=True)]
            width = min(width, known["width"])
        self.compared[place] = {"pairs": pairs, "width": width}

    def pair(self, sign, left, right):
        """Return two sides at their nearest, and between what values they lie."""
        distance = right - left if sign.startswith("<") else left - right
        at = _np.argmin(distance)
        extremes = {
            "left": [float(left.min()), float(left.max())],
            "right": [float(right.min()), float(right.max())],
        }
        here = [float(left.ravel()[at]), float(right.ravel()[at])]
        return {"distance": float(distance.ravel()[at]), "here": here, **extremes}

    def nearer(self, a, b):
        """Join two turns of one comparison."""
        nearest = min(a, b, key=lambda pair: pair["distance"])
        ends = {
            side: [min(a[side][0], b[side][0]), max(a[side][1], b[side][1])]
            for side in ("left", "right")
        }
        return nearest | ends

    def taken(self):
        """Return what was noted since the last call, as JSON."""
        said = _json.dumps({"asserts": self.asserts, "compared": self.compared})
        self.asserts, self.compared = {}, {}
        return said
