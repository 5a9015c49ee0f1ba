"""An IPython shell that keeps its outputs in order, as a Jupyter kernel would send them."""

import ast
import contextlib
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.figure import Figure
from traitlets.config import Config

from livedocs.capture import Outputs, Stream
from livedocs.figures import draw


class Published(DisplayPublisher):
    """`display(…)` of a page, and the figures that `plt.show()` sends."""

    shell: Any

    def publish(self, data: dict[str, Any], *_: Any, **__: Any) -> None:
        """Keep a displayed object."""
        self.shell.outputs.data("display_data", dict(data))


class LastLine(DisplayHook):
    """What a cell's last expression shows."""

    shell: Any

    def quiet(self) -> bool:
        """Whether the cell ends with a semicolon and so wants nothing shown."""
        return self.semicolon_at_end_of_expression(self.shell.source)

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
        self.source = ""
        config = Config()
        config.HistoryManager.enabled = False
        config.InteractiveShell.colors = "nocolor"
        config.InteractiveShell.xmode = "Plain"
        super().__init__(config=config, **kwargs)
        self.enable_matplotlib("inline")
        formatters: Any = self.display_formatter.formatters  # type: ignore[union-attr]
        formatters["image/png"].pop(Figure, None)
        formatters["image/svg+xml"].for_type(Figure, self.draw)

    def run_source(self, source: str) -> BaseException | None:
        """Run a cell of plain Python; return what it raised.

        Magics and top-level `await` are no Python: what is pasted into `python -` must run.
        """
        self.source = source
        try:
            compile(source, "<cell>", "exec")
        except (SyntaxError, ValueError) as error:
            self.outputs.error(type(error).__name__, str(error), [])
            return error
        done = self.run_cell(source, store_history=False)
        return done.error_before_exec or done.error_in_exec or self.undrawn

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
                    f"{name} = {shortly(value)}"
                    for name, value in values.items()
                    if not callable(value) and not isinstance(value, ModuleType)
                )
        return ""


def shortly(value: object) -> str:
    """Return a value in a few characters, whatever its own `__str__` does."""
    try:
        return str(value)[:60]
    except Exception as error:
        return f"({type(error).__name__})"
