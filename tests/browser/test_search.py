"""The search box finds what a Korean reader types, and works as the theme's own does."""

import gzip
import re
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from conftest import ROOT, SAID, command, real_book, write_settings
from playwright.sync_api import expect

from benchmarks.search.asking import ask
from benchmarks.search.queries import ABSENT, read_queries
from browser.conftest import Open
from browser.little_book import PAGES, TERMS
from browser.watched import Watched
from reading import search
from reading.terms import read_terms
from reading.worker import worker_name

QUERIES = {
    "as it is": ("손실 함수", "손실 함수"),
    "without its space": ("손실함수", "손실 함수"),
    "with another space": ("역 전파", "역전파와 옵티마이저"),
    "with a particle": ("가중치에서는", "작동 원리: 가중치"),
    "another word for it": ("의사결정나무", "결정 트리"),
    "in English": ("cost function", "손실 함수"),
    "the beginning of a word": ("backprop", "역전파와 옵티마이저"),
    "one letter wrong": ("손실 합수", "손실 함수"),
    "one letter missing": ("가주치", "작동 원리: 가중치"),
    "a syllable not finished": ("가중ㅊ", "작동 원리: 가중치"),
    "a name of two words begun": ("손실하", "손실 함수"),
    "the keyboard left in English": ("gkrtmq", "역전파와 옵티마이저"),
    "two words with the keyboard left in English": ("thstlf gkatn", "손실 함수"),
    "the keyboard left in Korean": ("ㅣㅐㄴㄴ", "손실 함수"),
    "a name in other letters": ("AlexNet", "결정 트리"),
    "a name of an API": ("layer.get_weights()", "작동 원리: 가중치"),
    "a question": ("손실 함수는 무엇을 재나요?", "손실 함수"),
}
ITEM = ".md-search-result__item"
TITLE = f"{ITEM} > a h1"


