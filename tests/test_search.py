"""The index of the search: what a page says goes in short, by section, and nothing else."""

import csv
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT

from reading import worker
from reading.concepts import read_concepts
from reading.excerpt import LONGEST, excerpt
from reading.gist import gists, placed
from reading.pages import read_pages
from reading.search import CHARACTERS, Found, dumped, index, introduced, scripts
from reading.sections import STRESS, read_sections
from reading.terms import Term
from reading.wording import cited_words, names_of, read_asked, read_synonyms

PAGE = """
<h1 id="loss">손실 함수<a class="headerlink" href="#loss">¶</a></h1>
<p>거리를 재는 <strong>손실 함수</strong>입니다<sup><a href="#f">1</a></sup>. 둘째 문장입니다.</p>
<div class="highlight"><pre><code>from sklearn.svm import SVC  # 주석
model = SVC(kernel="rbf")
model.fit(images, "글자 fit_text")
</code></pre></div>
<div class="outputs"><pre><samp>출력 0.97</samp></pre>
<figure><svg><text>그림의 글</text></svg></figure></div>
<details class="check"><summary><span>확인됨</span> · 손실은 줄어든다</summary>
<p>접힌 글</p></details>
<h2 id="of-weights">가중치와 <code>loss</code></h2>
<p>둘째 절<br>다음 줄</p>
<div class="listing"><p>만든 목록</p></div>
<div class="footnote"><p>각주 2016</p></div>
"""


def found(url: str, html: str = PAGE, asked: str | None = None) -> Found:
    return Found(
        f"{url.strip('/')}.md", url, "쪽의 제목", "쪽의 설명입니다.", asked, read_sections(html)
    )


def test_a_page_is_parted_at_its_headings() -> None:
    first, second = read_sections(PAGE)
    assert [first.anchor, first.heading] == ["loss", "손실 함수"]
    assert [second.anchor, second.heading] == ["of-weights", "가중치와 loss"]


def test_a_section_holds_the_prose_and_no_outputs_drawings_lists_or_notes() -> None:
    first, second = read_sections(PAGE)
    assert [sentence.replace(STRESS, "") for sentence in first.sentences] == [
        "거리를 재는 손실 함수입니다.",
        "둘째 문장입니다.",
        "손실은 줄어든다",
        "접힌 글",
    ]
    assert STRESS in first.sentences[0]
    assert second.sentences == ["둘째 절", "다음 줄"]


def test_the_names_of_code_are_what_it_imports_and_calls() -> None:
    assert read_sections(PAGE)[0].names == ["sklearn", "svm", "SVC", "fit"]


def test_a_gist_keeps_within_its_share_the_sentences_that_say_most() -> None:
    common = "그래서 그림을 다시 그려 봅니다."
    rare = "역전파를 연쇄 법칙과 기울기로 씁니다."
    other = "퍼셉트론은 아주 오래전에 만들어져 쓰인 것입니다."
    [(text, words), *_] = gists([[common, rare, other], [common], [common]], [len(rare), 99, 99])
    assert text == rare
    assert words["퍼셉트론"] == 1 and "역전파" not in words


def test_a_gist_prefers_a_sentence_that_stresses_a_word_and_marks_what_is_left_out() -> None:
    plain = "가나다를 라마바와 사아자가 본다고 합니다."
    stressed = f"그 {STRESS}차카타를 파하가와 본다고 합니다."
    last = "나다라를 마바사와 아자차가 본다고 합니다."
    [(text, _), *_] = gists([[plain, stressed, last], ["다른 절입니다"]], [len(plain) * 2, 9])
    assert text.count(STRESS) == 0 and "차카타를" in text
    assert text != f"{plain} {stressed} {last}".replace(STRESS, "")


def test_a_sentence_that_is_wanted_is_kept_and_cut_around_its_words() -> None:
    long = (
        f"{'앞에 길게 늘어놓은 말이 있고, ' * 5}그 뒤에 {STRESS}과대적합(overfitting)이라고 합니다."
    )
    other = "퍼셉트론을 연쇄 법칙과 기울기로 씁니다."
    [(text, _)] = gists([[other, long]], [0], [{1: ["과대적합"]}])
    assert text.startswith("… ") and "과대적합(overfitting)이라고" in text
    assert len(text) <= LONGEST + len("… ") and "퍼셉트론" not in text
    assert excerpt("짧은 문장입니다.", ["문장"]) == "짧은 문장입니다."
    assert excerpt(long, []).startswith("앞에 길게") and excerpt(long, []).endswith(" …")


