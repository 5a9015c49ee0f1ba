"""Command line: `python -m reading resolve` asks whether every DOI and address can be reached."""

import argparse
import sys

from livedocs.project import find_project
from reading.bibliography import read_bibliography
from reading.resolve import unreached


def main() -> int:
    """Run a command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m reading")
    parser.add_argument("command", choices=["resolve"], help="출처의 주소가 살아 있는지 물어본다")
    parser.parse_args()
    sources = read_bibliography(find_project().docs / "sources.bib")
    problems = unreached(sources.values())
    for key, wrong in problems:
        print(f"docs/sources.bib: {key}: {sources[key].address} ({wrong})")
    print(f"출처 {len(sources)}건 가운데 {len(sources) - len(problems)}건에 닿았습니다.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
