"""Find the numbers in a page's prose that nobody measured, sourced or declared fixed."""

import ast
import re
from collections.abc import Iterator

from claims.rewritten import parsed
from livedocs.fences import Fence, find_fences
from livedocs.pages import Page
from livedocs.prose import SPAN

MOST_FIXED = 5
FIXED = "{fixed}"
NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.,/])(?<![A-Za-z]-)\d[\d,]*(?:\.\d+(?![\d.])|(?=\s?(?:%|％|퍼센트|프로\b)))(?:\s?(?:%|％|퍼센트))?"
)
PERCENT = re.compile(r"%|％|퍼센트")
CITED = re.compile(r"\[@[\w:;@ .,-]+\]")
# What is no prose: formulas, addresses, attributes, tags, comments.
OTHER = re.compile(
    r"\$\$.*?\$\$|\$[^$\n]+\$|\]\([^)]*\)|<[^>]*>|https?://\S+|\{[ :]*[#.][^}]*\}|\{\s*\w+=[^}]*\}",
    re.DOTALL,
)
# A number of a chapter or of a version is a name.
NAMES = re.compile(
    r"(?:(?:^|(?<=[\[‘“#:]))[ #*\-\"']*1\.[1-3](?=[ .:’])|1\.[1-3](?=절|-\d)"
    r"|(?:Python|파이썬|Keras|TensorFlow|JAX|NumPy|scikit-learn|Material|MkDocs|CUDA|GPT|OFL|"
    r"CC BY(?:-SA)?)[ -]?\d+\.\d+(?:(?:, ?|·| 또는 |과 |와 )\d+\.\d+)*)"
)
BEGINS_ANEW = re.compile(r"\s*(?:[-*+] |\d+\. |\||#|!!!|\?\?\?|===|>|$)")
SENTENCE_ENDS = re.compile(r"(?<=[.?!])[”’\"')*]*\s+(?!\[@)")


def unfounded(page: Page) -> list[str]:
    """Return what is wrong with the numbers of a page, each with its line."""
    found, fixed = [], 0
    for line, text in passages(page):
        fixed += text.count(f"`{FIXED}")
        for sentence in SENTENCE_ENDS.split(plain(text)):
            if CITED.search(sentence):
                continue
            found += [
                f"{page.path}:{line}: 손으로 적은 수 ‘{number}’입니다. 쪽의 코드로 잰 값이면 "
                '`{python} f"…"`로, 자료에서 왔으면 [@키]로, 뜻으로 정한 수이면 '
                "`{fixed} …`로 적으세요."
                for number in numbers(sentence)
            ]
    if fixed > MOST_FIXED:
        found.append(
            f"{page.path}:1: {{fixed}}는 한 쪽에 {MOST_FIXED}개까지입니다(지금 {fixed}개). "
            "코드에서 온 수는 `{python} …`로 놓으세요."
        )
    return found + titled(page)


def passages(page: Page) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of every paragraph, row, title and alternative text of a page."""
    for name in ("title", "description"):
        yield 1, str(page.meta.get(name, ""))
    fences = find_fences(page.lines)
    inside = {n for fence in fences for n in range(fence.start, fence.end + 1)}
    start, text = 0, ""
    for number, line in enumerate([*page.lines, ""]):
        if number in inside or BEGINS_ANEW.match(line):
            if text:
                yield page.line(start), text
            start, text = number, "" if number in inside else line
        else:
            start, text = (start, f"{text} {line}") if text.strip() else (number, line)
    for fence in page.fences:
        for name in ("alt", "title") if "check" not in fence.classes else ("alt",):
            text = re.sub(r"\{[^}]*\}", "", fence.values.get(name, ""))
            for quoted in re.findall(r"\d+\.\d+", fence.code):  # 학습률 0.5: the program's own
                text = re.sub(rf"(?<![\d.]){re.escape(quoted)}(?![\d.%])", "", text)
            yield page.line(fence.start), text


def plain(text: str) -> str:
    """Return prose without code spans, formulas, addresses and names that hold a number."""
    return NAMES.sub(" ", OTHER.sub(" ", SPAN.sub(" ", text)))


def numbers(text: str) -> list[str]:
    """Return the numbers with a decimal point or a percent sign."""
    return [found[0].strip() for found in NUMBER.finditer(text)]


def titled(page: Page) -> list[str]:
    """Return the numbers in titles of checks that neither the asserts nor the code above hold.

    The code above counts for a setting (학습률 0.5), never for a percentage: that is a claim.
    """
    found: list[str] = []
    above: set[float] = set()
    for fence in page.runnable:
        if "check" not in fence.classes:
            above = literals(fence)
            continue
        found += [
            f"{page.path}:{page.line(fence.start)}: 제목의 수 ‘{number}’가 assert에 없습니다. "
            "제목은 assert가 말하는 것만 말해야 합니다."
            for number in numbers(fence.values["title"])
            if not is_held(number, literals(fence))
            and (PERCENT.search(number) or not is_held(number, above))
        ]
    return found


def literals(fence: Fence) -> set[float]:
    """Return the numbers that stand in the code of a fence."""
    return {
        float(node.value)
        for node in ast.walk(parsed(fence) or ast.Module([], []))
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    }


def is_held(number: str, held: set[float]) -> bool:
    """Whether a number, or its hundredth if it is a percentage, is among those of the asserts."""
    value = float(re.sub(r"[^\d.]", "", number))
    wanted = value / 100 if PERCENT.search(number) else value
    return any(abs(each - wanted) < 1e-9 or abs(1 - each - wanted) < 1e-9 for each in held)
