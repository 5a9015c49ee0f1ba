"""Turn what a cell put out into HTML that is safe and follows the page."""

import html
import re
from collections.abc import Mapping
from typing import Any

from livedocs.harmless import ANSI, UNPRINTABLE, base64_only, best, inline_svg, table

WIDTH = re.compile(r'<svg[^>]* width="([\d.]+pt)"')
OVERWRITTEN = re.compile(r"[^\n]*\r")  # a progress bar shows its last state, as in a notebook
PICTURE_KINDS = {"image/svg+xml", "image/png", "image/jpeg"}
TABLE = '<div class="output-table" tabindex="0">'


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


def tabs(shown: Mapping[str, str], name: str) -> str:
    """Return several HTML outputs as content tabs, as pymdownx.tabbed writes them for Material.

    Args:
        shown: HTML by the label of its tab, the one that is open first.
        name: unique on the page.
    """
    inputs = labels = blocks = ""
    for number, (label, block) in enumerate(shown.items()):
        one, first = f"{name}-{number}", " checked" * (number == 0)
        inputs += f'<input id="{one}" name="{name}" type="radio"{first}>'
        labels += f'<label for="{one}">{html.escape(label)}</label>'
        blocks += f'<div class="tabbed-block">{block}</div>'
    return (
        f'<div class="tabbed-set tabbed-alternate">{inputs}<div class="tabbed-labels">{labels}'
        f'</div><div class="tabbed-content">{blocks}</div></div>'
    )


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
    kind = best(data)
    if kind in PICTURE_KINDS:
        return figure(kind, data[kind], alt, name)
    if kind == "text/html":
        return f"{TABLE}{table(data[kind])}</div>"
    return text(data[kind]) if kind else ""


def text(printed: str, kind: str = "text") -> str:
    """Return printed text as HTML; `<samp>`, so that nothing takes it for code to copy."""
    kept = ANSI.sub("", printed).replace("\r\n", "\n")
    kept = OVERWRITTEN.sub("", kept) if "\r" in kept else kept
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
    source = base64_only(data)
    if not source:
        return ""
    picture = f'<img src="data:{kind};base64,{source}" alt="{label}">'
    return f'<figure class="output-figure">{picture}</figure>'


def pictures(outputs: list[Any]) -> int:
    """Return how many pictures a cell put out."""
    return sum(bool(PICTURE_KINDS & output.get("data", {}).keys()) for output in outputs)
