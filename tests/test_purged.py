"""The sheet of a built site holds what its pages can use, and nothing else."""

import re
from pathlib import Path

from mkdocs.config.config_options import ExtraScriptValue

from reading import sheets
from reading.purged import purged, words_used

SHEET = """
:root{--md-used:red;--md-unused:url("data:image/svg+xml;charset=utf-8,<svg/>")}
.kept,.gone{color:var(--md-used)!important}
.gone>.kept{color:blue}
a:not(.gone){margin:0}
.made-by-script:hover{margin:1px}
.md-version__list{margin:2px}
@media print{.gone{color:black}.kept{color:grey}}
@media screen{.gone{color:white}}
@font-face{font-family:"A";src:url(a.woff2)}
.md-typeset table:not([class]) td>:first-child{margin-top:0}
.md-typeset table:not([class]) td{padding:0}
"""


def site_with(folder: Path, page: str, script: str) -> Path:
    (folder / "assets").mkdir()
    (folder / "index.html").write_text(page, encoding="utf-8")
    (folder / "assets" / "own.js").write_text(script, encoding="utf-8")
    return folder


def test_a_rule_stays_if_a_page_or_a_script_has_its_classes(tmp_path: Path) -> None:
    site = site_with(
        tmp_path,
        '<p class="kept md-typeset other">',
        'e.classList.add("made-by-script"); "md-version__list"',
    )
    left = purged(SHEET, words_used(site))
    assert ".kept{color:var(--md-used)!important}" in left
    assert "a:not(.gone){margin:0}" in left
    assert ".made-by-script:hover" in left
    assert "@media print{.kept{color:grey}}" in left
    assert '@font-face{font-family:"A";src:url(a.woff2)}' in left
    assert "blue" not in left and "white" not in left and "unused" not in left
    assert "md-version" not in left  # of a part that no page has
    assert "first-child" not in left and "td{padding:0}" in left


def test_what_the_script_calls_stays_once_a_page_has_the_part(tmp_path: Path) -> None:
    site = site_with(tmp_path, '<div class="md-version">', '"md-version__list"')
    assert ".md-version__list" in purged(SHEET, words_used(site))


def test_a_built_page_asks_for_one_sheet_which_is_there(site: Path) -> None:
    for page in ("index.html", "404.html", "ai-ml-dl/weights/index.html"):
        html = (site / page).read_text(encoding="utf-8")
        assert html.count('rel="stylesheet"') == 1 and sheets.JOINED in html
    text = (site / sheets.JOINED).read_text(encoding="utf-8")
    assert "livedocs-text.woff2" in text and ".md-annotation__index" in text
    whole = sum(path.stat().st_size for path in (site / "assets").rglob("*.css")) - len(text)
    assert len(text) < 0.75 * whole


def test_a_built_page_asks_for_one_script_of_the_book_in_which_is_each(site: Path) -> None:
    for page in ("index.html", "404.html", "ai-ml-dl/weights/index.html"):
        html = (site / page).read_text(encoding="utf-8")
        assert re.findall(r'<script src="[^"]*?(assets/.*?)"', html) == [sheets.JOINED_SCRIPT]
    text = (site / sheets.JOINED_SCRIPT).read_text(encoding="utf-8")
    own = [path for path in (site / "assets").glob("*.js") if path.name != "scripts.js"]
    assert len(own) == 7 and all(path.read_text(encoding="utf-8") in text for path in own)
    assert text.index("link[data-script]") < text.index("ResizeObserver")  # the first is start.js


def test_a_script_from_elsewhere_or_without_defer_stays_apart(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    for name in ("a", "b", "c"):
        (tmp_path / "assets" / f"{name}.js").write_text(f"{name}();\n", encoding="utf-8")
    mine, at_once = ExtraScriptValue("assets/a.js"), ExtraScriptValue("assets/b.js")
    away, last = ExtraScriptValue("https://a.b/assets/d.js"), ExtraScriptValue("assets/c.js")
    mine.defer = away.defer = last.defer = True
    sheets.join(tmp_path, [mine, at_once, away, "assets/b.js", last])
    assert (tmp_path / sheets.JOINED_SCRIPT).read_text(encoding="utf-8") == "a();\nc();\n"


def test_an_author_who_watches_gets_each_sheet_as_it_is(monkeypatch, tmp_path: Path) -> None:
    links = '<link rel="stylesheet" href="../assets/stylesheets/main.0a.min.css">\n'
    links += '<link rel="stylesheet" href="../assets/book.css">\n'
    assert sheets.joined(links) == f'<link rel="stylesheet" href="../{sheets.JOINED}">\n'
    monkeypatch.setattr(sheets, "APART", ["serve"])
    assert sheets.joined(links) == links
    sheets.join(tmp_path, ["assets/start.js"])
    assert not any(tmp_path.iterdir())
