"""The workflows may do no more than they must, and use nothing that somebody else can change."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT

from reading.repository import BRANCH

FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"uses: [\w/.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")


def read(path: Path) -> dict[str, Any]:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # `on` is no boolean


def test_there_are_workflows() -> None:
    assert [path.stem for path in FILES] == ["publish", "test", "weekly"]


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_action_is_pinned_by_the_commit_of_a_release(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert lines
    assert [line for line in lines if not PINNED.search(line)] == []


def test_an_action_has_one_version_in_all_workflows() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in FILES)
    found = set(re.findall(r"uses: (\S+)@(\w+) # (\S+)", text))
    assert len({name for name, *_ in found}) == len(found)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_what_runs_the_pages_may_only_read(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in workflow["on"]
    assert "secrets." not in path.read_text(encoding="utf-8")
    for job in workflow["jobs"].values():
        if "permissions" in job:
            assert not any("checkout" in step.get("uses", "") for step in job["steps"])
            assert {line.split()[0] for line in commands(job)} <= {"git"}


def commands(job: dict[str, Any]) -> list[str]:
    """Return the lines of a job that a shell runs."""
    return [line for step in job["steps"] for line in step.get("run", "").splitlines()]


def test_publishing_may_write_no_more_than_the_site_and_the_notebooks() -> None:
    jobs = read(ROOT / ".github/workflows/publish.yml")["jobs"]
    assert {name: job["permissions"] for name, job in jobs.items() if "permissions" in job} == {
        "deploy": {"pages": "write", "id-token": "write"},
        "notebooks": {"contents": "write"},
    }


def test_a_fork_publishes_with_its_own_addresses() -> None:
    (built,) = [
        step
        for step in read(ROOT / ".github/workflows/publish.yml")["jobs"]["build"]["steps"]
        if "mkdocs build" in step.get("run", "")
    ]
    with (ROOT / "mkdocs.yml").open(encoding="utf-8") as file:
        asked = set(re.findall(r"!ENV \[(\w+),", file.read()))
    # Where mistakes are told is known from REPO_URL, unless somebody sets it.
    assert asked == {"SITE_URL", "REPO_URL", "EDIT_URI", "REPORT_URL"}
    assert all("${{ " in built["env"][name] for name in asked - {"REPORT_URL"})


def test_the_site_is_looked_at_before_it_is_published() -> None:
    steps = read(ROOT / ".github/workflows/publish.yml")["jobs"]["build"]["steps"]
    said = [step.get("run") or step["uses"].partition("@")[0] for step in steps]
    order = ["python -m reading published", "actions/upload-pages-artifact"]
    assert [each for each in said if each in order] == order


def test_the_branch_that_colab_reads_holds_the_notebooks_and_nothing_else(tmp_path: Path) -> None:
    """Run the job's own lines, with a folder in the place of GitHub."""
    (step,) = [
        step
        for step in read(ROOT / ".github/workflows/publish.yml")["jobs"]["notebooks"]["steps"]
        if "run" in step
    ]
    made, kept = tmp_path / "notebooks", tmp_path / "kept.git"
    subprocess.run(["git", "init", "--quiet", "--bare", kept], check=True)
    environment = os.environ | {
        "TOKEN": "secret",
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_REPOSITORY": "owner/book",
        "GITHUB_SHA": "0123abc",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{kept.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://x-access-token:secret@github.com/owner/book",
    }
    for names in (["index.ipynb", "a/old.ipynb"], ["index.ipynb", "a/b/new.ipynb"]):
        shutil.rmtree(made, ignore_errors=True)
        for name in [*names, "a/program.py"]:
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            (made / name).write_text(name)
        subprocess.run(["bash", "-ec", step["run"]], cwd=made, env=environment, check=True)
        asked = ["git", "-C", kept, "ls-tree", "-r", "--name-only", BRANCH]
        held = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
        assert held.split() == sorted(names)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_no_checkout_leaves_its_token_behind(path: Path) -> None:
    for job in read(path)["jobs"].values():
        assert "timeout-minutes" in job
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] == "false"


def test_pull_requests_publish_nothing() -> None:
    assert set(read(ROOT / ".github/workflows/publish.yml")["on"]) == {"push", "workflow_dispatch"}


@pytest.mark.parametrize("late", [False, True])
def test_a_commits_share_gives_way_on_a_slow_machine_and_says_so(
    late: bool, tmp_path: Path
) -> None:
    (tmp_path / ".ci").mkdir()
    script = Path(shutil.copy(ROOT / ".ci" / "claims", tmp_path / ".ci"))
    for name in ("pytest", "mkdocs"):
        (tmp_path / name).write_text('#!/bin/sh\necho "$0 $*"\n')
        (tmp_path / name).chmod(0o755)
    env = {"PATH": f"{tmp_path}:{os.environ['PATH']}"} | ({"LATE": "1"} if late else {})
    done = subprocess.run(["bash", script], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.count("/pytest -m ") == (0 if late else 5)
    assert done.stdout.count("skipped: ") == (5 if late else 0)
