"""Command line: `python -m reading resolve` asks for every DOI, `published` looks at a site."""

import argparse
import sys
from pathlib import Path

from livedocs.project import find_project
from reading import published
from reading.bibliography import read_bibliography
from reading.resolve import unreached


def main() -> int:
    """Run a command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m reading")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("resolve", help="출처의 주소가 살아 있는지 물어본다")
    looks = commands.add_parser("published", help="만든 사이트의 링크와 쪽의 무게를 본다")
    looks.add_argument("site", type=Path, nargs="?", default=Path("site"), help="만든 폴더")
    given = parser.parse_args()
    return resolve() if given.command == "resolve" else look(given.site)


def resolve() -> int:
    """Ask whether every DOI and address can be reached."""
    sources = read_bibliography(find_project().docs / "sources.bib")
    problems = unreached(sources.values())
    for key, wrong in problems:
        print(f"docs/sources.bib: {key}: {sources[key].address} ({wrong})")
    print(f"출처 {len(sources)}건 가운데 {len(sources) - len(problems)}건에 닿았습니다.")
    return 1 if problems else 0


def look(site: Path) -> int:
    """Print how heavy the pages of a site are, and what is missing or broken."""
    if not (site / "index.html").is_file():
        print(f"{site}: 만든 사이트가 없습니다. 먼저 mkdocs build를 실행하세요.", file=sys.stderr)
        return 2
    weights = published.weights(site)
    for name, weight in sorted(weights.items(), key=lambda each: -each[1]):
        print(f"{weight / 1000:7.1f} kB  {name}")
    print(f"쪽 {len(weights)}개, 모두 {sum(weights.values()) / 1000:.0f} kB(gzip)")
    try:
        problems = published.problems(site, find_project().root)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
