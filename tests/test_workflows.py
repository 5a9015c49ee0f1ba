"""The workflows may do no more than they must, and use nothing that somebody else can change."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT

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
            assert not any("run" in step or "checkout" in step["uses"] for step in job["steps"])


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_no_checkout_leaves_its_token_behind(path: Path) -> None:
    for job in read(path)["jobs"].values():
        assert "timeout-minutes" in job
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] == "false"


def test_pull_requests_publish_nothing() -> None:
    assert set(read(ROOT / ".github/workflows/publish.yml")["on"]) == {"push", "workflow_dispatch"}