@pytest.fixture(scope="module")
def book_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a small book with the real configuration."""
    root = tmp_path_factory.mktemp("searched") / "book"
    write_settings(root / "mkdocs.yml", real_book(root, PAGES))
    (root / "data" / "terms.csv").write_text(TERMS, encoding="utf-8")
    done = command("-m", "mkdocs", "build", cwd=root)
    assert done.returncode == 0, done.stdout[-3000:]
    return root / "site"


def type_query(watched: Watched, query: str) -> None:
    """Open the box by its key and type."""
    watched.page.keyboard.press("/")
    watched.page.keyboard.type(query)


def paste_query(watched: Watched, query: str) -> None:
    """Open the box by its key and put in all at once, so that there is one answer to act on.

    The page that is right is often first after some letters, with other words marked.
    """
    watched.page.keyboard.press("/")
    watched.page.keyboard.insert_text(query)


@pytest.mark.parametrize("kind", QUERIES)
def test_the_right_page_is_first(book_site: Path, open_page: Open, kind: str) -> None:
    query, title = QUERIES[kind]
    watched = open_page(book_site)
    type_query(watched, query)
    expect(watched.page.locator(TITLE).first).to_have_text(title)
    assert watched.errors == watched.elsewhere == watched.missing == []


def test_what_is_pasted_without_a_key_is_read(book_site: Path, open_page: Open) -> None:
    watched = open_page(book_site)
    paste_query(watched, "손실 함수")
    expect(watched.page.locator(TITLE).first).to_have_text("손실 함수")


@pytest.mark.parametrize("query", ["양자 컴퓨터", "zzzz", "김치찌개", "ㅋㅋㅋㅋ", "blockchain"])
def test_nothing_is_found_that_is_not_in_the_book(
    book_site: Path, open_page: Open, query: str
) -> None:
    watched = open_page(book_site)
    type_query(watched, query)
    expect(watched.page.locator(".md-search-result__meta")).to_have_text(
        "검색어와 일치하는 문서가 없습니다"
    )
    assert watched.page.locator(ITEM).count() == 0


def test_what_was_found_is_marked_there_and_on_the_page(book_site: Path, open_page: Open) -> None:
    watched = open_page(book_site)
    paste_query(watched, "손실함수를")
    expect(watched.page.locator(TITLE).first).to_have_text("손실 함수")
    marks = watched.page.locator(f"{ITEM}:first-child > a mark").all_inner_texts()
    assert marks[:2] == ["손실 함수", "손실 함수"]
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_url("**/loss/?h=*")
    assert watched.page.locator("article mark").first.inner_text() == "손실 함수"


def test_a_word_that_the_index_keeps_without_its_sentence_is_marked_on_the_page(
    site: Path, open_page: Open
) -> None:
    watched = open_page(site)
    paste_query(watched, "과적합")
    expect(watched.page.locator(TITLE).first).to_have_text("가설 공간")
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_url("**/hypothesis-space/?h=*")
    expect(watched.page.locator("article mark").first).to_have_text("과대적합")


def test_the_right_section_is_first(book_site: Path, open_page: Open) -> None:
    watched = open_page(book_site)
    paste_query(watched, "중앙값은")
    expect(watched.page.locator(f"{ITEM} h2").first).to_have_text("평균과 중앙값")
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_url("**/loss/*#mean-median")


def test_a_section_with_more_of_the_words_than_the_title_is_opened(
    site: Path, open_page: Open
) -> None:
    watched = open_page(site)
    paste_query(watched, "체스 ai는 어떻게 이겼나")  # the page is titled 심볼릭 AI
    expect(watched.page.locator(TITLE).first).to_have_text("심볼릭 AI")
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_url("**/symbolic-ai/*#chess")


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("drivers/benchmarks/?h=검증+세트#summary", "검증 세트"),  # in a solution, in an exercise
        ("ai-ml-dl/relations/?h=최근접+이웃#summary", "최근접 이웃"),
        ("drivers/activations/?h=그레이디언트+폭발#summary", "그레이디언트 폭발"),  # one is outside
    ],
)
def test_what_was_found_in_a_fold_is_unfolded(
    site: Path, open_page: Open, address: str, word: str
) -> None:
    page = open_page(site, address).page
    expect(page.locator("strong", has_text=word)).to_be_in_viewport()
    expect(page.locator("article mark").last).to_be_visible()
    page.goto(page.url.split("?")[0] + "#summary")
    expect(page.locator("strong", has_text=word)).to_be_hidden()


def test_the_glossary_leads_to_the_words_that_introduce_a_term(site: Path, open_page: Open) -> None:
    page = open_page(site, "about/glossary/").page
    entry = page.locator(
        "dd", has=page.locator("xpath=preceding-sibling::dt[1]//*[@id='term-validation-set']")
    )
    entry.get_by_role("link").last.click()
    expect(page.locator("strong", has_text="검증 세트")).to_be_in_viewport()


def test_a_short_verb_is_not_taken_for_a_noun_mistyped(site: Path, open_page: Open) -> None:
    watched = open_page(site)
    paste_query(watched, "거리를 재요")
    expect(watched.page.locator(f"{ITEM} mark").first).to_have_text("거리")
    assert "재료" not in watched.page.locator(f"{ITEM} mark").all_inner_texts()


def test_the_address_holds_what_was_asked_and_what_the_page_says(
    site: Path, open_page: Open
) -> None:
    watched = open_page(site)
    paste_query(watched, "역전파")
    first = watched.page.locator(f"{ITEM} a").first
    expect(first).to_have_attribute("href", re.compile(quote("역전파")))
    address = unquote(first.get_attribute("href") or "")
    asked = set(parse_qs(urlsplit(address).query)["h"][0].split())
    text = watched.page.request.get(address.split("?")[0]).text().lower()
    assert "역전파" in asked and len(asked) > 1 and all(word in text for word in asked)


def test_back_from_a_result_shows_where_a_reader_of_a_phone_has_been(
    site: Path, open_page: Open
) -> None:
    phone = {"has_touch": True, "viewport": {"width": 390, "height": 800}}
    watched = open_page(site, "ai-ml-dl/weights/", **phone)
    page = watched.page
    page.evaluate("scrollTo(0, 2900)")
    page.locator("label[for=__search]:visible").first.tap()
    page.keyboard.insert_text("역전파")
    page.locator(f"{ITEM} a").first.tap()
    page.wait_for_url("**/backpropagation/*")
    page.go_back()
    watched.until(lambda: page.evaluate("scrollY") > 2000)


def test_what_looks_like_a_tag_stays_text(book_site: Path, open_page: Open) -> None:
    watched = open_page(book_site)
    type_query(watched, "해치는 태그")
    expect(watched.page.locator(f"{ITEM}").first).to_contain_text("<img src=x onerror=alert(1)>")
    assert watched.page.locator(f"{ITEM} img").count() == 0
    assert watched.dialogs == []


def test_arrows_walk_through_the_results_and_enter_opens_one(
    book_site: Path, open_page: Open
) -> None:
    watched = open_page(book_site)
    keyboard, focused = watched.page.keyboard, "document.activeElement.innerText.split('\\n')[0]"
    paste_query(watched, "함수")
    expect(watched.page.locator(TITLE).first).to_have_text("손실 함수")
    keyboard.press("ArrowDown")
    assert watched.page.evaluate(focused) == "손실 함수"
    keyboard.press("ArrowDown")
    assert watched.page.evaluate(focused) != "손실 함수"
    keyboard.press("ArrowUp")
    assert watched.page.evaluate(focused) == "손실 함수"
    keyboard.press("Enter")
    watched.page.wait_for_url("**/loss/*")


def test_an_address_can_carry_a_query(book_site: Path, open_page: Open) -> None:
    watched = open_page(book_site, "?q=역전파")
    expect(watched.page.locator(TITLE).first).to_have_text("역전파와 옵티마이저")
    assert watched.page.locator(".md-search__input").input_value() == "역전파"


def test_the_page_that_is_not_there_has_the_search_too(book_site: Path) -> None:
    assert worker_name() in (book_site / "404.html").read_text(encoding="utf-8")


def test_the_page_that_is_not_there_says_so_in_korean_and_shows_a_way(
    book_site: Path, open_page: Open
) -> None:
    page = open_page(book_site, "404.html").page
    assert page.title().startswith("쪽을 찾지 못했습니다 - ")
    assert page.locator("article h1").inner_text() == "쪽을 찾지 못했습니다"
    assert "Not found" not in page.content()
    page.locator("article a").first.click()
    page.wait_for_url(lambda url: url.endswith("/"))
    assert page.locator("article h1").inner_text().startswith("딥러닝")


def test_the_index_comes_as_the_box_opens_or_with_the_next_letter(
    book_site: Path, open_page: Open
) -> None:
    watched = open_page(book_site)

    def asked() -> int:
        return sum(url.endswith(search.INDEX) for url in watched.requests)

    assert asked() == 0
    watched.page.context.route(f"**/{search.INDEX}", lambda route: route.abort(), times=2)
    type_query(watched, "")
    watched.until(lambda: asked() == 1)
    watched.page.wait_for_timeout(500)  # and no other
    watched.page.keyboard.type("손")
    watched.until(lambda: asked() == 2)
    watched.page.wait_for_timeout(500)
    assert asked() == 2 and watched.page.locator(ITEM).count() == 0
    watched.page.keyboard.type("실")
    watched.page.keyboard.press("Shift")
    expect(watched.page.locator(TITLE).first).to_have_text("손실 함수")
    watched.page.keyboard.type(" 함수")
    watched.page.keyboard.press("Shift")
    expect(watched.page.locator(TITLE).first).to_have_text("손실 함수")
    assert asked() == 3


def test_the_book_answers_what_its_authors_asked(site: Path, open_page: Open) -> None:
    queries = read_queries("seen", site)
    answers = ask(open_page(site).page, [query.text for query in queries])
    SAID.append(f"search: slowest answer {max(a.milliseconds for a in answers):.0f} ms")
    both = list(zip(queries, answers, strict=True))
    wrong = [q.text for q, a in both if q.kind != ABSENT and not q.right & set(a.pages[:3])]
    found = [q.text for q, a in both if q.kind == ABSENT and a.pages]
    assert len(wrong) <= 0.03 * len(both) and not found, (wrong, found)


def test_a_result_shows_and_marks_the_term_that_was_looked_up(site: Path, open_page: Open) -> None:
    terms = read_terms(ROOT / "data" / "terms.csv")
    asked = [(term, word) for term in terms for word in (term.term, term.english)]
    answers = ask(open_page(site).page, [word for _, word in asked])
    hidden = [
        word
        for (term, word), answer in zip(asked, answers, strict=True)
        if term.page.removesuffix(".md").removesuffix("index").strip("/")
        not in {page.strip("/") for page in answer.marked}
    ]
    assert not hidden


@pytest.mark.parametrize(
    ("query", "right"),
    [
        ("왜 층을 많이 쌓아요", "ai-ml-dl/depth/"),  # in words that the page does not use
        ("층을 몇 개나 쌓나요", "ai-ml-dl/depth/"),
        ("이미지네", "drivers/benchmarks/"),  # not typed to its end; 이미지넷 is in questions only
        ("dmatjd dlstlr", "ai-ml-dl/achievements-perception/"),  # 음성 인식
        ("앙상블학습법", "history/ensembles/"),
        ("kaggel", "history/trends/"),
        ("lenat", "history/lenet/"),  # the least letters that may be mistaken
        ("학습률이 너무 크면 어떻게 되나요", "ai-ml-dl/backpropagation/"),  # 너무 asks for nothing
    ],
)
def test_the_book_answers_what_it_learned(
    site: Path, open_page: Open, query: str, right: str
) -> None:
    [answer] = ask(open_page(site).page, [query])
    assert answer.pages[:1] == [right]


def test_index_and_scripts_are_light(site: Path) -> None:
    files = [site / name for name in (search.INDEX, *search.scripts())]
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= 60_000