def test_a_page_shows_where_it_introduces_its_terms_but_not_what_a_heading_names() -> None:
    html = PAGE.replace(
        "둘째 절<br>", "표적을 봅니다. 이 수를 <strong>표적</strong>이라고 합니다.<br>"
    )
    own, titled, elsewhere = (
        Term(word, "", "뜻", path, (), ())
        for word, path in [("표적", "loss.md"), ("손실 함수", "loss.md"), ("줄", "other.md")]
    )
    page = found("loss/", html, "|")
    assert introduced(page, [own, titled, elsewhere]) == [{}, {1: ["표적"]}]
    assert "이 수를 표적이라고 합니다." in index([page], [own])["docs"][1]["text"]


def test_a_summary_shows_nothing_of_its_own() -> None:
    html = PAGE.replace('id="of-weights"', 'id="summary"')
    assert [doc["text"] for doc in index([found("loss/", html, "")], [])["docs"]][1] == ""


def test_a_word_stands_once_in_a_page_where_it_is_most_often() -> None:
    assert placed([Counter(가=1, 나=2), Counter(가=3)]) == [["나"], ["가:4"]]


def test_the_index_names_each_section_its_page_and_the_terms_that_it_teaches() -> None:
    term = Term("손실 함수", "loss function", "뜻", "loss.md", ("오차 함수",), ("손실함수",))
    absent = Term("확산 모델", "diffusion model", "뜻", "drivers/diffusion.md", (), ())
    made = index([found("loss/", asked="정답|거리")], [term, absent])
    first, second = made["docs"]
    assert [first["location"], second["location"]] == ["loss/", "loss/#of-weights"]
    assert first["title"] == "쪽의 제목" and first["text"].startswith("쪽의 설명입니다.")
    assert made["questions"] == {"loss/": "정답|거리"} and "boost" not in first
    assert made["terms"] == [
        ["loss/", "손실 함수", "loss function", "오차 함수", "손실함수"],
        [None, "확산 모델", "diffusion model"],
    ]


def test_words_of_one_syllable_and_forms_of_verbs_are_no_nouns() -> None:
    several = "값이 큽니다. 값을 값은 값에 값의 값도. 값이 값이 값이 손실을 재야 있으니 줄었는지."
    [(_, words)] = gists(
        [["처음에 나오는 아주 긴 문장 하나를 골라서 둡니다", *several.split(". ")]], [9]
    )
    assert "손실" in words
    assert not {"값이", "값에", "값도", "재야", "있으니", "줄었는지"} & words.keys()


def test_a_name_stands_once_in_a_page_and_drawing_finds_nothing() -> None:
    html = PAGE.replace(
        "<p>둘째 절", "<pre><code>SVC()\nplt.SVC\nplt.xlabel()</code></pre><p>둘째 절"
    )
    sections = read_sections(html)
    assert sections[1].names == ["SVC"]
    assert names_of([sections, read_sections(PAGE)])[:2] == [["sklearn", "svm", "SVC", "fit"], []]


def test_the_words_of_cited_works_find_a_page_unless_many_pages_cite_such_works() -> None:
    works = {str(n): ["LeCun Deep Learning"] for n in range(4)} | {"p": ["Minsky Perceptrons"]}
    assert cited_words(works) == {str(n): [] for n in range(4)} | {"p": ["minsky", "perceptrons"]}


