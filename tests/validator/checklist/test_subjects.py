# SPDX-License-Identifier: Apache-2.0
"""What is judged, and where what is found stands."""

from __future__ import annotations

import pytest

from support.checklist import judged, outcome, outcomes, result
from velaserve_lint import lint
from velaserve_lint.rules.example_manifests import (
    DEPLOYMENT,
    INFERENCE_SERVICE,
    SERVING_RUNTIME,
    but,
)
from velaserve_lint.rules.example_production import PRODUCTION
from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.settings import Settings

TWO = changed(
    "        minReplicas: 2\n",
    "        minReplicas: 2\n    - {name: web, type: webservice, properties: {image: nginx}}\n",
)
CARRIED = """\
apiVersion: core.oam.dev/v1beta1
kind: Application
metadata: {name: shop}
spec:
  components:
    - name: objects
      type: k8s-objects
      properties:
        objects:
          - apiVersion: apps/v1
            kind: Deployment
            metadata: {name: server}
            spec:
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec: {containers: [{name: server, image: "server:1"}]}
"""


def names(text: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.application, one.name) for one, _ in judged(text)]


def test_workloads_and_components() -> None:
    assert names(PRODUCTION) == [("Deployment", "", "digits")]
    assert names(INFERENCE_SERVICE) == [("InferenceService", "", "digits")]
    assert names(TWO) == [("model-serving", "digits", "digits"), ("webservice", "digits", "web")]


def test_of_a_component_that_carries_objects_the_objects() -> None:
    assert names(CARRIED) == [("Deployment", "", "server")]


@pytest.mark.parametrize(
    "text",
    [
        SERVING_RUNTIME,
        "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {replicas: 2}\n",
    ],
    ids=["runtime", "no-pods", "patch"],
)
def test_what_runs_nothing_is_no_subject(text: str) -> None:
    assert names(text) == []


def test_of_a_foreign_type_nothing_is_known() -> None:
    _, (web, results) = judged(TWO)

    assert not web.is_known
    assert {one.outcome.value for one in results} == {"n/a"}


def place(item: str, text: str) -> tuple[int, int, str]:
    finding = result(item, text).finding
    assert finding
    return finding.span.line, finding.span.column, finding.pointer


def test_what_a_component_lacks_is_found_at_its_type() -> None:
    assert place("SEC-007", APPLICATION) == (8, 13, "/spec/components/0/type")


def test_what_a_default_lacks_is_found_at_the_type_too() -> None:
    text = changed("        minReplicas: 2\n", "")

    assert place("REL-004", text) == (8, 13, "/spec/components/0/type")


def test_what_a_property_says_is_found_there() -> None:
    text = changed("minReplicas: 2", "minReplicas: 1\n        env: {DB_PASSWORD: hunter2}")

    properties = "/spec/components/0/properties"
    assert place("REL-004", text) == (12, 22, f"{properties}/minReplicas")
    assert place("SEC-005", text) == (13, 28, f"{properties}/env/DB_PASSWORD")


def test_what_stands_deep_in_a_property_is_found_there() -> None:
    text = changed(
        "minReplicas: 2", "minReplicas: 2\n        volumes: [{name: a, hostPath: {path: /a}}]"
    )

    assert place("SEC-008", text) == (13, 29, "/spec/components/0/properties/volumes/0/hostPath")


def test_what_a_trait_does_is_found_at_its_type() -> None:
    cache = "      traits: [{type: compile-cache, properties: {hostPath: {path: /a}}}]\n"
    text = APPLICATION + cache

    assert place("SEC-008", text)[2] == "/spec/components/0/traits/0/type"


@pytest.mark.parametrize(
    "properties",
    [
        "drainDelaySeconds: .inf",
        "drainDelaySeconds: .nan",
        "drainDelaySeconds: 20\n        env: {VELASERVE_GRACE_PERIOD_S: long}",
        "env: {'*': a, '{name}': b}",
    ],
)
def test_odd_values_are_no_trouble(properties: str) -> None:
    named = changed("    - name: digits\n", "    - name: '~/{name}'\n")
    [found] = outcomes(named.replace("minReplicas: 2", properties)).values()

    assert found["REL-001"] == "pass"


