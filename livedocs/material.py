"""Write a fence as Material reads it: its address, its opening, the list of notes bound to it."""

import hashlib
import re
from collections import Counter

from livedocs.fences import Fence

MATERIAL_KEYS = ("title", "hl_lines", "linenums")
# Material binds a numbered list to the `# (1)!` marks of the fence right above it.
ANNOTATED = re.compile(r"#\s*\(\d+\)!?")


def addresses(fences: list[Fence]) -> list[str]:
    """Return an address for each fence that stays while its code, or its check's title, stays."""
    seen: Counter[str] = Counter()
    names = []
    for fence in fences:
        kind, text = ("check", fence.title) if "check" in fence.classes else ("code", fence.code)
        name = f"{kind}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
        seen[name] += 1
        names.append(f"{name}-{seen[name]}" if seen[name] > 1 else name)
    return names


def material_info(fence: Fence, number: int, name: str) -> str:
    """Return the opening of a fence with nothing but what Material understands.

    A fence that runs carries its number among those, which its copy buttons go by.
    """
    keys = [key for key in MATERIAL_KEYS if key in fence.values]
    if "check" in fence.classes and "title" in keys:
        keys.remove("title")
    kept = [f'{key}="{fence.values[key]}"' for key in keys]
    if fence.runs:
        own = [] if "check" in fence.classes else [f"#{name}"]  # a check's address is its box
        kept = [*own, f'data-part="{number}"', *kept]
    return f"{{.{fence.language} {' '.join(kept)}}}" if kept else fence.language


def after(lines: list[str], fence: Fence) -> int:
    """Return the line behind a fence and behind the numbered list that Material binds to it."""
    last = line = fence.end + 1
    if not ANNOTATED.search(fence.code):
        return line
    item = re.compile(rf"{re.escape(fence.prefix)}(?:\d+\.[ ]|[ ]{{4}})")
    while line < len(lines) and (item.match(lines[line]) or not lines[line].strip("> ")):
        line += 1
        last = line if lines[line - 1].strip("> ") else last
    return last
