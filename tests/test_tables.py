"""A table's corner that heads nothing is no header."""

from markdown import Markdown


def test_an_empty_header_becomes_an_ordinary_cell() -> None:
    html = Markdown(extensions=["tables", "reading.tables"]).convert(
        "| | 가 |\n|---|---|\n| 나 | 1 |"
    )
    assert html.count("<th>") == 1 and "<th>가</th>" in html
    assert "<th></th>" not in html and html.count("<td>") == 3


def test_a_table_without_rows_stays_as_it_is() -> None:
    assert "<table>" in Markdown(extensions=["md_in_html", "reading.tables"]).convert(
        '<table markdown="1"></table>'
    )


def stacked(*rows: str) -> str:
    columns = rows[0].count("|") - 1
    text = "\n".join([rows[0], "|" + "---|" * columns, *rows[1:]])
    return Markdown(extensions=["tables", "reading.tables"]).convert(text)


def test_a_table_of_long_text_can_be_stacked_and_its_cells_named() -> None:
    html = stacked("| 말 | 고친 것 | 왜 |", f"| {'가' * 10} | {'나' * 40} | {'다' * 10} |")
    assert (
        "--column-2:&quot;고친 것&quot;;--column-3:&quot;왜&quot;" in html
        and "data-stacked" in html
    )
    # What leaves room for the long column, or is short, stays a table.
    assert "data-stacked" not in stacked("| 말 | 뜻 |", f"| 가 | {'나' * 40} |")
    assert "data-stacked" not in stacked("| 쪽 | 분 |", f"| {'가' * 20} | {'나' * 20} |")
