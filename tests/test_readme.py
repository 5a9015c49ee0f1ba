"""The first two commands of the README do everything, copied alone into a fresh clone."""

import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from conftest import ROOT

README = ROOT / "README.md"
BASH = re.compile(r"^```bash\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SERVE = (
    "python3 -m venv .venv && . .venv/bin/activate && "
    "python -m pip install -c constraints.txt -e . && mkdocs serve"
)
TEST = (
    "python3 -m venv .venv && . .venv/bin/activate && "
    "python -m pip install -c constraints.txt -e '.[test]' && pytest"
)
PATIENCE = 1800  # seconds, of which most go into downloading TensorFlow


def blocks() -> list[str]:
    return [block.strip() for block in BASH.findall(README.read_text(encoding="utf-8"))]


def test_the_first_two_commands_serve_and_test() -> None:
    assert blocks()[:2] == [SERVE, TEST]


def test_the_two_commands_are_the_only_ones_in_bash() -> None:
    assert len(blocks()) == 2


@pytest.fixture
def clone(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """Clone what is committed; return its folder and the environment of a newcomer."""
    subprocess.run(["git", "clone", "-q", str(ROOT), str(tmp_path / "clone")], check=True)
    (tmp_path / "home").mkdir()
    kept = {"PATH", "LANG", "TMPDIR", "PIP_INDEX_URL", "PIP_CONFIG_FILE", "SSL_CERT_FILE"}
    kept |= {"http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"}
    env = {name: value for name, value in os.environ.items() if name in kept}
    return tmp_path / "clone", env | {"HOME": str(tmp_path / "home")}


def front_page() -> str:
    """Return what the server on port 8000 says, or "" while it says nothing."""
    try:
        with urllib.request.urlopen("http://127.0.0.1:8000/", timeout=5) as answer:
            return answer.read().decode()
    except (urllib.error.URLError, OSError):
        return ""


@pytest.mark.slow
def test_the_first_command_serves_the_book_with_its_outputs(clone) -> None:
    folder, env = clone
    if front_page():
        pytest.skip("8000번 포트를 다른 서버가 쓰고 있습니다.")
    log = (folder.parent / "log").open("w+")
    server = subprocess.Popen(
        ["bash", "-c", blocks()[0]],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        until = time.monotonic() + PATIENCE
        # The server answers before the page has run; its outputs appear by themselves.
        while 'class="outputs"' not in (page := front_page()) and time.monotonic() < until:
            assert server.poll() is None, log.seek(0) or log.read()[-4000:]
            time.sleep(1)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)
    log.seek(0)
    said = log.read()
    log.close()
    assert 'class="outputs"' in page, said[-4000:]
    assert "Traceback" not in said


@pytest.mark.slow
def test_the_second_command_tests_everything(clone) -> None:
    folder, env = clone
    done = subprocess.run(
        ["bash", "-c", blocks()[1]],
        cwd=folder,
        env=env,  # what is slow is left out unless it is asked for
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    assert re.search(r"\d+ passed", done.stdout)
    assert "failed" not in done.stdout.splitlines()[-1]
