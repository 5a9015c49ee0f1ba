"""`mkdocs serve` never makes an author wait: what is saved is shown, all else follows."""

import contextlib
import itertools
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_build import small_book

from livedocs.whole import Interrupted, WholeBuild
from reading.search import INDEX

PATIENCE = float(
    os.environ.get("LIVEDOCS_PATIENCE", "120")
)  # seconds; a few suffice on an idle machine


def one(code: str, title: str = "쪽") -> str:
    return f"# {title} {{ #page }}\n\n처음말\n\n```python\n{code}\n```\n"


class Served:
    """A book under `mkdocs serve`."""

    def __init__(self, root: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.root, self.address = root, f"http://127.0.0.1:{port}/"
        self.log = root.parent / "log"
        (root.parent / "tmp").mkdir()
        env = {name: text for name, text in os.environ.items() if name != "LIVEDOCS_CACHE"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"],
            cwd=root,
            env=env | {"NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(root.parent / "tmp")},
            stdin=subprocess.DEVNULL,
            stdout=self.log.open("w"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.until("처음")

    def get(self, url: str = "") -> str:
        try:
            with urllib.request.urlopen(self.address + url, timeout=30) as answer:
                return answer.read().decode()
        except OSError:  # not up yet, or no such page yet
            return ""

    def until(self, text: str, url: str = "") -> str:
        """Return a page once it says something."""
        return wait(lambda: (html := self.get(url)) and text in html and html, self.said)

    def reloaded_until(self, text: str, url: str = "") -> None:
        """Read a page as a browser does: once, and again only when told of another version."""
        seen = self.epoch()
        while text not in self.get(url):
            before = seen
            wait(lambda before=before: self.epoch(before) > before, self.said)
            seen = self.epoch()

    def save(self, name: str, old: str, new: str) -> None:
        path = self.root / "docs" / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def ran(self) -> list[str]:
        """Return the pages that have been run, in order."""
        return re.findall(r"실행 \d+/\d+쪽 (?:끝남|멈춤) · docs/(\w+)\.md", self.said())

    def epoch(self, after: int = 0) -> int:
        """Return the version of the site that a browser is told of, once it is another."""
        return int(self.get(f"livereload/{after}/1") or after)


def wait(true, said=lambda: ""):
    """Return the first true answer."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if answer := true():
            return answer
        time.sleep(0.05)
    pytest.fail(said())


@pytest.fixture
def serve(tmp_path: Path) -> Iterator:
    """Serve a book of some pages."""
    servers = []

    def serve(rest: float = 2, **pages: str) -> Served:
        root = small_book(tmp_path / "book", **pages)
        with (root / "quick.py").open("a") as quick:
            quick.write(f"\nimport livedocs.whole\n\nlivedocs.whole.REST = {rest}\n")
        servers.append(Served(root))
        return servers[-1]

    yield serve
    for server in servers:
        server.process.kill()
        server.process.wait()


SLOW = "import time\n\nwhile not open({0!r}).read():\n    time.sleep(0.05)\nprint(6 * 7)"


def test_text_is_there_at_once_and_outputs_come_by_themselves(serve, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    gate.touch()
    server = serve(index=one(SLOW.format(str(gate))), other=one("print('다른')"))
    html = server.until("처음말")
    assert re.search('<p class="pending" role="status">실행 중 · [01]/2쪽</p>', html)
    wait(lambda: "실행 중 · 1/2쪽" in server.get(), server.said)
    gate.write_text("열림")
    server.reloaded_until("<samp>42</samp>")
    server.reloaded_until("<samp>다른</samp>", "other/")


def test_saved_prose_is_shown_and_nothing_is_run(serve) -> None:
    server = serve(index=one("print('하나')"), other=one("print('둘')"))
    server.until("<samp>하나</samp>")
    server.until("<samp>둘</samp>", "other/")
    before = server.epoch()
    server.save("index.md", "처음말", "고친말")
    wait(lambda: server.epoch(before) > before, server.said)
    html = server.get()
    assert "고친말" in html
    assert "<samp>하나</samp>" in html
    assert sorted(server.ran()) == ["index", "other"]


TWO = {"index": "# 처음 { #a }\n\n글\n", "other": "# 옛이름 { #b }\n\n글\n"}


def test_only_the_saved_page_is_rendered_at_once(serve) -> None:
    server = serve(rest=3600, **TWO)
    server.until("옛이름")
    built = server.said().count("Documentation built")
    server.save("other.md", "옛이름", "새이름")
    server.until("새이름", "other/")
    assert "옛이름" in server.get()
    assert server.said().count("Documentation built") == built


def test_the_navigation_of_other_pages_follows_and_browsers_are_told(serve) -> None:
    server = serve(**TWO)
    server.until("옛이름")
    server.save("other.md", "옛이름", "새이름")
    server.until("새이름", "other/")
    before = server.epoch()
    assert "새이름" in server.get() or wait(lambda: server.epoch(before) > before, server.said)
    server.until("새이름")


def test_saved_code_runs_its_page_alone_and_its_output_takes_the_place_of_the_old(serve) -> None:
    server = serve(index=one("print(6 * 7)"), other=one("print('둘')"))
    server.until("<samp>42</samp>")
    server.until("<samp>둘</samp>", "other/")
    server.save("index.md", "6 * 7", "6 * 8")
    html = server.until("<samp>48</samp>")
    assert "<samp>42</samp>" not in html
    assert server.ran()[2:] == ["index"]


def test_a_failing_fence_shows_its_error_in_place_while_all_else_stays_up(serve) -> None:
    server = serve(index=one("print(6 * 7)"), other=one("print('둘')"))
    server.until("<samp>42</samp>")
    server.save("index.md", "6 * 7", "6 / 0")
    html = server.until("ZeroDivisionError: division by zero")
    assert html.index("처음말") < html.index('<pre class="output-error">')
    assert "<samp>둘</samp>" in server.until("<samp>둘</samp>", "other/")
    server.save("index.md", "6 / 0", "6 * 9")
    server.until("<samp>54</samp>")
    server.save("index.md", "```python\n", "```{.python .chekc}\n")
    server.until("모르는 갈래 .chekc입니다.")
    assert server.process.poll() is None


def test_the_page_that_is_looked_at_runs_first(serve, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    gate.touch()
    slow = SLOW.format(str(gate))
    pages = {f"page{number:02}": one(f"{slow}\nx = {number}") for number in range(30)}
    server = serve(index="# 처음 { #a }\n", **pages)
    server.until("실행 중", "page25/")
    gate.write_text("열림")
    wait(lambda: len(server.ran()) == 30, server.said)
    assert "page25" in server.ran()[:10]  # after those that were running already


def test_a_new_page_and_a_new_style_sheet_join_the_site(serve) -> None:
    server = serve(index="# 처음 { #a }\n\n글\n")
    server.until("글")
    (server.root / "docs" / "new.md").write_text(one("print('새')"), encoding="utf-8")
    server.until("<samp>새</samp>", "new/")
    server.until('href="new/"')
    (server.root / "docs" / "a.css").write_text("a {}")
    server.until("a {}", "a.css")
    (server.root / "docs" / "a.css").write_text("b {}")
    server.until("b {}", "a.css")


def test_a_changed_data_file_runs_the_page_that_reads_it(serve) -> None:
    text = '# 처음 { #a }\n\n```{.python data="a.csv"}\nprint(open("a.csv").read())\n```\n'
    server = serve(index="# 처음 { #b }\n")
    (server.root / "data" / "a.csv").write_text("하나", encoding="utf-8")
    (server.root / "docs" / "page.md").write_text(text, encoding="utf-8")
    server.until("<samp>하나</samp>", "page/")
    (server.root / "data" / "a.csv").write_text("둘둘", encoding="utf-8")
    server.until("<samp>둘둘</samp>", "page/")


def of_folder(folder: Path) -> list[int]:
    """Return the processes that were started with a temporary folder in their environment."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if f"TMPDIR={folder}".encode() in path.read_bytes().split(b"\0"):
                found.append(int(path.parent.name))
    return found


WAITS = "import time\nfrom pathlib import Path\n\nPath({0!r}).touch()\ntime.sleep(600)"


@pytest.mark.skipif(sys.platform != "linux", reason="/proc에서 프로세스를 찾는다")
def test_control_c_stops_serving_at_once_and_keeps_what_is_finished(serve, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    server = serve(index=one("print(6 * 7)"), other=one(WAITS.format(str(mark))))
    server.until("<samp>42</samp>")
    wait(mark.exists, server.said)
    os.killpg(server.process.pid, signal.SIGINT)
    assert server.process.wait(30) == 0
    wait(lambda: not of_folder(tmp_path / "tmp"))
    assert "Traceback" not in server.said()
    assert len(list((server.root / ".cache" / "livedocs" / "notebooks").iterdir())) == 1
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="/proc에서 프로세스를 찾는다")
@pytest.mark.parametrize("words", [["mkdocs", "build"], ["livedocs", "run"]], ids=" ".join)
def test_control_c_stops_a_build_at_once_and_keeps_what_is_finished(
    tmp_path: Path, words: list[str]
) -> None:
    mark = tmp_path / "mark"
    waits = WAITS.format(str(mark))
    root = small_book(tmp_path / "book", index=one("print(6 * 7)"), other=one(waits))
    (tmp_path / "tmp").mkdir()
    env = {name: text for name, text in os.environ.items() if name != "LIVEDOCS_CACHE"}
    build = subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=root,
        env=env | {"NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(tmp_path / "tmp")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    notebooks = root / ".cache" / "livedocs" / "notebooks"
    wait(lambda: mark.exists() and list(notebooks.glob("*.ipynb")))
    os.killpg(build.pid, signal.SIGINT)
    said, _ = build.communicate(timeout=30)
    assert build.returncode != 0
    assert "Traceback" not in said
    wait(lambda: not of_folder(tmp_path / "tmp"))
    assert len(list(notebooks.iterdir())) == 1
    assert list((tmp_path / "tmp").iterdir()) == []


def test_without_a_terminal_progress_is_whole_lines(serve) -> None:
    server = serve(index=one("print(6 * 7)"))
    server.until("<samp>42</samp>")
    assert not {"\r", "\x1b"} & set(server.said())
    form = r"실행 1/1쪽 끝남 · docs/index\.md · \d+\.\d초 · \d+초 지남$"
    assert re.search(form, server.said(), re.MULTILINE)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows에는 pty가 없다")
def test_on_a_terminal_a_line_says_what_runs_how_long_and_how_long_still(tmp_path: Path) -> None:
    import pty

    root = small_book(
        tmp_path / "book", index=one("print(1)"), other=one("import time\ntime.sleep(3)")
    )
    ours, theirs = pty.openpty()
    env = {name: text for name, text in os.environ.items() if name != "LIVEDOCS_CACHE"}
    run = [sys.executable, "-m", "livedocs", "run"]
    build = subprocess.Popen(run, cwd=root, env=env, stdout=subprocess.PIPE, stderr=theirs)
    said = ""
    with contextlib.suppress(OSError):
        while "쯤 남음 · docs/other.md" not in said:
            said += os.read(ours, 10_000).decode(errors="replace")
    build.communicate(timeout=60)
    assert re.search(r"실행 중 1/2쪽 · \d+초 지남, \d+초쯤 남음 · docs/other\.md", said)


def test_the_whole_site_waits_for_rest() -> None:
    whole, built = WholeBuild(), []
    whole.build = lambda: built.append(1)
    assert whole.wait() is None
    whole.run()
    whole.later()
    whole.run()
    assert built == []
    whole.due = 0
    whole.run()
    whole.run()
    assert built == [1]


def test_the_whole_site_gives_way_and_is_built_later() -> None:
    whole = WholeBuild()

    def build() -> None:
        whole.give_way()
        whole.hurry = True  # somebody saves
        whole.give_way()
        pytest.fail("it went on")

    whole.build, whole.due = build, 0
    whole.run()
    assert whole.wait() > 0
    assert not whole.lock.locked()
    with whole.before():
        whole.give_way()  # what goes before gives way to nobody


def test_a_build_that_fails_leaves_the_next_one_free() -> None:
    whole = WholeBuild()
    whole.build, whole.due = lambda: 1 / 0, 0
    with pytest.raises(ZeroDivisionError):
        whole.run()
    assert not whole.lock.locked()
    whole.hurry = True
    whole.give_way()


def test_the_whole_site_is_never_built_where_it_is_served(tmp_path: Path) -> None:
    whole, usual = WholeBuild(), str(tmp_path)
    served = [usual]
    for _ in range(4):
        served.append(whole.folder(usual, served[-1]))
    assert all(one != two for one, two in itertools.pairwise(served))
    assert len(set(served)) == 3


def test_nothing_stops_an_interruption_on_its_way() -> None:
    """MkDocs logs an error for every Exception; nobody has made a mistake."""
    assert not issubclass(Interrupted, Exception)


def test_the_search_index_follows(serve) -> None:
    server = serve(
        index="---\nconcepts: []\n---\n\n# 처음 { #a }\n\n빨갛게 익은 사과는 참 맛있습니다.\n",
        other="# 다음 { #b }\n\n말입니다.\n",
    )
    (server.root / "mkdocs.yml").write_text(
        (server.root / "mkdocs.yml").read_text().replace("plugins: []", "plugins: [search]")
    )

    def found() -> str:
        index = json.loads(server.get(INDEX) or '{"docs": []}')
        return " ".join(json.dumps(entry, ensure_ascii=False) for entry in index["docs"])

    wait(lambda: "사과" in found(), server.said)
    server.save("index.md", "빨갛게 익은 사과는 참 맛있습니다.\n", "오늘의 하늘은 몹시 푸릅니다.\n")
    wait(lambda: "하늘" in found(), server.said)
