"""Learn from questions which page each means: `python -m benchmarks.search.learn SITE`.

What is learned is a weight, 0 or more, for each piece of a question (a stem, or two neighbouring
syllables of a long word) and each page. A page's logit is FOUND · log(1 + its score by its text)
plus the weights of the question's pieces; a further logit, NOTHING, stands for "no page". The
weights maximize the likelihood that one of the right pages is meant (multinomial logistic
regression with several right answers), with a penalty on their sum that leaves most at 0, and are
rounded to whole numbers. They go to `data/asked.csv`, which the index of the search takes up.

The text's scores and the pieces come from the search's own scripts, run in Chromium.
"""

import csv
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import sync_playwright
from scipy.optimize import Bounds, minimize
from scipy.sparse import csr_array
from scipy.special import logsumexp, softmax

from benchmarks import looking
from benchmarks.search.queries import taught
from livedocs.project import find_project
from reading import search, worker

FOUND, NOTHING = 2.4, 4.5
"""What `reading/assets/answer.js` has too."""
PENALTY, SELDOM = 0.78, 2
"""On the sum of the weights; pieces of fewer questions are not learned."""
ABSENT_COUNTS = 2.0
"""How much a question counts that is about nothing in the book; there are fewer of them."""
ALSO = 0.5
"""How much a page counts that is right too, where the first concept's page counts 1."""
ASK = """([index, queries]) => {
  const nothing = Object.fromEntries(Object.keys(index.questions).map((url) => [url, "|"]));
  setup({ ...index, questions: nothing });
  return queries.map((query) => [
    [...pieces(query)], [...matched(query).scores].map(([page, score]) => [page.url, score]),
  ]);
}"""


@dataclass(frozen=True)
class Question:
    """One question as the search sees it."""

    pieces: list[str]
    scores: dict[str, float]
    """By its text, of each page that has any."""
    right: dict[str, float]
    """What the right pages count; none if it is about nothing in the book."""


def read_questions(files: list[Path], site: Path) -> list[Question]:
    """Return the questions of files, asked on a built site."""
    pages = taught(site)
    rows = [
        row for file in files for row in csv.DictReader(file.open(encoding="utf-8", newline=""))
    ]
    right = []
    for row in rows:
        ids = row["concepts"].split()
        counts = {page: ALSO for id in ids for page in pages.get(id, ())}
        right.append(counts | dict.fromkeys(pages.get(ids[0] if ids else "", ()), 1.0))
    index = json.loads((site / search.INDEX).read_text(encoding="utf-8"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=looking.browser(), args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.add_script_tag(content=worker.script(*worker.PARTS))
        seen = page.evaluate(ASK, [index, [row["query"] for row in rows]])
        browser.close()
    return [
        Question(pieces, dict(scores), counts)
        for row, (pieces, scores), counts in zip(rows, seen, right, strict=True)
        if counts or not row["concepts"]
    ]


def learn(questions: list[Question], pages: list[str]) -> dict[str, dict[str, int]]:
    """Return the weights by page and piece."""
    known = learnable([question.pieces for question in questions if question.right])
    column = {piece: at for at, piece in enumerate(known)}
    pairs = [
        (row, column[piece])
        for row, question in enumerate(questions)
        for piece in question.pieces
        if piece in column
    ]
    rows, columns = np.array(pairs).T
    inside = csr_array((np.ones(len(pairs)), (rows, columns)), (len(questions), len(known)))
    base = np.array([[q.scores.get(page, 0) for page in pages] for q in questions])
    base = np.hstack([FOUND * np.log1p(base), np.full((len(questions), 1), NOTHING)])
    wanted = [[q.right.get(page, 0) for page in pages] + [not q.right] for q in questions]
    right = np.array(wanted, float)
    shape = len(known), len(pages)
    met = (inside.T @ right[:, :-1]) > 0  # a piece says nothing for a page that no question means

    count = np.array([1.0 if q.right else ABSENT_COUNTS for q in questions])

    def cost(flat: Any) -> tuple[float, Any]:
        weights = flat.reshape(shape)
        logits = base.copy()
        logits[:, :-1] += inside @ weights
        with np.errstate(divide="ignore"):
            logits_right = logits + np.log(right)
        value = count @ (logsumexp(logits, 1) - logsumexp(logits_right, 1))
        slope = count[:, None] * (softmax(logits, 1) - softmax(logits_right, 1))[:, :-1]
        slope = inside.T @ slope + PENALTY
        return value + PENALTY * flat.sum(), slope.ravel()

    bounds = Bounds(0, np.where(met.ravel(), np.inf, 0))
    start = np.zeros(met.size)
    best = minimize(
        cost, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 150}
    )
    weights = np.rint(best.x.reshape(shape)).astype(int)
    return {
        page: {known[at]: int(weights[at, n]) for at in np.flatnonzero(weights[:, n])}
        for n, page in enumerate(pages)
    }


def learnable(questions: list[list[str]]) -> list[str]:
    """Return the pieces that weights are learned for, in the order in which they occur.

    Those are the pieces of several questions, and the words that are a question by themselves. Two
    syllables of one long word only say no more than the word, from which it is also found when a
    letter is wrong or missing.
    """
    number = Counter(piece for pieces in questions for piece in pieces)
    within: dict[str, set[str]] = {}
    for pieces in questions:
        for piece in pieces:
            longer = [word for word in pieces if piece in word and piece != word]
            within.setdefault(piece, set()).update(longer or [piece])
    alone = {pieces[0] for pieces in questions if pieces and all(p in pieces[0] for p in pieces)}
    return [
        piece
        for piece, count in number.items()
        if (count >= SELDOM or piece in alone)
        and (piece in within[piece] or len(within[piece]) > 1)
    ]


def write(weights: dict[str, dict[str, int]], paths: dict[str, str], file: Path) -> None:
    """Write weights as `reading.wording.read_asked` reads them: the pieces of a weight in a row."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        out = csv.writer(opened, lineterminator="\n")
        out.writerow(["page", "weight", "pieces"])
        for page, path in sorted(paths.items(), key=lambda item: item[1]):
            for weight in sorted(set(weights[page].values())):
                same = sorted(piece for piece, each in weights[page].items() if each == weight)
                out.writerow([path, weight, " ".join(same)])


def main() -> None:
    """Learn from `data/questions.csv` and from further files that are named."""
    site, data = Path(sys.argv[1]), find_project().data
    report = json.loads((site / "livedocs.json").read_text(encoding="utf-8"))["pages"]
    paths = {
        page["url"]: page["source"].removeprefix("docs/") for page in report if page["concepts"]
    }
    files = [data / "questions.csv", *map(Path, sys.argv[2:])]
    weights = learn(read_questions(files, site), list(paths))
    write(weights, paths, data / "asked.csv")
    print(sum(map(len, weights.values())), "weights")


if __name__ == "__main__":
    main()
