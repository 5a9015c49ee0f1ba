"""Tell of the machine that ran the book: what this build ran goes in; lines of tables come out."""

import os
import platform
from pathlib import Path
from typing import Any

from livedocs.devices import cores, text_of
from livedocs.environment import choose_backend, describe
from livedocs.project import Project
from livedocs.report import BUILT
from reading.bibliography import escaped


def machine(project: Project) -> list[str]:
    """Return where the outputs come from: one table of the machine, one of the pages."""
    ran = {path: built for path, built in sorted(BUILT.items()) if built.ran}
    if not ran:
        return ["아직 실행한 쪽이 없습니다."]
    environment: dict[str, Any] = describe(choose_backend())
    packages = environment["packages"].items()
    lines = [
        "| 항목 | 이 책에서 |",
        "|---|---|",
        f"| 프로세서 | {escaped(processor())}, 쓸 수 있는 코어 {cores()}개{memory()} |",
        f"| 파이썬 | {environment['python']} ({environment['machine']}) |",
        f"| 백엔드 | {environment['backend']} |",
        f"| 쪽마다 쓰는 스레드 | {environment['threads']} |",
        f"| 패키지 | {', '.join(f'{name} {version}' for name, version in packages)} |",
        "",
        "| 쪽 | 코드 칸 | 걸린 시간(초) | 장치 | 백엔드 | 키 |",
        "|---|--:|--:|---|---|---|",
    ]
    total = 0.0
    for path, built in ran.items():
        record = built.ran.notebook.metadata["livedocs"] if built.ran else {}
        total += record["seconds"]
        cells = [
            title(path, built.page.meta),
            str(len(built.page.runnable)),
            f"{record['seconds']:.1f}",
            record["device"],
            record["environment"]["backend"],
            f"`{record.get('key', '')[:12]}`",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, f"| 모두 | | {total:.0f} | | | |"]


def processor(root: Path = Path("/")) -> str:
    """Return the model of the processor: the kernel's word, or what Python knows of it.

    Args:
        root: `/`, or a folder that stands for it.
    """
    said = (line.partition(":") for line in text_of(root / "proc/cpuinfo").splitlines())
    models = (value.strip() for name, _, value in said if name.strip() == "model name")
    return next(models, platform.processor() or platform.machine())


def memory() -> str:
    """Return how much memory the machine has; "" where the system does not tell (Windows)."""
    if "SC_PHYS_PAGES" not in getattr(os, "sysconf_names", {}):
        return ""
    return f", 메모리 {os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB"


def title(path: str, meta: dict) -> str:
    """Return a link from docs/about/ to a page, or to that of a program, by its name."""
    if path.startswith("docs/"):
        return f"[{escaped(str(meta.get('title', path)))}](../{path.removeprefix('docs/')})"
    return f"[`{Path(path).name}`](../{Path(path).with_suffix('.ipynb')})"
