"""One word for one thing: terms are explained at their first use and forbidden forms stay out."""

import re

import pytest
from conftest import ROOT

from livedocs.prose import SPAN
from reading.pages import Page, read_pages
from reading.terms import Term, forbidden_in, pattern, read_terms

TERMS = read_terms(ROOT / "data" / "terms.csv")
PAGES = read_pages(ROOT / "docs")
# A section's first page, and the first page of all, name what comes later: they are contents.
CONTENTS = {path for path in PAGES if path.endswith("index.md")}
CHAPTER = {path: page for path, page in PAGES.items() if not path.startswith("about/")}
LINK = re.compile(r"\[[^\]]*\]\([^)]*\)")
MOST_LATIN = 0.5


def words(text: str) -> str:
    """Return prose with code spans and links blanked out, so that places stay."""
    return LINK.sub(lambda m: " " * len(m[0]), SPAN.sub(lambda m: " " * len(m[0]), text))


def first_uses(page: Page, terms: list[Term]) -> dict[str, tuple[int, str]]:
    """Return, by term, the line of its first use and what follows it there."""
    found: dict[str, tuple[int, str]] = {}
    form = pattern(term.term for term in terms)
    for line, text in page.prose:
        for hit in form.finditer(words(text)):
            found.setdefault(" ".join(hit[1].split()), (line, text[hit.end(1) :]))
    return found


def explained(term: Term, behind: str) -> bool:
    """Whether the English of a term stands right behind it: `**문턱값**(threshold)`."""
    return re.match(rf"\**\({re.escape(term.english)}\b", behind, re.IGNORECASE) is not None


def introduced(page: Page, pages: dict[str, Page], terms: list[Term]) -> set[str]:
    """Return the terms that a page, or a page that it builds on, has explained anywhere."""
    found, waiting, seen = set(), [page.path], set()
    while waiting:
        path = waiting.pop()
        if path in seen or path not in pages:
            continue
        seen.add(path)
        waiting += pages[path].builds_on
        if path != page.path:
            text = "\n".join(text for _, text in pages[path].prose)
            found |= {
                t.term for t in terms if re.search(rf"{t.term}\**\({t.english}\b", text, re.I)
            }
    return found


def unexplained(page: Page, pages: dict[str, Page], terms: list[Term]) -> list[str]:
    """Return the terms whose first use on a page gives no English and that nothing excuses."""
    by_name = {term.term: term for term in terms}
    known = introduced(page, pages, terms)
    return [
        f"docs/{page.path}:{line}: ‘{name}’: 처음 쓸 때 원어를 답니다: "
        f"**{name}**({by_name[name].english}). 앞의 글이 가르쳤다면 머리말 builds_on에 적으세요."
        for name, (line, behind) in first_uses(page, terms).items()
        if name not in known and not explained(by_name[name], behind)
    ]


def test_the_table_has_one_form_a_row() -> None:
    assert len({term.term for term in TERMS}) == len(TERMS)
    assert len({term.anchor for term in TERMS}) == len(TERMS)
    for term in TERMS:
        assert not re.search(r"[/()]", term.term), term
        assert term.english and term.definition.endswith("다."), term
        assert re.search("[가-힣]", term.definition) and term.definition.count(".") == 1, term
        assert not set(term.forbidden) & {word for t in TERMS for word in (t.term, *t.aliases)}


def test_terms_are_taught_on_pages_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    missing = sorted({term.page for term in TERMS} - PAGES.keys())
    with capsys.disabled():
        print(f"\n용어를 가르칠, 아직 없는 글: {', '.join(missing) or '없음'}")
    assert all(path.split("/")[0] in {"ai-ml-dl", "history", "drivers"} for path in missing)


@pytest.mark.parametrize("page", PAGES.values(), ids=list(PAGES))
def test_a_page_uses_no_forbidden_form(page: Page) -> None:
    front = [(1, str(page.meta.get(name, ""))) for name in ("title", "description")]
    headings = [(n + 1, line) for n, line in enumerate(page.lines) if line.startswith("#")]
    attributes = [
        (fence.start + 1, fence.values.get(name, ""))
        for fence in page.fences
        for name in ("title", "alt")
    ]
    found = [
        f"docs/{page.path}:{line}: ‘{form}’ 대신 ‘{right}’라고 적으세요."
        for line, text in [*front, *page.prose, *headings, *attributes]
        for form, right in forbidden_in(SPAN.sub(" ", text), TERMS)
    ]
    assert found == []


@pytest.mark.parametrize("path", sorted(CHAPTER.keys() - CONTENTS))
def test_a_term_carries_its_english_at_its_first_use(path: str) -> None:
    assert unexplained(CHAPTER[path], PAGES, TERMS) == []


@pytest.mark.parametrize("page", PAGES.values(), ids=list(PAGES))
def test_no_paragraph_is_mostly_latin(page: Page) -> None:
    for line, text in page.prose:
        bare = re.sub(r"\[@[^\]]*\]", "", words(text))
        latin, hangul = len(re.findall("[A-Za-z]", bare)), len(re.findall("[가-힣]", bare))
        assert latin < 60 or latin <= MOST_LATIN * (latin + hangul), f"docs/{page.path}:{line}"


THRESHOLD = Term("문턱값", "threshold", "뜻입니다.", "a.md", (), ("임계값",))
LAYER = Term("층", "layer", "뜻입니다.", "a.md", ("레이어 정규화",), ("레이어",))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("임계값을 정합니다.", ["임계값"]),
        ("레이어들에서는 그렇습니다.", ["레이어"]),
        ("레이어 정규화를 씁니다.", []),
        ("플레이어가 둘입니다.", []),
        ("임계값이야기는 없습니다.", []),
        ("문턱값을 정합니다.", []),
    ],
)
def test_a_forbidden_form_is_found_as_a_whole_word_with_its_josa(
    text: str, found: list[str]
) -> None:
    assert [form for form, _ in forbidden_in(text, [THRESHOLD, LAYER])] == found


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("**문턱값**(threshold)을 정합니다. 문턱값은 그대로입니다.", False),
        ("문턱값을 정합니다. 이것이 **문턱값**(threshold)입니다.", True),
        ("## 문턱값\n\n여기에는 없습니다.", False),
        ("`문턱값`과 [문턱값](b.md)은 세지 않습니다.", False),
        ("---\nbuilds_on: [b.md]\n---\n문턱값을 정합니다.", False),
        ("---\nbuilds_on: [c.md]\n---\n문턱값을 정합니다.", False),
        ("---\nbuilds_on: [d.md]\n---\n문턱값을 정합니다.", True),
    ],
)
def test_the_first_use_of_a_term_is_judged(text: str, wrong: bool) -> None:
    pages = {
        "a.md": Page("a.md", text),
        "b.md": Page("b.md", "**문턱값**(threshold)입니다."),
        "c.md": Page("c.md", "---\nbuilds_on: [b.md]\n---\n글."),
        "d.md": Page("d.md", "글."),
    }
    assert bool(unexplained(pages["a.md"], pages, [THRESHOLD])) == wrong


def squeezed(text: str) -> str:
    """Return text in which spaces and capitals make no difference."""
    return re.sub(r"\s", "", text).lower()


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.term)
def test_the_page_of_a_term_speaks_of_it(term: Term) -> None:
    """The glossary and the search send a reader there."""
    said = squeezed(" ".join(text for _, text in PAGES[term.page].prose))
    assert any(squeezed(word) in said for word in (term.term, *term.aliases)), term.page
