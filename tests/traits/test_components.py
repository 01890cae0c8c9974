# SPDX-License-Identifier: Apache-2.0
"""What traits make of components that the cases do not have."""

from typing import Any

import pytest

from ci.tools.cue import NEW, OLD
from support.definition import needs_cue
from support.trait_definition import Object, digits, evaluate
from velaserve_lint.names import runtime

pytestmark = [needs_cue, pytest.mark.parametrize("version", [OLD, NEW])]

PROMETHEUS = {"address": "http://prometheus.monitoring:9090"}
METRICS = [{"queueDepth": 4}, {"requestsPerSecond": 4}, {"latency": {"milliseconds": 200}}]


def component(**predictor: Any) -> list[Object]:  # Any: fields of a predictor
    """A small one, with fields of the predictor changed."""
    service, *others = digits()
    spec: Any = service["spec"]
    spec["predictor"] |= predictor
    return [service, *others]


def of_triton() -> list[Object]:
    spec: Any = digits()[0]["spec"]
    return component(model={**spec["predictor"]["model"], "runtime": "triton"})


def by_knative() -> list[Object]:
    service, *others = digits()
    metadata: Any = service["metadata"]
    metadata["annotations"]["serving.kserve.io/deploymentMode"] = "Knative"
    return [service, *others]


@pytest.mark.parametrize("metrics", METRICS)
def test_autoscaler_asks_no_other_runtime_for_metrics_of_ours(
    metrics: dict[str, Any], version: str
) -> None:
    written: Any = {"maxReplicas": 4, "metrics": metrics, "prometheus": PROMETHEUS}
    made = evaluate("autoscaler", written, version, of_triton())
    [name] = metrics
    assert made["errs"] == [
        f"metrics.{name} is known of runtime velaserve, found triton: "
        "give a query of its own metrics in metrics.queries"
    ]


def test_autoscaler_takes_own_queries_for_another_runtime(version: str) -> None:
    metrics: Any = {"queries": [{"query": "sum(nv_gpu_utilization)", "target": 0.6}]}
    written: Any = {"maxReplicas": 4, "metrics": metrics, "prometheus": PROMETHEUS}
    assert evaluate("autoscaler", written, version, of_triton())["errs"] == []


def test_alerts_ask_no_other_runtime_for_metrics_of_ours(version: str) -> None:
    made = evaluate("monitoring", {"alerts": {}}, version, of_triton())
    assert made["errs"] == [
        "alerts read the metrics of runtime velaserve, found triton: remove alerts"
    ]
    assert evaluate("monitoring", {}, version, of_triton())["errs"] == []


@pytest.mark.parametrize("runtime", runtime().names)
def test_every_runtime_of_ours_has_our_metrics(runtime: str, version: str) -> None:
    spec: Any = digits()[0]["spec"]
    ours = component(model={**spec["predictor"]["model"], "runtime": runtime})
    check: Any = {"metric": "errorPercent", "max": 1}
    asked: Any = {
        "autoscaler": {"maxReplicas": 4, "metrics": METRICS[0], "prometheus": PROMETHEUS},
        "canary": {"checks": [check], "prometheus": PROMETHEUS["address"]},
        "monitoring": {"alerts": {}},
    }
    for trait, written in asked.items():
        assert routeless(evaluate(trait, written, version, ours)["errs"]) == []


def routeless(errs: Any) -> list[str]:
    """Without what is said of a route, which is not looked at here."""
    return [each for each in errs if "route" not in each]


def test_knative_has_no_deployment_to_scale(version: str) -> None:
    written: Any = {"maxReplicas": 4, "metrics": {"cpuUtilization": 70}}
    made = evaluate("autoscaler", written, version, by_knative())
    assert made["errs"] == [
        "autoscaler goes with deploymentMode Standard, found Knative, which scales by "
        "itself: remove autoscaler"
    ]


def test_knative_has_other_pods(version: str) -> None:
    made: Any = evaluate("high-availability", {}, version, by_knative())
    assert "goes with deploymentMode Standard, found Knative" in made["errs"][0]


def test_payload_logger_is_let_through(version: str) -> None:
    logged = component(logger={"mode": "all", "url": "http://logger.logging"})
    written: Any = {"gatewayNamespace": "kserve"}
    shut: Any = evaluate("network-policy", written, version, logged)
    assert shut["errs"][0].startswith("the pods ask http://logger.logging: name the way there")
    egress = {"egress": [{"namespace": "logging"}]}
    made: Any = evaluate("network-policy", written | egress, version, logged)
    assert made["errs"] == []
    ports = made["outputs"]["networkPolicy"]["spec"]["ingress"][1]["ports"]
    assert [each["port"] for each in ports] == [8080, 8081, 9081]
