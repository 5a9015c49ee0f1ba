"""An IPython shell that keeps its outputs in order, as a Jupyter kernel would send them."""

import ast
import contextlib
import io
from collections.abc import Iterator
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.figure import Figure
from traitlets.config import Config

from livedocs.figures import draw

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


class Stream(io.TextIOBase):
    """`sys.stdout` and `sys.stderr` of a page."""

    def __init__(self, name: str, shell: "PageShell") -> None:
        self.name, self.shell = name, shell

    def write(self, text: str) -> int:
        """Keep printed text in its place among the other outputs."""
        self.shell.outputs.text(self.name, text)
        return len(text)

    def writable(self) -> bool:
        """Say that printing is welcome."""
        return True

    encoding = "utf-8"


class Published(DisplayPublisher):
    """`display(…)` of a page, and the figures that `plt.show()` sends."""

    shell: Any

    def publish(self, data: dict[str, Any], *_: Any, **__: Any) -> None:
        """Keep a displayed object."""
        self.shell.outputs.data("display_data", dict(data))


class LastLine(DisplayHook):
    """What a cell's last expression shows."""

    shell: Any

    def write_output_prompt(self) -> None:
        """Write none: pages have no `Out[1]:`."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        """Keep the value of the last expression."""
        self.shell.outputs.data("execute_result", dict(format_dict))

    def finish_displayhook(self) -> None:
        """Print nothing after it."""


class PageShell(InteractiveShell):
    """The shell in which one page runs from top to bottom."""

    displayhook_class = LastLine
    display_pub_class = Published

    def __init__(self, **kwargs: Any) -> None:
        self.outputs = Outputs()
        self.undrawn: Exception | None = None
        config = Config()
        config.HistoryManager.enabled = False
        config.InteractiveShell.colors = "nocolor"
        config.InteractiveShell.xmode = "Plain"
        super().__init__(config=config, **kwargs)
        self.enable_matplotlib("inline")
        formatters: Any = self.display_formatter.formatters  # type: ignore[union-attr]
        formatters["image/png"].pop(Figure, None)
        formatters["image/svg+xml"].for_type(Figure, self.draw)

    def enable_gui(self, gui: Any = None) -> None:
        """Have no window system."""

    def draw(self, figure: Figure) -> str | None:
        """Draw a figure, remembering a failure: IPython's formatters would swallow it."""
        try:
            return draw(figure)
        except (Exception, Warning) as error:
            self.undrawn = error
            return None

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.outputs.error(etype.__name__, str(evalue), list(stb))

    @contextlib.contextmanager
    def capturing(self) -> Iterator[Outputs]:
        """Collect the outputs of one cell."""
        self.outputs, self.undrawn = Outputs(), None
        with (
            contextlib.redirect_stdout(Stream("stdout", self)),
            contextlib.redirect_stderr(Stream("stderr", self)),
        ):
            yield self.outputs

    def explain(self, source: str, line: int) -> str:
        """Return the names in the statement at `line` of a cell with their values.

        A failing `assert` says only that it failed; its author wants the numbers.
        """
        for node in ast.parse(source).body:
            if node.lineno <= line <= (node.end_lineno or node.lineno):
                names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
                values = {n: self.user_ns[n] for n in sorted(names & self.user_ns.keys())}
                return ", ".join(
                    f"{name} = {str(value)[:60]}"
                    for name, value in values.items()
                    if not callable(value)
                    and not hasattr(value, "__path__")
                    and type(value).__name__ != "module"
                )
        return ""
