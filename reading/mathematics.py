"""Python-Markdown extension: TeX between dollars goes in, MathML that needs no script comes out."""

import html
import re
from typing import Any
from xml.etree.ElementTree import Element, tostring

from latex2mathml.converter import convert_to_element
from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor

# `$$…$$` is a display; `$…$` touches its formula, so that "$5 and $6" is none.
DISPLAY = r"\$\$(.+?)\$\$"
INLINE = r"(?<![\\$])\$(?![\s$])([^$]+?)(?<![\s\\])\$(?!\d)"


class Formula(InlineProcessor):
    """Turn one formula into MathML."""

    def __init__(self, pattern: str, md: Markdown, display: str) -> None:
        super().__init__(pattern, md)
        self.compiled_re = re.compile(pattern, re.DOTALL)
        self.display = display

    # Python-Markdown's own name and form.
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]
        """Return the formula, stashed so that no later pattern reads it as Markdown."""
        formula: Element = convert_to_element(html.unescape(m[1]).strip(), display=self.display)
        shown = html.unescape(tostring(formula, encoding="unicode", short_empty_elements=False))
        return self.md.htmlStash.store(shown), m.start(0), m.end(0)


class Mathematics(Extension):
    """Register both forms."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Read formulas before escapes and emphasis, after code spans."""
        md.inlinePatterns.register(Formula(DISPLAY, md, "block"), "mathematics-display", 188)
        md.inlinePatterns.register(Formula(INLINE, md, "inline"), "mathematics", 187)


def makeExtension(**options: Any) -> Mathematics:
    """Return the extension; Python-Markdown asks for it by this name."""
    return Mathematics(**options)
