"""A notebook's prose is plain Markdown: no block, anchor, key or broken link of the page's own."""

import re

import pytest
from conftest import ROOT

from reading.bibliography import read_bibliography
from reading.plain import plain

SOURCES = read_bibliography(ROOT / "docs" / "sources.bib")
SAID = {
    "an anchor": ("# 퍼셉트론 { #perceptron }", "# 퍼셉트론"),
    "a block": (
        '!!! example "바꿔 보기"\n    해 보세요.\n\n밖.',
        "**바꿔 보기**\n\n해 보세요.\n\n밖.",
    ),
    "a block in a block": (
        '!!! example "가"\n    ??? success "나"\n        안.\n    밖.',
        "**가**\n\n**나**\n\n안.\n밖.",
    ),
    "a block whose title stands before the fence": ("        안.\n\n밖.", "안.\n\n밖."),
    "a block without a title": ("!!! note\n    글.", "글."),
    "a tab": ('=== "JAX"\n    글.', "**JAX**\n\n글."),
    "a list in a block": ('!!! note "가"\n    1. 하나\n        더', "**가**\n\n1. 하나\n    더"),
    "code that is indented stays": ("글.\n\n    code", "글.\n\n    code"),
    "a page": ("[신경망](../ai-ml-dl/neural-network.md#train)에서", "신경망에서"),
    "another site": ("[Keras](https://keras.io)", "[Keras](https://keras.io)"),
    "a fixed number": ("`{fixed} 50%`만", "50%만"),
    "an unknown key": ("글 [@nobody].", "글 ."),
}


@pytest.mark.parametrize(("said", "wanted"), SAID.values(), ids=list(SAID))
def test_the_dialect_of_a_page_becomes_plain(said: str, wanted: str) -> None:
    assert plain(said, SOURCES) == wanted


def test_a_citation_names_its_source_and_links_to_it() -> None:
    shown = plain("나왔습니다 [@rosenblatt1958; @minsky1969].", SOURCES)
    assert re.fullmatch(
        r"나왔습니다 \(\[Rosenblatt, 1958\]\(https://\S+\); \[?Minsky·Papert, 1969.*\)\.", shown
    )
