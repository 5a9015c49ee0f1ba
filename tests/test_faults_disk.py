"""A disk that is full or may not be written stops no build, and leaves nothing half written."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_extension import fence
from test_faults import BUILD, PRINTS, rerun

from livedocs import cache
from livedocs.project import Project

MANY = "\n".join(fence(f"print('{number}' * 19_000)") for number in range(8))


def mounted(project: Project, options: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Build with another disk mounted on a folder, which nobody else sees; end with its files."""
    if not shutil.which("unshare") or subprocess.run(["unshare", "-rm", "true"]).returncode:
        pytest.skip("unshare가 허락되지 않아 디스크를 따로 붙일 수 없습니다.")
    folder.mkdir(exist_ok=True)
    script = 'mount -t tmpfs -o "$0" none "$1" && "$2" -c "$3"; echo "끝 $?"; find "$1" -type f'
    words = [options, str(folder), sys.executable, BUILD]
    return subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, *words],
        cwd=project.root,
        env=os.environ | {"PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_full_disk_keeps_what_fits_and_says_what_does_not(apart: Project) -> None:
    (apart.docs / "big.md").write_text(MANY, encoding="utf-8")
    (apart.docs / "small.md").write_text(PRINTS, encoding="utf-8")
    said, _, files = mounted(apart, "size=64k", apart.cache).stdout.partition("끝 0\n")
    assert "결과를 저장하지 못했습니다 · docs/big.md · [Errno 28] " in said
    kept = [line for line in files.splitlines() if "/notebooks/" in line]
    assert [Path(line).suffix for line in kept] == [".ipynb"]


def test_a_read_only_disk_is_said_page_by_page(apart: Project) -> None:
    (apart.docs / "small.md").write_text(PRINTS, encoding="utf-8")
    done = mounted(apart, "ro", apart.cache)
    assert "결과를 저장하지 못했습니다 · docs/small.md · [Errno 30] " in done.stdout
    assert done.stdout.endswith("끝 0\n")


def test_a_disk_without_room_for_a_page_fails_pages_by_name_without_a_traceback(
    apart: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scratch"))
    (apart.docs / "big.md").write_text(MANY, encoding="utf-8")
    done = mounted(apart, "size=32k", tmp_path / "scratch")  # the engine's own files fit
    assert "docs/big.md:" in done.stdout
    assert "임시 폴더의 디스크가 찼습니다." in done.stdout
    assert "Traceback" not in done.stdout
    assert done.stdout.endswith("끝 1\n")


def test_a_disk_without_room_for_the_engine_ends_in_one_sentence(
    apart: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scratch"))
    (apart.docs / "big.md").write_text(MANY, encoding="utf-8")
    done = mounted(apart, "size=8k", tmp_path / "scratch")
    assert "쪽을 실행하는 프로세스가 죽었습니다." in done.stdout
    assert "Traceback" not in done.stdout
    assert "끝 1\n" in done.stdout


def test_an_entry_that_another_user_keeps_to_himself_is_run_again(
    book: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `chmod 0` would do, from which root is exempt."""
    rerun(book)
    read = Path.read_text

    def refuses(path: Path, *words, **more) -> str:
        if path.suffix == ".ipynb":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return read(path, *words, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_text", refuses)
        outcome, told = rerun(book)
    assert (outcome.printed, outcome.ran.cached, len(told)) == ("42\n", False, 1)
    assert len(cache.stored(book)) == 1
    assert rerun(book)[0].ran.cached
