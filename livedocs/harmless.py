"""Make what a cell put out harmless: data of any kind go in, text and pictures alone come out."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import nh3

ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?")
# Not allowed in HTML text: control characters and halves of surrogate pairs.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
TABLE = set("table thead tbody tfoot tr th td caption p span b i strong em br sub sup".split())
TABLE_ATTRIBUTES = {
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
}
# Any other class could be one that the theme acts on or lays over the page.
CLASSES = {"table": {"dataframe"}}
DRAWING = set(
    "svg g path use defs clipPath rect circle ellipse line polyline polygon text tspan "
    "image".split()
)
DRAWING_ATTRIBUTES = {
    "*": set(
        "id style transform d x y x1 y1 x2 y2 cx cy r rx ry width height viewBox points clip-path "
        "fill stroke stroke-width opacity text-anchor preserveAspectRatio xlink:href href".split()
    )
}
# What matplotlib styles its drawings with; `position` would lay one over the page.
STYLES = set(
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray "
    "stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit opacity font font-size "
    "font-weight font-style font-stretch font-variant text-anchor image-rendering".split()
)
PICTURES = ("data:image/png;base64,", "data:image/webp;base64,", "data:image/jpeg;base64,")
REACHES_OUT = re.compile(
    r"url\((?!\s*[\"']?#)|image-set\(|expression\(|@import|javascript:|\\", re.IGNORECASE
)
MAY_REACH_OUT = re.compile(r"[(@:\\]")
"""One letter of each of them, which is soon looked for: most values are long lists of numbers."""
NAMES = re.compile(r'(?:url\((?:&quot;)?#| (?:xlink:)?href="#| id=")')
"""What stands before the name of a part of a drawing."""
BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
BEST_FIRST = ("image/svg+xml", "image/png", "image/jpeg", "text/html", "text/plain")


def best(data: Mapping[str, Any]) -> str:
    """Return which of the forms that an output comes in a page shows; empty for none."""
    return next((kind for kind in BEST_FIRST if kind in data), "")


def harmless(output: Mapping[str, Any]) -> dict[str, Any]:
    """Return an output, in nbformat's form, that a viewer which trusts it may show."""
    kept = dict(output)
    if "data" in output:
        kind = best(output["data"])
        kept["data"] = {kind: CLEAN[kind](output["data"][kind])} if kind else {}
    for name in {"text", "ename", "evalue"} & kept.keys():
        kept[name] = plain(kept[name])
    return kept


def plain(text: str) -> str:
    """Return text that stands for nothing but itself."""
    return UNPRINTABLE.sub("�", ANSI.sub("", text))


def base64_only(data: str) -> str:
    """Return the text of a picture on one line; none if anything in it could end an attribute."""
    line = "".join(data.split())
    return line if BASE64.fullmatch(line) else ""


def table(data: str) -> str:
    """Return HTML with nothing in it but a table and its text."""
    clean = TABLES.clean(UNPRINTABLE.sub("�", data))
    # pandas writes an empty header above the index; a screen reader would announce it.
    return clean.strip().replace("<th></th>", "<td></td>")


def inline_svg(svg: str, name: str = "") -> str:
    """Return a drawing without anything that acts or reaches out, its identifiers made unique."""
    clean = DRAWINGS.clean(UNPRINTABLE.sub("�", svg))
    return NAMES.sub(rf"\g<0>{name}-", clean) if name else clean


def allowed(tag: str, attribute: str, value: str) -> str | None:
    """Return the value of an attribute inside a drawing, or None to drop it."""
    if attribute.endswith("href"):
        return value if value.startswith(("#", *PICTURES)) else None
    return None if MAY_REACH_OUT.search(value) and REACHES_OUT.search(value) else value


TABLES = nh3.Cleaner(
    tags=TABLE,
    attributes=TABLE_ATTRIBUTES,
    allowed_classes=CLASSES,
    clean_content_tags={"style", "script"},
)
DRAWINGS = nh3.Cleaner(
    tags=DRAWING,
    attributes=DRAWING_ATTRIBUTES,
    attribute_filter=allowed,
    url_schemes={"data"},
    clean_content_tags={"style", "script"},
    filter_style_properties=STYLES,
    link_rel=None,
)
CLEAN: dict[str, Callable[[str], str]] = {
    "image/svg+xml": inline_svg,
    "image/png": base64_only,
    "image/jpeg": base64_only,
    "text/html": table,
    "text/plain": plain,
}
"""How each form is made harmless."""
