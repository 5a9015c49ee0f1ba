"""What is compared between two generators is counted right; the builds are `.ci/generators`'s."""

from collections import Counter
from pathlib import Path

from conftest import ROOT
from counted import counted, differences, main

PAGE = """<html><body><nav><a href="x">1</a></nav><article>
<a class="md-content__button" href="edit">2</a><h1>쪽<a class="headerlink" href="#p">¶</a></h1>
<p class="downloads">가져가기: <a href="page.ipynb">노트북</a></p>
<details class="check passed"><summary>확인됨</summary></details><br><img src="a.png">
<div class="outputs"><figure class="output-figure"></figure></div><p><a href="y/">3</a></p>
<details class="origin"><p><a href="z">4</a></p></details></article><h2>밖</h2></body></html>"""


def site(folder: Path, **pages: str) -> Path:
    for name, html in pages.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "index.html").write_text(html, encoding="utf-8")
    return folder


def test_only_what_stands_in_the_article_and_needs_no_hook_is_counted(tmp_path: Path) -> None:
    assert +counted(site(tmp_path, page=PAGE))["page"] == Counter(
        headings=1, links=2, outputs=1, figures=1, checks=1
    )


def test_a_page_or_an_output_that_another_generator_loses_is_named(tmp_path: Path) -> None:
    one = counted(site(tmp_path / "one", page=PAGE, gone=PAGE))
    other = counted(site(tmp_path / "other", page=PAGE.replace('class="outputs"', "")))
    assert [line.partition(":")[0] for line in differences(one, other)] == ["gone", "page"]
    assert "page: outputs 1 → 0" in differences(one, other)
    assert differences(one, one) == []


def test_the_comparison_fails_where_a_number_differs_on_a_page_not_left_out(tmp_path: Path) -> None:
    one = str(site(tmp_path / "one", page=PAGE, same=PAGE))
    other = str(site(tmp_path / "other", page="<article></article>", same=PAGE))
    assert main([one, other]) == 1
    assert main([one, other, "page"]) == 0


def test_the_scheduled_job_compares_the_generators() -> None:
    weekly = (ROOT / ".github/workflows/weekly.yml").read_text(encoding="utf-8")
    assert "bash .ci/generators" in weekly
    script = (ROOT / ".ci/generators").read_text(encoding="utf-8")
    for command in ("mkdocs build", "properdocs build", "zensical build --clean"):
        assert f"\n{command}" in script
