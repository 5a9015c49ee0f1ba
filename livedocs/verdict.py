"""Say what is wrong with a page that was run: a failure, a figure without words, a stray value."""

import re
from collections.abc import Iterator

from livedocs.fences import Fence
from livedocs.outputs import pictures
from livedocs.pages import Page
from livedocs.problems import Problem
from livedocs.prose import is_plain
from livedocs.results import Failure, Ran

ADDRESS = re.compile(r" at 0x[0-9a-f]{6,}")


def problems_of(page: Page, ran: Ran) -> list[Problem]:
    """Return every problem that only the run of a page could show."""
    if ran.failure:
        return [Problem(page.path, *failed(page, ran.failure))]
    found = []
    for number, fence in enumerate(page.runnable):
        if ran.missing(number):
            continue
        cell = ran.notebook.cells[number]
        found += [(fence.start, text) for text in broken_by_outputs(fence, cell.outputs)]
        values = cell.metadata["livedocs"]["values"]
        for value, text in zip(page.asked(number), values, strict=False):
            if not is_plain(text):
                what = f"문장에는 수나 낱말 하나만 넣습니다. 값이 {text[:40]!r}입니다: "
                found.append((value.line, f"{what}{value.expression}. f-문자열로 꼴을 정하세요."))
    return [Problem(page.path, page.line(line), text) for line, text in found]


def broken_by_outputs(fence: Fence, outputs: list) -> Iterator[str]:
    """Yield the rules that the outputs of a fence break."""
    drawn = pictures(outputs)
    if drawn and "alt" not in fence.values:
        yield '그림에 대체 텍스트가 없습니다. 코드 칸의 첫 줄에 alt="…" 속성을 적으세요.'
    if drawn > 1:
        yield f"한 코드 칸이 그림을 {drawn}장 그렸습니다. 한 장으로 묶거나 칸을 나누세요."
    if not drawn and "alt" in fence.values:
        yield "그림을 그리지 않는 코드 칸에 대체 텍스트가 있습니다. alt를 지우세요."
    for output in outputs:
        text = output.get("text") or output.get("data", {}).get("text/plain", "")
        if ADDRESS.search(text) and not pictures([output]):
            what = "출력에 실행할 때마다 바뀌는 메모리 주소가 있습니다"
            todo = "마지막 줄의 값을 변수에 담거나 필요한 것만 출력하세요."
            yield f"{what}: {text.strip()[:60]}. {todo}"


def failed(page: Page, failure: Failure) -> tuple[int, str]:
    """Say at which line of a page the run ended, and why."""
    fence = page.runnable[failure.cell]
    line = page.line(fence.start)
    what = "확인" if "check" in fence.classes else "코드 칸"
    what += f" ‘{fence.title}’" if fence.title else ""
    if failure.name == "value":
        asked = page.asked(failure.cell)
        if failure.ask < len(asked):
            line = page.line(asked[failure.ask].line)
            return line, f"본문의 값을 구하지 못했습니다: {failure.text}"
        return line, f"대체 텍스트의 값: {failure.text}"
    if failure.name in {"time", "died", "raises"}:
        return line, f"{what}: {failure.text}"
    return line, f"{what} 실패: {failure.name}: {failure.text} ({line + failure.line}행)"
