"""Keep what a cell puts out, in nbformat's form and in the order it was made."""

import io
from typing import Any, Protocol

MOST_TEXT = 20_000  # characters a fence may print onto a page; a book is not a log
CUT = "\n… 출력이 길어 여기서 줄입니다.\n"


class Outputs(list[dict[str, Any]]):
    """The outputs of one cell, in nbformat's form and in the order they were made."""

    def text(self, name: str, text: str) -> None:
        """Add what was printed; neighbours of one stream are one output."""
        last = self[-1] if self else None
        if not last or last.get("name") != name:
            last = {"output_type": "stream", "name": name, "text": ""}
            self.append(last)
        if len(last["text"]) < MOST_TEXT:
            last["text"] += text
            if len(last["text"]) >= MOST_TEXT:
                last["text"] = last["text"][:MOST_TEXT] + CUT

    def data(self, kind: str, data: dict[str, Any]) -> None:
        """Add what was displayed (`display_data`) or what the last line gave (`execute_result`)."""
        output = {"output_type": kind, "data": data, "metadata": {}}
        self.append(output | ({"execution_count": None} if kind == "execute_result" else {}))

    def error(self, name: str, value: str, traceback: list[str]) -> None:
        """Add an exception."""
        self.append(
            {"output_type": "error", "ename": name, "evalue": value, "traceback": traceback}
        )


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
