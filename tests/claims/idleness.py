"""Say which asserts do not notice that a page's models were never trained."""

import ast
from typing import Any

from claims.rewritten import parsed
from livedocs.fences import Fence
from livedocs.pages import Page

MARK = "# 훈련과 무관"


def idle_asserts(page: Page, noted: dict[int, dict[str, Any]]) -> list[str]:
    """Return what is wrong with the checks of a page that ran untrained, each with its line.

    Args:
        page: the page as its author wrote it.
        noted: what each check noted, by the number of its fence.
    """
    found = []
    for number, check in noted.items():
        fence = page.runnable[number]
        for line, (held, _) in check["asserts"].items():
            where = f"{page.path}:{page.line(fence.start) + int(line)}"
            excused = "notraining" in fence.classes or is_marked(fence, int(line))
            if held and not excused:
                found.append(
                    f"{where}: 훈련을 건너뛰어도 통과하는 assert입니다. 훈련이 만든 값과 견주세요. "
                    f"훈련과 상관없으면 확인에 .notraining을 적거나 줄 끝에 ‘{MARK}’를 적으세요."
                )
            if excused and not held:
                found.append(
                    f"{where}: 훈련과 상관없다고 적었지만 훈련을 건너뛰면 실패합니다. "
                    f".notraining이나 ‘{MARK}’를 지우세요."
                )
    return found


def is_marked(fence: Fence, line: int) -> bool:
    """Whether the assert that begins at a line of a fence says that it is not about training."""
    tree = parsed(fence)
    ends = {n.lineno: n.end_lineno for n in ast.walk(tree) if isinstance(n, ast.Assert)}
    last = fence.code.split("\n")[ends[line] - 1]
    return last.rstrip().endswith(MARK)
