# SPDX-License-Identifier: Apache-2.0
"""VS380-VS382: disruption budgets."""

from __future__ import annotations

import pytest

from support.lint_run import found, found_in
from velaserve_lint.rules.example_manifests import DEPLOYMENT, INFERENCE_SERVICE, but
from velaserve_lint.rules.relations.examples import (
    AUTOSCALER,
    BUDGET,
    LETTERS,
    SCALED_DEPLOYMENT,
    renamed,
)

BOTH = but(
    BUDGET,
    "matchLabels: {app: digits}",
    "matchExpressions: [{key: app, operator: In, values: [digits, letters]}]",
)
OF_MODEL = but(BUDGET, "app: digits", "app: isvc.digits-predictor")


@pytest.mark.parametrize(
    ("replicas", "minimum", "said"),
    [
        ("2", "1", ""),
        ("1", "1", "minAvailable: 1 needs 1 of 1 pods"),
        ("2", "2", "minAvailable: 2 needs 2 of 2 pods"),
        ("2", "3", "minAvailable: 3 needs 3 of 2 pods"),
        ("2", "50%", ""),
        ("2", "51%", "minAvailable: 51% needs 2 of 2 pods"),
        ("2", "100%", ""),
        ("2", "0", ""),
        ("0", "1", ""),
        ("2", "[]", ""),
        ("'2'", "2", ""),
    ],
)
def test_a_budget_leaves_room(replicas: str, minimum: str, said: str) -> None:
    deployment = but(DEPLOYMENT, "replicas: 2", f"replicas: {replicas}")
    budget = but(BUDGET, "minAvailable: 1", f"minAvailable: {minimum}")

    assert found("VS380", deployment, budget) == [f"warning: {said}"] * bool(said)


def test_nothing_said_is_one_replica_unless_it_is_scaled() -> None:
    assert len(found("VS380", SCALED_DEPLOYMENT, BUDGET)) == 1
    assert found("VS380", SCALED_DEPLOYMENT, BUDGET, AUTOSCALER) == []


def test_pods_of_several_workloads_are_counted_together() -> None:
    one = DEPLOYMENT.replace("replicas: 2", "replicas: 1")
    other = LETTERS.replace("replicas: 2", "replicas: 1")

    assert found("VS380", one, other, BOTH) == []
    assert len(found("VS380", one, other, but(BOTH, "minAvailable: 1", "minAvailable: 2"))) == 1


def test_pods_that_are_not_counted_make_no_sum() -> None:
    assert found("VS380", but(DEPLOYMENT, "kind: Deployment", "kind: DaemonSet"), BUDGET) == []


def test_a_patch_may_say_how_many() -> None:
    files = {
        "base/a.yaml": DEPLOYMENT.replace("replicas: 2", "replicas: 1"),
        "base/b.yaml": BUDGET,
        "prod/patch.yaml": DEPLOYMENT,
    }
    assert found_in("VS380", files) == []


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (but(INFERENCE_SERVICE, "minReplicas: 2", "minReplicas: 1"), 1),
        (INFERENCE_SERVICE, 0),
        (
            but(INFERENCE_SERVICE, "minReplicas: 2", "minReplicas: 1").replace(
                "Class: none", "Class: hpa"
            ),
            0,
        ),
        (
            but(INFERENCE_SERVICE, "minReplicas: 2", "minReplicas: 1\n    maxReplicas: 1").replace(
                "Class: none", "Class: hpa"
            ),
            1,
        ),
    ],
)
def test_models_have_budgets_too(model: str, said: int) -> None:
    assert len(found("VS380", model, OF_MODEL)) == said


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (renamed(BUDGET, "second"), 1),
        (renamed(BOTH, "second"), 1),
        (BUDGET, 0),
        (renamed(BUDGET, "second").replace("app: digits", "app: letters"), 0),
    ],
)
def test_one_budget_for_each_pod(second: str, said: int) -> None:
    assert len(found("VS381", DEPLOYMENT, LETTERS, BUDGET, second)) == said


def test_budgets_of_two_folders_are_not_applied_together() -> None:
    files = {"dev/a.yaml": f"{DEPLOYMENT}---\n{BUDGET}", "prod/a.yaml": renamed(BUDGET, "second")}

    assert found_in("VS381", files) == []


def test_a_budget_over_two_workloads_is_an_info() -> None:
    assert found("VS382", DEPLOYMENT, LETTERS, BOTH) == [
        "info: PodDisruptionBudget 'digits' counts the pods of 'digits' and 'letters' together"
    ]
    assert found("VS382", DEPLOYMENT, LETTERS, BUDGET) == []