def test_a_runtime_completes_its_inference_services() -> None:
    """The example's runtime is ours: known by name."""
    foreign = but(INFERENCE_SERVICE, "runtime: velaserve", "runtime: digits-server")
    runtime = SERVING_RUNTIME.replace(
        "      resources:",
        "      securityContext: {readOnlyRootFilesystem: true}\n      resources:",
    )

    assert outcome("SEC-002", INFERENCE_SERVICE) == "pass"
    assert outcome("SEC-002", foreign) == "fail"
    assert outcome("SEC-002", f"{foreign}---\n{runtime}") == "pass"


def test_what_a_runtime_of_the_run_says_is_found_there() -> None:
    foreign = but(INFERENCE_SERVICE, "runtime: velaserve", "runtime: digits-server")
    runtime = SERVING_RUNTIME.replace(
        "      resources:", "      securityContext: {runAsUser: 0}\n      resources:"
    )
    finding = result("SEC-001", f"{foreign}---\n{runtime}").finding

    assert finding
    assert finding.span.line > foreign.count("\n") + 1
    assert finding.pointer == "/spec/containers/0/securityContext/runAsUser"


def test_the_inference_service_wins_over_its_runtime() -> None:
    own = but(
        INFERENCE_SERVICE,
        "      resources:\n",
        "      securityContext: {readOnlyRootFilesystem: false}\n      resources:\n",
    )

    assert outcome("SEC-002", own) == "fail"


def test_what_a_known_runtime_says_is_found_at_its_name() -> None:
    text = but(INFERENCE_SERVICE, "runtime: velaserve\n", "runtime: kserve-tritonserver\n")

    assert place("SEC-003", text)[2] == "/spec/predictor/model"
    first, *_ = judged(text)
    passed = next(one for one in first.results if one.item.id == "SEC-001")
    assert passed.verdict
    assert passed.verdict.place.path == ("spec", "predictor", "model", "runtime")


def test_other_objects_of_the_run_count_for_components() -> None:
    policy = """---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: all}
spec: {podSelector: {matchLabels: {serving.kserve.io/inferenceservice: digits}}}
"""
    assert outcomes(APPLICATION)["digits"]["SEC-007"] == "fail"
    assert outcomes(APPLICATION + policy)["digits"]["SEC-007"] == "pass"


def test_the_namespace_of_an_application_is_that_of_its_objects() -> None:
    named = changed("  name: digits\nspec", "  name: digits\n  namespace: shop\nspec")
    policy = """---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: all, namespace: other}
spec: {podSelector: {}}
"""
    assert outcomes(named + policy)["digits"]["SEC-007"] == "fail"
    assert outcomes(named + policy.replace("other", "shop"))["digits"]["SEC-007"] == "pass"


def test_items_of_a_list_are_judged_each() -> None:
    indented = DEPLOYMENT.replace("\n", "\n    ")
    text = f"apiVersion: v1\nkind: List\nitems:\n  - {indented}\n"

    assert names(text) == [("Deployment", "", "digits")]
    assert place("SEC-006", text)[2] == "/items/0/spec/template/spec"


def test_findings_can_be_suppressed_and_unasked_ones_are_not_unused() -> None:
    lines = "      type: model-serving # velaserve: ignore[SEC-007] the mesh does it\n"
    text = changed("      type: model-serving\n", lines)

    assert lint(text).findings == ()
    ids = {one.id for one in lint(text, settings=Settings(checklist=True)).findings}
    assert "SEC-007" not in ids
    assert "OBS-001" in ids
    passing = text.replace("SEC-007", "SEC-001")
    assert "VS007" in {one.id for one in lint(passing, settings=Settings(checklist=True)).findings}
