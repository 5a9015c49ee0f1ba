"""The workers of a Dask cluster: which of them may run pages, and what they say of themselves."""

import contextlib
import json
import logging
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from livedocs.environment import describe
from livedocs.job import described

PAGE_MEMORY = 2_000_000_000  # bytes that a page asks for, where workers announce memory
ACCELERATORS = ("GPU", "TPU")
PATIENCE = 15  # seconds that a scheduler may take to answer, and a cluster to have a worker
LARGE = {"distributed.admin.large-graph-warning-threshold": "10GB"}  # data sets travel once

Says = Mapping[str, Mapping[str, Any]]
"""What a machine says of itself, by backend."""


class ClusterProblem(RuntimeError):
    """Pages could not be sent to a cluster; says why and what to do."""


@dataclass(frozen=True)
class Crew:
    """Workers that are equal in all that can change an output."""

    addresses: list[str]
    says: Says
    others: int = 0
    """How many workers are left out because they are not equal to these."""
    resources: Mapping[str, float] | None = None
    """What a page asks for, of what all of them announce."""

    def told(self) -> list[str]:
        """Say what the person who builds should know of these workers."""
        lines = [f"일꾼 {len(self.addresses)}개에 쪽을 보냅니다."]
        own = {name: describe(name) for name in self.says}
        if changed := sorted(
            {part for name in own for part in differing(own[name], self.says[name])}
        ):
            lines.append(
                f"일꾼의 환경이 이 기계와 다릅니다({', '.join(changed)}). 결과는 일꾼의 환경의 "
                "것으로 저장되고, 이 기계의 빌드는 그것을 다른 기계의 결과로만 보여 줍니다."
            )
        if self.others:
            lines.append(f"환경이 다른 일꾼 {self.others}개에는 보내지 않습니다.")
        return lines


@contextlib.contextmanager
def connected(address: str) -> Iterator[Any]:
    """Connect to a scheduler that has at least one worker.

    Raises:
        ClusterProblem: Dask is not installed, nothing answers in time, or there is no worker.
    """
    try:
        import dask
        from distributed import Client
    except ImportError as error:
        install = "python -m pip install -c constraints.txt -e '.[cluster]'"
        raise ClusterProblem(f"Dask가 없습니다. 설치하세요: {install}") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is told by us
    with dask.config.set(LARGE):
        try:
            client = Client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ClusterProblem(
                f"{address}에서 Dask 스케줄러가 {PATIENCE}초 안에 답하지 않았습니다. 주소를 "
                "살펴보고, 스케줄러가 없으면 그 기계에서 dask scheduler를 실행하세요."
            ) from error
        with client:
            try:
                client.wait_for_workers(1, timeout=PATIENCE)
            except TimeoutError as error:
                raise ClusterProblem(no_worker(address)) from error
            yield client


def no_worker(address: str) -> str:
    """Say that nobody is there to run pages."""
    return (
        f"{address}에 일꾼이 {PATIENCE}초 동안 하나도 없었습니다. "
        f"쪽을 실행할 기계에서 dask worker {address}를 실행하세요."
    )


def crew_of(client: Any, backends: Collection[str]) -> Crew:
    """Return the workers of a cluster that pages are sent to.

    They are those that are equal to this machine; if there are none, those with an accelerator;
    then the greatest number of equal ones.

    Raises:
        ClusterProblem: no worker can run pages of this checkout.
    """
    answers = client.run(described, sorted(backends), on_error="return")
    asked = {address: says for address, says in answers.items() if isinstance(says, dict)}
    own = {name: describe(name) for name in sorted(backends)}
    groups: dict[str, list[str]] = {}
    for address, says in asked.items():
        if all(akin(own[name], says[name]) for name in own):
            groups.setdefault(json.dumps(says, sort_keys=True), []).append(address)
    if not groups:
        why = next((str(answer) for answer in answers.values() if answer not in asked.values()), "")
        raise ClusterProblem(
            "쪽을 맡을 수 있는 일꾼이 없습니다. 일꾼의 엔진과 Keras가 이 기계의 것과 같아야 하니, "
            "일꾼의 기계에도 같은 커밋을 constraints.txt와 함께 설치하세요."
            + (f" 일꾼의 답: {why}" if why else "")
        )
    mine = json.dumps(own, sort_keys=True)

    def rank(text: str) -> tuple[bool, bool, int]:
        fast = any(each["accelerator"] != "cpu" for each in json.loads(text).values())
        return text == mine, fast, len(groups[text])

    best = max(groups, key=rank)
    known = client.scheduler_info(n_workers=-1)["workers"]
    announced = [known.get(address, {}).get("resources", {}) for address in groups[best]]
    wanted = dict.fromkeys(ACCELERATORS, 1) | {"memory": PAGE_MEMORY}
    resources = {
        name: amount for name, amount in wanted.items() if all(name in each for each in announced)
    }
    return Crew(groups[best], json.loads(best), len(answers) - len(groups[best]), resources)


def akin(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether results of one environment can stand beside those of another on a page."""
    keras = one["packages"].get("keras") == other["packages"].get("keras")
    return keras and one["engine"] == other["engine"]


def differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Return in what two environments differ."""
    return [name for name in one if one[name] != other.get(name)]
