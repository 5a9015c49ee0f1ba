"""A data file travels as code: whatever is in it, the code makes the same file."""

import subprocess
import sys
from pathlib import Path

import pytest

from reading.datafile import written

TEXTS = {
    "a table": "연도,값\n1958,0.5\n",
    "quotes": 'a,b\n1,"말 ""인용"" """세 번"""\n',
    "a quote at its end": 'a\n"가"\n',
    "backslashes": "a\n\\n \\\\ \\\n",
    "an empty line": "a\n\nb\n",
    "nothing": "",
    "one end of line": "\n",
}
BYTES = {
    "no end of line": b"a,b",
    "ends of lines of Windows": b"a\r\nb\r\n",
    "a tab": b"a\tb\n",
    "a byte order mark": "\ufeffa\n".encode(),
    "a space that has no width": "a\u200bb\n".encode(),
    "another encoding": "가나\n".encode("cp949"),
    "a picture": bytes(range(256)),
    "an end of a text": b'a"""\x00\n',
}


def made(content: bytes, folder: Path) -> tuple[str, bytes]:
    """Return the code that writes some content, and what it has written."""
    code = written("자료.csv", content)
    program = f"from pathlib import Path\n\n{code}\n"
    subprocess.run([sys.executable, "-"], input=program.encode(), cwd=folder, check=True)
    return code, (folder / "자료.csv").read_bytes()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_is_written_line_by_line(text: str, tmp_path: Path) -> None:
    code, content = made(text.encode(), tmp_path)
    assert content.decode() == text
    assert code.count("\n") == text.count("\n") + 1


@pytest.mark.parametrize("content", BYTES.values(), ids=BYTES)
def test_what_is_not_seen_is_written_as_bytes(content: bytes, tmp_path: Path) -> None:
    code, found = made(content, tmp_path)
    assert found == content
    assert "\n" not in code
