"""Turn what a cell put out into HTML that is safe and follows the page."""

import html
import re
from collections.abc import Mapping
from typing import Any

import nh3

ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?")
# Not allowed in HTML text: control characters and halves of surrogate pairs.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
TABLE = set("table thead tbody tfoot tr th td caption div p span b i strong em br sub sup".split())
TABLE_ATTRIBUTES = {
    "*": {"class"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
}
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
WIDTH = re.compile(r'<svg[^>]* width="([\d.]+pt)"')
PICTURES = ("data:image/png;base64,", "data:image/webp;base64,", "data:image/jpeg;base64,")
REACHES_OUT = re.compile(
    r"url\((?!\s*[\"']?#)|image-set|expression\(|@import|javascript:|\\", re.IGNORECASE
)
OVERWRITTEN = re.compile(r"[^\n]*\r")  # a progress bar shows its last state, as in a notebook
BEST_FIRST = ("image/svg+xml", "image/png", "image/jpeg", "text/html", "text/plain")
PICTURE_KINDS = {"image/svg+xml", "image/png", "image/jpeg"}


def to_html(outputs: list[Any], alt: str = "", raises: bool = False, name: str = "") -> str:
    """Return the HTML of a cell's outputs, empty if there is nothing for a reader.

    Args:
        outputs: in nbformat's form.
        alt: the alternative text of its figure.
        raises: whether an exception is what the reader is meant to see.
        name: put before the identifiers inside drawings, unique on the page.
    """
    shown = "".join(one(output, alt, raises, name) for output in outputs)
    # Two of the characters mark Python-Markdown's placeholders: none may be forged.
    return UNPRINTABLE.sub("�", shown)


def one(output: Mapping[str, Any], alt: str, raises: bool, name: str) -> str:
    """Return the HTML of one output."""
    match output["output_type"]:
        case "stream" if output["name"] == "stdout":
            return text(output["text"])
        case "stream":
            return ""  # what is written to stderr is for the author
        case "error":
            last = f"{output['ename']}: {output['evalue']}" if output["evalue"] else output["ename"]
            return text(last, "expected" if raises else "error")
    data = output["data"]
    kind = next((kind for kind in BEST_FIRST if kind in data), None)
    if kind in PICTURE_KINDS:
        return figure(kind, data[kind], alt, name)
    if kind == "text/html":
        table = nh3.clean(
            UNPRINTABLE.sub("�", data[kind]),
            tags=TABLE,
            attributes=TABLE_ATTRIBUTES,
            clean_content_tags={"style", "script"},
        )
        # pandas writes an empty header above the index; a screen reader would announce it.
        table = table.replace("<th></th>", "<td></td>")
        return f'<div class="output-table" tabindex="0">{table}</div>'
    return text(data[kind]) if kind else ""


def text(printed: str, kind: str = "text") -> str:
    """Return printed text as HTML; `<samp>`, so that nothing takes it for code to copy."""
    kept = OVERWRITTEN.sub("", ANSI.sub("", printed).replace("\r\n", "\n"))
    clean = html.escape(UNPRINTABLE.sub("�", kept)).rstrip()
    return f'<pre class="output-{kind}"><samp>{clean}</samp></pre>' if clean else ""


def figure(kind: str, data: str, alt: str, name: str) -> str:
    """Return a picture with its alternative text."""
    label = html.escape(alt, quote=True)
    if kind == "image/svg+xml":
        width = WIDTH.search(data)
        style = f' style="--width:{width[1]}"' if width else ""
        named = f'<svg role="img" aria-label="{label}"{style} '
        drawing = inline_svg(data, name).replace("<svg ", named, 1)
        return f'<figure class="output-figure" data-search-exclude>{drawing}</figure>'
    source = f"data:{kind};base64,{''.join(data.split())}"
    return f'<figure class="output-figure"><img src="{source}" alt="{label}"></figure>'


def inline_svg(svg: str, name: str) -> str:
    """Return a drawing without anything that acts or reaches out, its identifiers made unique."""
    clean = nh3.clean(
        UNPRINTABLE.sub("�", svg),
        tags=DRAWING,
        attributes=DRAWING_ATTRIBUTES,
        attribute_filter=allowed,
        url_schemes={"data"},
        clean_content_tags={"style", "script"},
        link_rel=None,
    )
    used = r'(?<=url\(#)|(?<= href="#)|(?<=xlink:href="#)|(?<= id=")'
    return re.sub(used, f"{name}-", clean) if name else clean


def allowed(tag: str, attribute: str, value: str) -> str | None:
    """Return the value of an attribute inside a drawing, or None to drop it."""
    if attribute.endswith("href"):
        return value if value.startswith(("#", *PICTURES)) else None
    return None if REACHES_OUT.search(value) else value


def pictures(outputs: list[Any]) -> int:
    """Return how many pictures a cell put out."""
    return sum(bool(PICTURE_KINDS & output.get("data", {}).keys()) for output in outputs)
