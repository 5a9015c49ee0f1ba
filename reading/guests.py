"""Carry fences of other backends into a notebook or a program, which has one backend of its own."""

from livedocs.fences import Fence
from livedocs.pages import Page

RUN_IN = """\
# backend="…" 칸은 그 백엔드로 연 새 파이썬에서 실행하고, 인쇄한 것을 보인다.
import importlib.util
import os
import subprocess
import sys


def run_in(backend, code, earlier=""):
    if importlib.util.find_spec(backend) is None:
        print(f"{backend}: 설치되어 있지 않아 실행하지 않았습니다.")
        return
    quietly = "import contextlib, io\\nwith contextlib.redirect_stdout(io.StringIO()):\\n    "
    done = subprocess.run(
        [sys.executable, "-c", f"{quietly}exec({earlier!r}, globals())\\n{code}"],
        env={**os.environ, "KERAS_BACKEND": backend},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    print(done.stdout, end="")
"""
CLAIM = "# 확인(값을 바꿔 볼 때는 지운다): "


def codes(page: Page) -> list[str]:
    """Return the code of each runnable fence; one of another backend is run in another Python.

    A check stands under what it claims: without its page, an assert that fails tells nothing.
    """
    found, earlier = [], dict[str, str]()
    for fence in page.runnable:
        code = fence.code
        if backend := fence.values.get("backend"):
            before = earlier.get(backend, "")
            code = f'run_in("{backend}", {quoted(fence.code)}{before and ", " + quoted(before)})'
            earlier[backend] = f"{before}\n\n{fence.code}".strip()
        found.append(claim(fence) + code)
    return found


def claim(fence: Fence) -> str:
    """Return the line above the code of a check, "" for other code."""
    return f"{CLAIM}{fence.title}\n" if "check" in fence.classes else ""


def quoted(code: str) -> str:
    """Return code as a literal that can still be read."""
    readable = "'''" not in code.replace("\\", "'''")
    return f"'''\n{code}\n'''" if readable else repr(code)
