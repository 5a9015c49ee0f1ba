"""Say which rules for fences a page breaks, before anything is run."""

import ast
import string
import sys
from pathlib import Path

from livedocs.fences import Fence

CLASSES = {"check", "hide", "measured", "norun", "notraining", "raises"}
KEYS = {"title", "hl_lines", "linenums", "of", "alt", "data", "raises", "reason"}
LIBRARIES = {"keras", "numpy", "scipy", "sklearn", "matplotlib", "mpl_toolkits", "pandas"}
CLOCKS = {"time", "timeit"}
MOMENTS = {"now", "utcnow", "today"}
MOST_BYTES_OF_DATA = 20_000  # a data file travels inside notebooks and copied snippets


def broken_rules(fences: list[Fence], data: Path) -> list[tuple[int, str]]:
    """Return (line from 0, text) for every broken rule of a page's Python fences."""
    problems = [(fence.start, text) for fence in fences for text in broken_by(fence, data)]
    hidden = [fence for fence in fences if "hide" in fence.classes]
    problems += [
        (fence.start, "숨긴 코드 칸(.hide)은 한 쪽에 하나까지입니다. 나머지는 보이게 두세요.")
        for fence in hidden[1:]
    ]
    return problems


def broken_by(fence: Fence, data: Path) -> list[str]:
    """Return the rules that one fence breaks, as sentences for its author."""
    found = []
    values, classes = fence.values, fence.classes
    for name in sorted(classes - CLASSES):
        found.append(f"모르는 갈래 .{name}입니다. 쓸 수 있는 것: {listed(CLASSES, '.')}")
    for key in sorted(values.keys() - KEYS):
        found.append(f'모르는 속성 {key}="…"입니다. 쓸 수 있는 것: {listed(KEYS)}')
    if "check" in classes:
        found += broken_by_check(fence)
    elif "of" in values:
        found.append('of="…"는 확인(.check)에만 적습니다.')
    if "norun" in classes and not values.get("reason"):
        found.append('실행하지 않는 코드 칸에는 까닭을 적으세요: {.python .norun reason="…"}')
    if "raises" in classes or values.get("raises") == "":
        found.append('어떤 예외가 나야 하는지 적으세요: {.python raises="ValueError"}')
    if "alt" in values:
        found += broken_by_alt(values["alt"])
    for name in values.get("data", "").split():
        path = data / name
        if not path.resolve().is_relative_to(data.resolve()) or not path.is_file():
            found.append(f"data/에 그런 파일이 없습니다: {name}")
        elif path.stat().st_size > MOST_BYTES_OF_DATA:
            found.append(f"자료 파일은 20 kB까지입니다: {name}({path.stat().st_size:,}바이트)")
    if fence.runs:
        found += broken_by_code(fence)
    return found


def listed(names: set[str], mark: str = "") -> str:
    """Return names as an author reads them: sorted, with commas."""
    return ", ".join(mark + name for name in sorted(names))


def broken_by_check(fence: Fence) -> list[str]:
    """Return the rules for checks that this one breaks."""
    found = []
    if not fence.values.get("title", "").strip():
        found.append('확인에는 주장 한 문장을 적으세요: {.python .check title="…"}')
    if len(fence.values.get("of", "").split()) > 3:
        found.append("확인 하나는 개념을 셋까지만 듭니다. 확인을 나누세요.")
    if {"hide", "norun"} & fence.classes or "raises" in fence.values:
        found.append("확인은 숨기거나, 건너뛰거나, 예외를 기다릴 수 없습니다.")
    if not asserts(fence.code):
        found.append("확인에 assert가 없습니다.")
    return found


def broken_by_alt(alt: str) -> list[str]:
    """Return the rules for alternative texts that this one breaks."""
    try:
        parts = list(string.Formatter().parse(alt))
    except ValueError:
        parts = [("", "", "", None)]
    literals = "".join(text for text, *_ in parts)
    if any(name == "" for _, name, *_ in parts):
        return ["대체 텍스트의 중괄호가 맞지 않습니다. 값은 {이름:.0f}처럼 적으세요."]
    if not 15 <= len(alt) <= 200:
        return [f"대체 텍스트는 15자에서 200자까지입니다(지금 {len(alt)}자)."]
    if not any("가" <= letter <= "힣" for letter in literals):
        return ["대체 텍스트는 우리말로, 무엇을 그렸고 무엇이 보이는지 적으세요."]
    return []


def broken_by_code(fence: Fence) -> list[str]:
    """Return the rules that the code of a fence breaks; code that cannot be parsed breaks none.

    A syntax error is reported by the run, as any other exception, with its own line.
    """
    try:
        tree = ast.parse(fence.code)
    except (SyntaxError, ValueError):
        return []
    modules = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules.add("." * node.level + (node.module or "").partition(".")[0])
    found = [
        f"쓸 수 없는 꾸러미 {name}입니다. 쓸 수 있는 것: 표준 라이브러리, {listed(LIBRARIES)}"
        for name in sorted(modules - LIBRARIES - set(sys.stdlib_module_names))
    ]
    if reads_clock(tree) and "measured" not in fence.classes:
        found.append("시계를 읽는 코드 칸에는 .measured를 적으세요: {.python .measured}")
    return found


def asserts(code: str) -> bool:
    """Whether code asserts anything; code that cannot be parsed is left to the run."""
    try:
        return any(isinstance(node, ast.Assert) for node in ast.walk(ast.parse(code)))
    except (SyntaxError, ValueError):
        return True


def reads_clock(tree: ast.AST) -> bool:
    """Whether code calls a clock: `time.…()`, `perf_counter()`, `timeit.…()`, `….now()`."""
    modules, functions = set(CLOCKS), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules |= {a.asname for a in node.names if a.name in CLOCKS and a.asname}
        elif isinstance(node, ast.ImportFrom) and node.module in CLOCKS:
            functions |= {a.asname or a.name for a in node.names} - {"sleep"}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=module), attr=name)) if (
                module in modules and name != "sleep"
            ):
                return True
            case ast.Call(func=ast.Name(id=name)) if name in functions:
                return True
            case ast.Call(func=ast.Attribute(attr=name)) if name in MOMENTS:
                return True
    return False
