# SPDX-License-Identifier: Apache-2.0
"""The linter refuses what KServe's webhooks refuse, and takes what they take.

The examples of the rules W01-W20 go to the real webhooks, as dry runs: nothing is created. Rules
about updates are left out, they compare with an earlier state. KServe compares the priorities of a
runtime only where there is another one: ours is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml

from velaserve_lint import Severity, lint
from velaserve_lint.rules import find, modules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.kube import Kube, Object
    from velaserve_lint.rule import Rule

pytestmark = pytest.mark.e2e

FIRST, LAST = "VS411", "VS430"
OURS = [find(rule_id) for rule_id in modules() if FIRST <= rule_id <= LAST]
RULES = [rule for rule in OURS if not rule.earlier]
# What in KServe's answer shows that it is the same mistake.
REASONS = {
    "VS411": "InferenceService name must consist of",
    "VS412": r"\[kpa\] is not a supported autoscaler class",
    "VS413": "PYTHONPATH",
    "VS414": "Unknown GPU resource type",
    "VS415": "storage uri should not be specified in transformer container",
    "VS416": "'name' field is not allowed",
    "VS417": "must have a common parent directory",
    "VS418": "kbs:///<repo>/<type>/<tag>",
    "VS419": "exactly one of",
    "VS420": "invalid protocol",
    "VS421": "'MinReplicas' cannot be greater than MaxReplicas",
    "VS422": "invalid logger type",
    "VS423": r"\[concurrency\] is not a supported metric",
    "VS424": "target threshold value should not be empty",
    "VS425": "deploymentStrategy is only supported for raw deployment mode",
    "VS426": "must not set maxReplicas",
    "VS428": "different priorities assigned for the model format",
    "VS429": "sum of traffic weights",
    "VS430": "storageUri field is invalid",
}


class Row(NamedTuple):
    """One line of the table: the rule, what we say of its bad example, what KServe says."""

    rule: str
    ours: str
    kserve: str


@pytest.fixture(scope="module")
def table() -> Iterator[list[Row]]:
    """Printed at the end: pytest -rP, or -s, shows it."""
    rows: list[Row] = []
    yield rows
    print("\n| rule | velaserve-lint | KServe |\n|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")


def test_every_rule_is_asked() -> None:
    assert {rule.id for rule in RULES} == set(REASONS)
    assert {rule.id for rule in OURS} - set(REASONS) == {"VS427"}


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_the_verdict_is_that_of_the_webhook(rule: type[Rule], kube: Kube, table: list[Row]) -> None:
    answer = " ".join(filter(None, map(kube.refusal, objects(rule.bad))))
    which = rule.source.partition(":")[0]
    table.append(Row(f"{which} {rule.id}", verdict(rule.bad), answer))

    assert re.search(REASONS[rule.id], answer), f"{rule.id}: KServe says: {answer or 'nothing'}"
    assert verdict(rule.bad) == rule.id
    assert [kube.refusal(each) for each in objects(rule.good)] == [""]
    assert verdict(rule.good) == ""


def objects(text: str) -> list[Object]:
    """Under a name that nothing in the cluster has."""
    found: list[Object] = list(yaml.safe_load_all(text))
    for each in found:
        each["metadata"]["name"] = each["metadata"]["name"].replace("digits", "asked")
    return found


def verdict(text: str) -> str:
    """The rules that make us refuse it."""
    errors = [one.id for one in lint(text).findings if one.severity is Severity.ERROR]
    return ", ".join(sorted(set(errors)))
