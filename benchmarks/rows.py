"""The table's rows: medians of what was measured go in; ours, theirs, ratio, goal come out."""

from collections.abc import Mapping
from dataclasses import dataclass

At = Mapping[str, float]
"""Medians by the name of what was measured."""

PLAIN = "엔진을 끈 같은 사이트"
PER_PAGE = "한 쪽에 드는 엔진의 시간"
# Name, work and rival as readers see them, ours, theirs, goal, unit.
ROWS: tuple[tuple[str, str, str, str, str, float | None, str], ...] = (
    ("cold/in_turn", "첫 빌드", "python page.py, 하나씩", "cold.ours", "cold.in_turn", 0.36, "초"),
    ("cold/two", "첫 빌드", "python page.py, 둘씩", "cold.ours", "cold.two_at_a_time", 0.62, "초"),
    ("cold/gallery", "첫 빌드", "sphinx-gallery, 둘씩", "cold.ours", "cold.gallery", 0.75, "초"),
    ("cold/jupyter", "첫 빌드", "mkdocs-jupyter", "cold.ours", "cold.mkdocs_jupyter", 0.30, "초"),
    ("cold/myst", "첫 빌드", "MyST-NB, jupyter-cache", "cold.ours", "cold.myst", 0.30, "초"),
    ("cold/myst_two", "첫 빌드", "MyST-NB, 둘씩", "cold.ours", "cold.myst_two", None, "초"),
    ("cold/bound", "첫 빌드", "계산만의 한계", "cold.ours", "bound.seconds", 1.35, "초"),
    ("warm/nothing", "바뀐 것 없이 다시 빌드", PLAIN, "warm.on", "warm.off", 1.15, "초"),
    ("warm/word", "글 한 낱말을 고치고 빌드", PLAIN, "word.on", "warm.off", 1.15, "초"),
    (
        "warm/frameworks",
        "그때 불러온 프레임워크",
        "TensorFlow와 JAX",
        "warm.frameworks",
        "two",
        0.0,
        "개",
    ),
    (
        "serve/fence",
        "serve에서 코드 한 칸 고침",
        "그 쪽의 계산과 새로 고침",
        "serve.fence",
        "serve.fence_limit",
        1.3,
        "초",
    ),
    (
        "build/fence",
        "코드 한 칸을 고치고 빌드",
        "python page.py와 1초",
        "fence.build",
        "fence.limit",
        1.0,
        "초",
    ),
    ("serve/word", "serve에서 글 한 낱말 고침", PLAIN, "serve.word", "serve.plain", None, "초"),
    ("scale/tenfold", PER_PAGE + ", 열 배", "처음의 쪽 수일 때", "per.1", "per.0", 1.2, "밀리초"),
    ("scale/hundredfold", PER_PAGE + ", 백 배", "열 배일 때", "per.2", "per.1", 1.2, "밀리초"),
    ("scale/share", "쪽이 백 배일 때의 엔진", "빌드 전체", "engine.2", "scale.2.on", 0.05, "초"),
    (
        "memory/two",
        "두 쪽씩 실행할 때의 메모리",
        "python page.py 하나",
        "memory.two",
        "memory.program",
        1.3,
        "MB",
    ),
    (
        "memory/three",
        "세 쪽씩 실행할 때의 메모리",
        "한도",
        "memory.three",
        "memory.limit",
        1.0,
        "MB",
    ),
    (
        "chapter/cold",
        "이 책의 첫 빌드",
        "쪽마다 python page.py",
        "chapter.cold",
        "chapter.in_turn",
        0.36,
        "초",
    ),
    ("chapter/warm", "이 책을 다시 빌드", PLAIN, "chapter.warm", "chapter.off", 1.15, "초"),
    ("anatomy/compute", "견본 한 쪽의 계산", "", "fence.compute", "", None, "초"),
    ("anatomy/import", "Keras를 불러오기", "", "anatomy.import", "", None, "초"),
    ("anatomy/page", "한 쪽의 시작과 끝", "", "anatomy.page", "", None, "초"),
    ("anatomy/cell", "코드 한 칸", "", "anatomy.cell", "", None, "초"),
    ("anatomy/render", "한 쪽을 그리기", "", "anatomy.render", "", None, "초"),
)


@dataclass(frozen=True)
class Row:
    """One row of the table, with the words that readers see."""

    name: str
    work: str
    rival: str
    ours: float
    other: float | None
    """What `ours` is divided by; None where there is nothing to compare with."""
    goal: float | None
    """The ratio must not be greater; a row without a goal is there to be read."""
    unit: str

    @property
    def ratio(self) -> float | None:
        """Ours divided by theirs: smaller is better."""
        return self.ours / self.other if self.other else None

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if self.goal is None or self.ratio is None:
            return None
        return self.ratio <= self.goal


def rows(at: At) -> list[Row]:
    """Return the rows for which everything was measured."""
    known = {**at, **derived(at)}
    return [
        Row(name, work, rival, known[ours], known.get(other), goal, unit)
        for name, work, rival, ours, other, goal, unit in ROWS
        if ours in known and (not other or other in known)
    ]


def derived(at: At) -> dict[str, float]:
    """Return what is computed from several measurements."""
    found = {"two": 2.0, "memory.limit": 900.0}
    if {"fence.compute", "serve.plain"} <= at.keys():
        found["serve.fence_limit"] = at["fence.compute"] + at["serve.plain"]
    if "fence.program" in at:
        found["fence.limit"] = at["fence.program"] + 1
    for step in range(3):
        if {f"scale.{step}.on", f"scale.{step}.pages"} <= at.keys():
            found[f"engine.{step}"] = at[f"scale.{step}.on"] - at[f"scale.{step}.off"]
            per_page = found[f"engine.{step}"] / at[f"scale.{step}.pages"]
            found[f"per.{step}"] = 1000 * per_page
    if {"scale.0.off", "scale.1.off"} <= at.keys():
        more = at["scale.1.pages"] - at["scale.0.pages"]
        found["anatomy.render"] = (at["scale.1.off"] - at["scale.0.off"]) / more
    return found
