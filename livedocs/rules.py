"""Say which rules for fences a page breaks, before anything is run."""

import ast
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from livedocs.fences import Fence

CLASSES = {"check", "hide", "measured", "norun", "notraining", "raises"}
KEYS = set("title hl_lines linenums of alt data raises reason backend".split())
BACKENDS = {"tensorflow", "jax", "torch"}
LIBRARIES = {"keras", "numpy", "scipy", "sklearn", "matplotlib", "mpl_toolkits", "pandas"}
CLOCKS = {"time", "timeit"}
MOMENTS = {"now", "utcnow", "today"}
TELLING = ("assert", "import", "time", *MOMENTS)  # code without these need not be parsed
MOST_BYTES_OF_DATA = 20_000  # a data file travels inside notebooks and copied snippets


def broken_rules(
    fences: list[Fence], data: Path, also: frozenset[str] = frozenset()
) -> list[tuple[int, str]]:
    """Return (line from 0, text) for every broken rule of a page's Python fences.

    Args:
        fences: the Python fences.
        data: the folder that `data="…"` attributes are relative to.
        also: packages that may be imported besides `LIBRARIES`: a program's own backend.
    """
    problems = [(fence.start, text) for fence in fences for text in broken_by(fence, data, also)]
    hidden = [fence for fence in fences if "hide" in fence.classes]
    problems += [
        (fence.start, "숨긴 코드 칸(.hide)은 한 쪽에 하나까지입니다. 나머지는 보이게 두세요.")
        for fence in hidden[1:]
    ]
    return problems


def broken_by(fence: Fence, data: Path, also: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the rules that one fence breaks, as sentences for its author."""
    values, classes = fence.values, fence.classes
    nodes = parsed(fence.code) if any(word in fence.code for word in TELLING) else []
    for name in sorted(classes - CLASSES):
        yield f"모르는 갈래 .{name}입니다. 쓸 수 있는 것: {listed(CLASSES, '.')}"
    for key in sorted(values.keys() - KEYS):
        yield f'모르는 속성 {key}="…"입니다. 쓸 수 있는 것: {listed(KEYS)}'
    if "check" in classes:
        yield from broken_by_check(fence, nodes)
    elif "of" in values:
        yield 'of="…"는 확인(.check)에만 적습니다.'
    if "norun" in classes and not values.get("reason"):
        yield '실행하지 않는 코드 칸에는 까닭을 적으세요: {.python .norun reason="…"}'
    if "raises" in classes or values.get("raises") == "":
        yield '어떤 예외가 나야 하는지 적으세요: {.python raises="ValueError"}'
    if values.get("backend", "jax") not in BACKENDS:
        yield f"모르는 백엔드 {values['backend']}입니다. 쓸 수 있는 것: {listed(BACKENDS)}"
    if "alt" in values:
        yield from broken_by_alt(values["alt"])
    for name in fence.data:
        path = data / name
        if not path.resolve().is_relative_to(data.resolve()) or not path.is_file():
            yield f"data/에 그런 파일이 없습니다: {name}"
        elif path.stat().st_size > MOST_BYTES_OF_DATA:
            yield f"자료 파일은 20 kB까지입니다: {name}({path.stat().st_size:,}바이트)"
    if fence.runs:
        yield from broken_by_code(fence, nodes, LIBRARIES | also)


def listed(names: set[str], mark: str = "") -> str:
    """Return names as an author reads them: sorted, with commas."""
    return ", ".join(mark + name for name in sorted(names))


def broken_by_check(fence: Fence, nodes: list[ast.AST]) -> Iterator[str]:
    """Yield the rules for checks that this one breaks."""
    if not fence.title.strip():
        yield '확인에는 주장 한 문장을 적으세요: {.python .check title="…"}'
    if len(fence.concepts) > 3:
        yield "확인 하나는 개념을 셋까지만 듭니다. 확인을 나누세요."
    if {"hide", "norun"} & fence.classes or "raises" in fence.values:
        yield "확인은 숨기거나, 건너뛰거나, 예외를 기다릴 수 없습니다."
    if "assert" not in fence.code or (nodes and not any(isinstance(n, ast.Assert) for n in nodes)):
        yield "확인에 assert가 없습니다."


def broken_by_alt(alt: str) -> Iterator[str]:
    """Yield the first rule for alternative texts that this one breaks."""
    try:
        parts = list(string.Formatter().parse(alt))
    except ValueError:
        parts = [("", "", "", None)]
    if any(name == "" for _, name, *_ in parts):
        yield "대체 텍스트의 중괄호가 맞지 않습니다. 값은 {이름:.0f}처럼 적으세요."
    elif not 15 <= len(alt) <= 200:
        yield f"대체 텍스트는 15자에서 200자까지입니다(지금 {len(alt)}자)."
    elif not any("가" <= letter <= "힣" for text, *_ in parts for letter in text):
        yield "대체 텍스트는 우리말로, 무엇을 그렸고 무엇이 보이는지 적으세요."


def broken_by_code(fence: Fence, nodes: list[ast.AST], libraries: set[str]) -> Iterator[str]:
    """Yield the rules that the code of a fence breaks."""
    modules = {"." if name[0] == "." else name.partition(".")[0] for name in imports(nodes)}
    for name in sorted(modules - libraries - set(sys.stdlib_module_names)):
        yield f"쓸 수 없는 패키지 {name}입니다. 쓸 수 있는 것: 표준 라이브러리, {listed(libraries)}"
    if reads_clock(nodes) and "measured" not in fence.classes:
        yield "시계를 읽는 코드 칸에는 .measured를 적으세요: {.python .measured}"


def parsed(code: str) -> list[ast.AST]:
    """Return all nodes of a piece of code; none if it cannot be parsed.

    A syntax error is reported by the run, as any other exception, with its own line.
    """
    try:
        return list(ast.walk(ast.parse(code)))
    except (SyntaxError, ValueError):
        return []


def imports(nodes: list[ast.AST]) -> set[str]:
    """Return the modules that a piece of code imports, relative ones with their points."""
    found = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
    return found


def reads_clock(nodes: list[ast.AST]) -> bool:
    """Whether code calls a clock: `time.…()`, `perf_counter()`, `timeit.…()`, `….now()`."""
    modules, functions = set(CLOCKS), set()
    for node in nodes:
        if isinstance(node, ast.Import):
            modules |= {a.asname for a in node.names if a.name in CLOCKS and a.asname}
        elif isinstance(node, ast.ImportFrom) and node.module in CLOCKS:
            functions |= {a.asname or a.name for a in node.names} - {"sleep"}
    for node in nodes:
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
