"""What an author has to mend: where it is, what is wrong, what to do."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One mistake on one page."""

    path: str
    """The page as the author knows it: `docs/history/kernels.md`."""
    line: int
    """Counted from 1, as editors do."""
    text: str
    """What is wrong and what to do, in Korean."""

    def __str__(self) -> str:
        """Give the form that editors turn into a link: `path:line: text`."""
        return f"{self.path}:{self.line}: {self.text}"


class PageProblems(Exception):
    """Everything that is wrong with one or more pages; never shown as a traceback."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = sorted(problems)

    def __str__(self) -> str:
        """List the problems, one a line."""
        return "\n".join(str(problem) for problem in self.problems)
