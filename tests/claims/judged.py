"""What runs under shifted seeds say of a page: a table to read, and what must be mended."""

import ast
from typing import Any

from claims.margins import LEAST, Margin, margin
from claims.rewritten import Rewritten, is_training, parsed
from claims.seeds import Noted
from livedocs.fences import Fence
from livedocs.pages import Page


def faults(made: Rewritten, runs: list[Noted]) -> list[str]:
    """Return what is wrong with a page, each with its line."""
    page = made.page
    found = [f"{run.name}: {run.failure}" for run in runs if run.failure]
    for run in runs:
        for number, check in run.checks.items():
            fence = page.runnable[int(number)]
            for line, (held, error) in check["asserts"].items():
                if not held:
                    at = place(page, fence, int(line))
                    why = error or code_at(fence.code, int(line))
                    found.append(f"{at}: 확인 ‘{fence.values['title']}’ 실패({run.name}): {why}")
    found += unreached(page, runs)
    if sum(bool(run.checks) for run in runs) > 1:
        found += [
            f"{where(made, number)}: 여유가 띠의 {LEAST:.0%}보다 작습니다. {row(worst)}. "
            "띠를 넓히는 대신 쪽의 효과를 더 뚜렷하게 하거나, 주장을 결과에 맞게 낮추세요."
            for number, worst in margins(made, runs)
            if worst.share < LEAST
        ]
    if is_training(page) and comparable(runs) and not moved(runs):
        found.append(
            f"{page.path}:1: 훈련이 있는데 시드를 옮겨도 출력이 하나도 달라지지 않습니다. "
            "시드가 keras.utils.set_random_seed로 주어지는지, 훈련이 출력에 쓰이는지 살펴보세요."
        )
    return found


def unreached(page: Page, runs: list[Noted]) -> list[str]:
    """Return the asserts that no run came to: those in a loop over nothing."""
    found = []
    for number, fence in enumerate(page.runnable):
        checks = [run.checks[str(number)] for run in runs if str(number) in run.checks]
        tree = parsed(fence)
        if not checks or not tree:
            continue
        reached = {int(line) for check in checks for line in check["asserts"]}
        found += [
            f"{place(page, fence, node.lineno)}: 한 번도 실행되지 않은 assert입니다."
            for node in ast.walk(tree)
            if isinstance(node, ast.Assert) and node.lineno not in reached
        ]
    return found


def code_at(code: str, line: int) -> str:
    return code.split("\n")[line - 1].strip()


def place(page: Page, fence: Fence, line: int) -> str:
    """Return path and line of a line of a fence, counted from 1."""
    return f"{page.path}:{page.line(fence.start) + line}"


def where(made: Rewritten, number: int) -> str:
    """Return path and line of a comparison's assert."""
    fence = made.page.runnable[made.checks[number]]
    return place(made.page, fence, made.comparisons[number].line)


def margins(made: Rewritten, runs: list[Noted]) -> list[tuple[int, Margin]]:
    """Return the worst margin of each comparison that has one, with the comparison's number."""
    found = []
    for number, comparison in enumerate(made.comparisons):
        check = str(made.checks[number])
        measured: list[dict[str, Any]] = [
            noted
            for run in runs
            if (noted := run.checks.get(check, {}).get("compared", {}).get(str(number)))
        ]
        if worst := margin(comparison, measured):
            found.append((number, worst))
    return found


def comparable(runs: list[Noted]) -> bool:
    """Whether one backend ran with two seeds; a build's own are those that are shifted by none."""
    ran = {(run.backend, max(run.seed, 0)) for run in runs}
    return len(ran) > len({backend for backend, _ in ran})


def moved(runs: list[Noted]) -> set[int]:
    """Return the fences whose outputs are not the same under all seeds of a backend."""
    return {
        int(number)
        for run in runs
        for other in runs
        if run.backend == other.backend
        for number in run.outputs
        if run.outputs[number] != other.outputs.get(number)
    }


def row(worst: Margin) -> str:
    return (
        f"{worst.share:5.0%}  {worst.comparison.source}  "
        f"(가장 나쁠 때 {worst.here}, 거리 {worst.distance:.3g}, 띠 {worst.band:.3g})"
    )


def table(made: Rewritten, runs: list[Noted]) -> list[str]:
    """Return the lines that are printed for a page."""
    page: Page = made.page
    lines = [f"{page.path}  {', '.join(run.name for run in runs)}"]
    if comparable(runs):
        all_fences = {number for run in runs for number in run.outputs}
        places = ", ".join(f"{page.line(page.runnable[n].start)}행" for n in sorted(moved(runs)))
        lines.append(f"  움직인 출력 {len(moved(runs))}/{len(all_fences)}칸: {places or '없음'}")
    for number, worst in margins(made, runs):
        lines.append(f"  {where(made, number).rpartition(':')[2]:>4}행 {row(worst)}")
    return lines
