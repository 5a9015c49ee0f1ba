"""Read the data of charts: data/facts/ goes in; its rows, each with its source, come out."""

import csv
from pathlib import Path

STATUSES = ("verified", "secondary", "recall")
COLUMNS = ("source", "status", "checked")


def read_facts(folder: Path) -> dict[str, list[dict[str, str]]]:
    """Return the rows of each file by its name.

    Every row names its `source` (keys of docs/sources.bib, parted by blanks), its `status`
    (`verified`: a primary text was read; `secondary`: a text that quotes it; `recall`: neither)
    and what was `checked` where. A file under a licence that asks for it has a column `licence`.
    """
    files = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            files[path.name] = list(csv.DictReader(file))
    return files
