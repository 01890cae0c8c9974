# SPDX-License-Identifier: Apache-2.0
"""Disruption budgets, and the workloads whose pods they count."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from velaserve_lint.pods import pods_of
from velaserve_lint.rules.relations.kserve import class_of
from velaserve_lint.rules.relations.places import together_with
from velaserve_lint.rules.relations.scaling import scaled
from velaserve_lint.rules.relations.selecting import selecting
from velaserve_lint.run import once_for_each

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.labelled import Labelled
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.pods import Pod
    from velaserve_lint.rules.relations.selecting import Selecting
    from velaserve_lint.run import Run

_COUNTED = frozenset({"Deployment", "ReplicaSet", "ReplicationController", "StatefulSet"})


def budgets(run: Run) -> Iterator[Selecting]:
    """Those that select something of the run."""
    return (one for one in selecting(run, "PodDisruptionBudget") if one.pods)


def fixed_count(run: Run, budget: Selecting) -> int | None:
    """How many pods there always are, if nothing scales them."""
    return _fixed(run, budget.pods)


@once_for_each
def _fixed(run: Run, selected: Sequence[Labelled[Pod]]) -> int | None:
    pods = [one.thing for one in selected if id(one.thing.manifest) not in scaled(run)]
    counts = [_most(run, pod) for pod in pods]
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(selected) else None


def needed(minimum: Cursor, count: int) -> int | None:
    """How many of them minAvailable asks for; all of them, 100%, is VS338's matter."""
    if percent := re.fullmatch("([0-9]{1,2})%", minimum.text):
        return math.ceil(count * int(percent[1]) / 100)
    return minimum.number


def _most(run: Run, pod: Pod) -> int | None:
    """A patch may change how many."""
    same = (each for one in run.index.namesakes(pod.manifest) for each in pods_of(one))
    counts = [_count(each) for each in same if each.role == pod.role]
    return None if None in counts else max(filter(None, counts), default=0)


def _count(pod: Pod) -> int | None:
    """Nothing said is one; KServe's own HPA keeps it where most and fewest are the same."""
    replicas = 1 if pod.replicas.value is None else pod.replicas.number
    if pod.role == "pod":
        return replicas if pod.manifest.kind in _COUNTED else None
    most = pod.spec.at("maxReplicas").number
    return replicas if class_of(pod) == "none" or most == replicas else None


def overlapping(run: Run) -> Iterator[tuple[Selecting, Selecting, Manifest]]:
    """Two budgets that are applied together, and a workload of which both select the pods."""
    first: dict[tuple[str, str, int], Selecting] = {}
    for budget in budgets(run):
        for pod in budget.pods:
            key = (*together_with(budget.manifest), id(pod.thing))
            other = first.setdefault(key, budget)
            if other.manifest.name != budget.manifest.name:
                yield other, budget, pod.thing.manifest
                break
