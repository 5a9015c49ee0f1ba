"""A site is published whole: every link leads somewhere, and no page is heavy without a reason."""

import shutil
import sysconfig
from pathlib import Path

import pytest
from conftest import ROOT, command

from reading.published import NO_LYCHEE, missing, problems, weights

needs_lychee = pytest.mark.skipif(
    not shutil.which("lychee", path=sysconfig.get_path("scripts")), reason=NO_LYCHEE
)
MOST = 60_000
"""Bytes of a page with its figures, packed as a server packs them."""
HOME = "https://owner.example/book/"
PAGE = '<!doctype html><link rel="canonical" href="{}"><h1 id="top">쪽</h1>{}'
SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
COLAB = "https://colab.research.google.com/github/owner/book/blob/notebooks/{}"
LINKS = f"""
<a href="#top">1</a> <a href="../#top">2</a> <a href="../">3</a> <a href="{HOME}page/#top">4</a>
<a href="{COLAB.format("page/page.ipynb")}">5</a>
<a href="https://github.com/owner/book/edit/main/docs/page.md">6</a>
<a href="https://nobody.example/never-asked">7</a> <img src="page.ipynb">
"""
BROKEN = {
    "a page": '<a href="../gone/">',
    "a heading of this page": '<a href="#gone">',
    "a heading of another page": '<a href="../#gone">',
    "a folder without a page": '<a href="../empty/">',
    "an image": '<img src="gone.png">',
    "a style sheet": '<link rel="stylesheet" href="gone.css">',
    "the site's own address": f'<a href="{HOME}gone/">',
    "a notebook in Colab": f'<a href="{COLAB.format("page/gone.ipynb")}">',
    "what an author mends": '<a href="https://github.com/owner/book/edit/main/docs/gone.md">',
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Lay out a site of two pages in which nothing is missing, beside its checkout."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").touch()
    site = tmp_path / "site"
    (site / "page").mkdir(parents=True)
    (site / "empty").mkdir()
    (site / "page" / "page.ipynb").write_text("{}")
    write(site, LINKS)
    lost = '<h1>쪽을 찾지 못했습니다</h1><a href="/book/page/#top">책의 첫 쪽</a>'
    (site / "404.html").write_text(lost, encoding="utf-8")
    listed = "".join(f"<url><loc>{HOME}{name}</loc></url>" for name in ("", "page/"))
    (site / "sitemap.xml").write_text(SITEMAP.format(listed), encoding="utf-8")
    return site


def write(site: Path, links: str) -> None:
    (site / "index.html").write_text(PAGE.format(HOME, ""), encoding="utf-8")
    (site / "page" / "index.html").write_text(PAGE.format(f"{HOME}page/", links), encoding="utf-8")


@needs_lychee
def test_nothing_is_wrong_with_a_whole_site(small: Path) -> None:
    assert problems(small, small.parent) == []


@needs_lychee
@pytest.mark.parametrize("link", BROKEN.values(), ids=BROKEN)
def test_a_link_that_leads_nowhere_is_named_with_its_page(small: Path, link: str) -> None:
    write(small, LINKS + link)
    found = problems(small, small.parent)
    assert len(found) == 1
    assert found[0].startswith("page/index.html: ")
    assert "gone" in found[0] or "empty" in found[0]


@needs_lychee
def test_what_the_page_of_lost_addresses_names_is_looked_for_from_the_root(small: Path) -> None:
    lost = small / "404.html"
    text = lost.read_text(encoding="utf-8").replace("/book/", "/")
    lost.write_text(text, encoding="utf-8")
    assert [problem.partition(":")[0] for problem in problems(small, small.parent)] == ["404.html"]


def test_a_site_without_korean_for_lost_addresses_or_a_whole_sitemap_is_not_whole(
    small: Path,
) -> None:
    assert missing(small) == []
    (small / "404.html").write_text("<h1>404 - Not found</h1>", encoding="utf-8")
    (small / "sitemap.xml").write_text(SITEMAP.format(""), encoding="utf-8")
    assert [said.partition(":")[0] for said in missing(small)] == ["404.html", "sitemap.xml"]


def test_a_site_that_nobody_publishes_needs_no_sitemap(small: Path) -> None:
    (small / "sitemap.xml").unlink()
    (small / "index.html").write_text("<h1>쪽</h1>", encoding="utf-8")
    assert missing(small) == []


@needs_lychee
def test_the_command_prints_weights_and_fails_where_a_link_does(small: Path) -> None:
    good = command("-m", "reading", "published", small, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
    assert "page" in good.stdout and "kB" in good.stdout
    write(small, '<a href="#gone">')
    bad = command("-m", "reading", "published", small, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
    assert bad.returncode == 1 and "#gone" in bad.stdout


@needs_lychee
def test_every_link_of_the_book_leads_somewhere(site: Path) -> None:
    assert problems(site, ROOT) == []


def test_no_page_of_the_book_is_heavier_than_it_may_be(site: Path) -> None:
    assert {name: weight for name, weight in weights(site).items() if weight > MOST} == {}
