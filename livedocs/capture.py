"""Keep what a cell puts out, in nbformat's form and in the order it was made."""

import base64
import io
from typing import Any, Protocol

MOST_TEXT = 20_000  # characters a fence may print onto a page; a book is not a log
WEIGHT = 100  # characters that an output takes beside its text
CUT = "\n… 출력이 길어 여기서 줄입니다.\n"


class Outputs(list[dict[str, Any]]):
    """The outputs of one cell, in nbformat's form and in the order they were made."""

    def __init__(self) -> None:
        super().__init__()
        self.printed: dict[str, int] = {}

    def text(self, name: str, text: str) -> None:
        """Add what was printed; neighbours of one stream are one output."""
        room = MOST_TEXT - self.printed.get(name, 0)
        if room <= 0:
            return
        last = self[-1] if self else None
        if not last or last.get("name") != name:
            last = {"output_type": "stream", "name": name, "text": ""}
            self.append(last)
            room -= WEIGHT
        self.printed[name] = MOST_TEXT - room + len(text)
        last["text"] += cut(text, max(room, 0))

    def data(self, kind: str, data: dict[str, Any]) -> None:
        """Add what was displayed (`display_data`) or what the last line gave (`execute_result`)."""
        kept = {name: as_kernel(name, value) for name, value in data.items()}
        output = {"output_type": kind, "data": kept, "metadata": {}}
        self.append(output | ({"execution_count": None} if kind == "execute_result" else {}))

    def error(self, name: str, value: str, traceback: list[str]) -> None:
        """Add an exception."""
        self.append(
            {
                "output_type": "error",
                "ename": name,
                "evalue": cut(value),
                "traceback": [cut(line) for line in traceback],
            }
        )


def cut(text: str, most: int = MOST_TEXT) -> str:
    """Return a text that a page can bear."""
    return text if len(text) < most else text[:most] + CUT


def as_kernel(kind: str, value: Any) -> Any:
    """Return displayed data as a kernel sends them: bytes in base64, texts of bearable length."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, str) and kind in {"text/plain", "text/html"}:
        return cut(value)
    return value


class HasOutputs(Protocol):
    """A shell whose cell is running."""

    outputs: Outputs


class Stream(io.TextIOBase):
    """`sys.stdout` and `sys.stderr` of a page."""

    def __init__(self, name: str, shell: "HasOutputs") -> None:
        self.name, self.shell = name, shell

    def write(self, text: str) -> int:
        """Keep printed text in its place among the other outputs."""
        self.shell.outputs.text(self.name, text)
        return len(text)

    def writable(self) -> bool:
        """Say that printing is welcome."""
        return True

    encoding = "utf-8"
