"""The engine keeps the form that CONTRIBUTING promises: small files, one direction, clean."""

import ast
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from conftest import ENGINE, ROOT

# A module imports only what stands before it.
ORDER = (
    "problems project notebook skeleton fences prose rules pages devices environment variables "
    "cache archive progress capture figures shell cell ending worker guest child loaded warm "
    "warmth process results elsewhere run job arrival crew harmless outputs verdict waiting book "
    "cluster behind shown material extension report site whole server drawings hook doctest "
    "status __main__"
).split()
MODULES = sorted(path for path in ENGINE.glob("*.py") if path.name != "__init__.py")
READING_ORDER = (
    "bibliography pages terms facts citations notes concepts glossary lists machine minutes "
    "citation listings tables resolve mathematics examples guests plain datafile export "
    "takeaway viewer repository cards sharing purged sheets sections excerpt gist wording worker "
    "search lost published interface exercises reporting hook __main__"
).split()
READING = sorted(path for path in (ROOT / "reading").glob("*.py") if path.name != "__init__.py")
MOST_LINES = 150
# Split, so that this file is not found by itself.
PLACES = re.compile(
    "|".join(
        [
            r"/wor[k]/(?:main|shared)",
            r"/roo[t]/",
            r"/hom[e]/\w",
            r"/User[s]/\w",
            r"pyp[i]\.org",
            r"pythonhoste[d]\.org",
            r"index-ur[l]",
            r"trusted-hos[t]",
        ]
    )
)


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)


def imported(path: Path, package: str = "livedocs") -> set[str]:
    """Return the modules of a package that a module imports, at its top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == package:
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{package}."):
            found.add((node.module or "").split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith(f"{package}.")}
    return found


def test_every_module_has_its_place_in_the_order() -> None:
    assert sorted(ORDER) == [path.stem for path in MODULES]


@pytest.mark.parametrize("path", MODULES, ids=[path.stem for path in MODULES])
def test_imports_go_one_way(path: Path) -> None:
    before = set(ORDER[: ORDER.index(path.stem)])
    assert imported(path) - before == set()


def test_what_serves_readers_imports_one_way_and_only_the_command_line_imports_it() -> None:
    assert sorted(READING_ORDER) == [path.stem for path in READING]
    for path in READING:
        before = set(READING_ORDER[: READING_ORDER.index(path.stem)])
        assert imported(path, "reading") - before == set(), path
    assert [path.stem for path in MODULES if imported(path, "reading")] == ["__main__"]


@pytest.mark.parametrize("path", MODULES + READING, ids=[path.stem for path in MODULES + READING])
def test_a_file_is_one_noun_and_not_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_ruff_finds_nothing() -> None:
    done = run(sys.executable, "-m", "ruff", "check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout


def test_the_code_is_formatted() -> None:
    done = run(sys.executable, "-m", "ruff", "format", "--no-cache", "--check", "livedocs", "tests")
    assert done.returncode == 0, done.stdout


def test_types_are_right() -> None:
    kept = Path(tempfile.gettempdir()) / "livedocs-mypy"  # the checkout stays clean
    done = run(sys.executable, "-m", "mypy", "--cache-dir", str(kept))
    assert done.returncode == 0, done.stdout


def tracked() -> list[str]:
    done = run("git", "ls-files")
    if done.returncode:
        pytest.skip("git이 없거나 git 저장소가 아닙니다.")
    return done.stdout.splitlines()


def test_no_tracked_file_names_a_registry_or_a_place_on_one_machine() -> None:
    found = []
    for name in tracked():
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        found += [f"{name}: {place[0]}" for place in PLACES.finditer(text)]
    assert found == []


def test_every_dependency_is_pinned() -> None:
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pinned = {
        re.split(r"==", line)[0].lower().replace("_", "-")
        for line in pins.splitlines()
        if re.fullmatch(r"[\w.-]+==[\w.+!-]+(?: *;.*)?", line)
    }
    rest = [
        line for line in pins.splitlines() if line and not line.startswith("#") and "==" not in line
    ]
    assert rest == []
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = set(re.findall(r'^    "([\w-]+)",$', text, re.MULTILINE))
    assert wanted
    assert {name.lower().replace("_", "-") for name in wanted} - pinned == set()