def test_synonyms_stand_behind_the_terms_without_a_page(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text('word,also\n손실,"오차, 로스"\n', encoding="utf-8")
    synonyms = read_synonyms(tmp_path / "s.csv")
    assert index([found("loss/")], [], synonyms)["terms"] == [[None, "손실", "오차", "로스"]]
    assert read_synonyms(tmp_path / "none.csv") == []


def test_a_page_about_the_book_weighs_less_and_brings_no_words() -> None:
    book, about = found("loss/", asked=""), found("about/")
    docs = index([book, about], [])["docs"]
    assert [doc.get("boost") for doc in docs] == [None, None, 0.3, 0.3]
    assert docs[0]["words"] and "words" not in docs[2]


def big_book(pages: int) -> list[Found]:
    words = [
        f"{one}{two}사"
        for one in "가나다라마바사아자차카타파하"
        for two in "고노도로모보소오조초코토포호"
    ]
    sentences = "".join(f"<p>{word}를 {'아주 ' * 60}길게 적습니다.</p>" for word in words)
    return [found(f"p{n}/", f'<h1 id="a">제목</h1>{sentences}', "") for n in range(pages)]


def test_the_gists_of_a_big_book_stay_small() -> None:
    texts = [doc["text"] for doc in index(big_book(5), [])["docs"]]
    assert sum(map(len, texts)) < 1.2 * CHARACTERS


def test_the_same_pages_make_the_same_index_whatever_the_hash_seed() -> None:
    program = (
        "from tests.test_search import *; "
        "print(dumped(index([*big_book(1), found('loss/', asked='말')], [])))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ".:tests", "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in "12"
    }
    assert len(printed) == 1 and json.loads(printed.pop())["docs"]


def test_the_worker_names_the_program_and_each_is_named_by_what_it_holds() -> None:
    (worker_name, worker), (program_name, program) = scripts().items()
    assert re.fullmatch(r"assets/javascripts/search\.[0-9a-f]{8}\.js", worker_name)
    assert re.fullmatch(r"search/answers\.[0-9a-f]{8}\.js", program_name)
    assert "addEventListener" in worker and program_name in worker and "// " not in worker + program
    assert dumped({"a": "가"}) == '{"a":"가"}'


def test_what_was_learned_is_read_by_page_and_weight(tmp_path: Path) -> None:
    file = tmp_path / "asked.csv"
    file.write_text("page,weight,pieces\nloss.md,1,거리 재\nloss.md,3,손실\n", encoding="utf-8")
    assert read_asked(file) == {"loss.md": "거리 재||손실"}
    assert read_asked(tmp_path / "none.csv") == {}


def test_a_page_with_questions_keeps_less_of_its_prose() -> None:
    html = PAGE.replace("둘째 문장입니다.", "퍼셉트론을 씁니다. 퍼셉트론의 값은 SVC와 같습니다.")
    plain, learned = (
        index([found("loss/", html, asked)], [])["docs"][0] for asked in ("|", "거리")
    )
    assert "퍼셉트론" in plain["text"] + plain.get("words", "")
    assert "퍼셉트론" not in learned["text"] + learned.get("words", "")
    assert learned["text"] == "쪽의 설명입니다."


def test_every_page_that_teaches_was_learned_and_no_other() -> None:
    asked = read_asked(ROOT / "data" / "asked.csv")
    pages = read_pages(ROOT / "docs")
    teaching = {path for path, page in pages.items() if page.meta.get("concepts")}
    assert asked.keys() == teaching
    assert all(levels.strip("|") for levels in asked.values())


def test_questions_name_concepts_and_each_is_asked_once() -> None:
    with (ROOT / "data" / "questions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = read_concepts(ROOT / "data" / "concepts.csv").keys()
    assert {id for row in rows for id in row["concepts"].split()} == set(known)
    assert len({row["query"] for row in rows}) == len(rows)


def test_learning_and_answering_weigh_alike() -> None:
    learn = pytest.importorskip("benchmarks.search.learn")
    answer = (worker.ASSETS / "answer.js").read_text(encoding="utf-8")
    assert f"FOUND = {learn.FOUND:g}, NOTHING = {learn.NOTHING:g};" in answer


def test_learning_takes_pieces_of_several_words_and_words_asked_alone() -> None:
    learn = pytest.importorskip("benchmarks.search.learn")
    alone, once = ["엔비디아", "엔비", "비디", "디아"], ["한번", "왜"]
    several = [["신경망", "신경", "경망"], ["심층신경망", "심층", "층신", "신경", "경망", "왜"]]
    taken = learn.learnable([alone, once, *several])
    assert sorted(taken) == ["경망", "신경", "신경망", "엔비디아", "왜"]


def test_learning_finds_what_tells_pages_apart() -> None:
    learn = pytest.importorskip("benchmarks.search.learn")
    questions = [
        *[learn.Question(["거리", "왜"], {}, {"loss/": 1.0})] * 5,
        *[learn.Question(["층", "왜"], {}, {"deep/": 1.0})] * 5,
        *[learn.Question(["김치", "왜"], {}, {})] * 5,
    ]
    weights = learn.learn(questions, ["loss/", "deep/"])
    for page, piece, other in (("loss/", "거리", "층"), ("deep/", "층", "거리")):
        # What all questions share tells nothing, and is not enough to show a page.
        assert weights[page].get("왜", 0) <= 1 and other not in weights[page]
        assert weights[page][piece] + weights[page].get("왜", 0) > learn.NOTHING
