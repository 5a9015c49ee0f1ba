"""The pages of a built book as a browser asks for them."""

from pathlib import Path


def addresses(site: Path) -> list[str]:
    """Return the address of every page under the site's root; 404.html is one of them."""
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return [name.removesuffix("index.html") for name in found]
