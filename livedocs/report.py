"""Write `livedocs.json`: what this build ran, where, how long, and what each check claims."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livedocs.environment import choose_backend, describe
from livedocs.outputs import pictures
from livedocs.pages import Page
from livedocs.results import Ran

NAME = "livedocs.json"


@dataclass
class Built:
    """One page of the site."""

    page: Page
    url: str = ""
    """Relative to the root of the site."""
    ran: Ran | None = None


BUILT: dict[str, Built] = {}
"""The pages of the build that is going on, by their path."""


def write_report(site: Path) -> None:
    """Write the report of a build into the built site."""
    pages = [entry(BUILT[path]) for path in sorted(BUILT)]
    report = {
        "environment": describe(choose_backend()),
        "pages": pages,
        "executed": sum(bool(page["fences"]) and not page["cached"] for page in pages),
    }
    text = json.dumps(report, ensure_ascii=False, indent=1)
    (site / NAME).write_text(text + "\n", encoding="utf-8")


def entry(built: Built) -> dict[str, Any]:
    """Return what the report says of one page."""
    page, ran = built.page, built.ran
    record = ran.notebook.metadata["livedocs"] if ran else {}
    checks = [fence for fence in page.fences if "check" in fence.classes]
    return {
        "source": page.path,
        "url": built.url,
        "key": record.get("key", ""),
        "cached": bool(ran and ran.cached),
        "seconds": round(record.get("seconds", 0.0), 2),
        "device": record.get("device", ""),
        "backend": record.get("environment", {}).get("backend", ""),
        "fences": len(page.runnable),
        "checks": len(checks),
        "figures": sum(pictures(cell.outputs) for cell in ran.notebook.cells) if ran else 0,
        "concepts": page.meta.get("concepts") or [],
        "claims": [
            {"concept": concept, "check": fence.title, "line": page.line(fence.start)}
            for fence in checks
            for concept in fence.concepts
        ],
    }
