"""A table's corner that heads nothing is no header."""

from markdown import Markdown


def test_an_empty_header_becomes_an_ordinary_cell() -> None:
    html = Markdown(extensions=["tables", "reading.tables"]).convert(
        "| | 가 |\n|---|---|\n| 나 | 1 |"
    )
    assert html.count("<th>") == 1 and "<th>가</th>" in html
    assert "<th></th>" not in html and html.count("<td>") == 3
