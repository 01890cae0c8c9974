# SPDX-License-Identifier: Apache-2.0
"""What Prometheus makes of the pods that it finds."""

import re
from pathlib import Path
from typing import Any

import pytest

from ci.cluster.prometheus import scraping

POD = {
    "__address__": "10.244.0.7:9000",
    "__metrics_path__": "/metrics",
    "__meta_kubernetes_namespace": "default",
    "__meta_kubernetes_pod_annotation_prometheus_io_path": "/v2/metrics",
    "__meta_kubernetes_pod_annotation_prometheus_io_port": "8080",
    "__meta_kubernetes_pod_annotation_prometheus_io_scrape": "true",
    "__meta_kubernetes_pod_ip": "10.244.0.7",
    "__meta_kubernetes_pod_name": "digits-predictor-abc-xyz",
    "__meta_kubernetes_pod_phase": "Running",
}
TARGET = {
    "__address__": "10.244.0.7:8080",
    "__metrics_path__": "/v2/metrics",
    "namespace": "default",
    "pod": "digits-predictor-abc-xyz",
}


def jobs() -> dict[str, Any]:
    config: Any = scraping(Path("kubeconfig"), "127.0.0.1:1")
    return {each["job_name"]: each for each in config["scrape_configs"]}


def relabelled(labels: dict[str, str]) -> dict[str, str] | None:
    """As Prometheus does it, of the actions that are used; None where the target is dropped."""
    labels = dict(labels)
    for rule in jobs()["pods"]["relabel_configs"]:
        values = (labels.get(name, "") for name in rule["source_labels"])
        found = re.fullmatch(rule["regex"], rule.get("separator", ";").join(values))
        action = rule.get("action", "replace")
        if (action == "keep" and not found) or (action == "drop" and found):
            return None
        if action == "replace" and found:
            labels[rule["target_label"]] = found[1]
    return {name: text for name, text in labels.items() if not name.startswith("__meta_")}


def annotated(**values: str) -> dict[str, str]:
    prefix = "__meta_kubernetes_pod_annotation_prometheus_io_"
    return POD | {f"{prefix}{name}": value for name, value in values.items()}


def test_annotations_say_where_a_pod_is_read() -> None:
    assert relabelled(POD) == TARGET


def test_every_port_of_a_pod_is_the_same_target() -> None:
    assert relabelled(POD | {"__address__": "10.244.0.7:8081"}) == TARGET


def test_without_port_and_path_the_usual_ones_are_read() -> None:
    usual = TARGET | {name: POD[name] for name in ("__address__", "__metrics_path__")}
    assert relabelled(annotated(port="", path="")) == usual


@pytest.mark.parametrize("value", ["", "false"])
def test_a_pod_that_does_not_ask_for_it_is_not_read(value: str) -> None:
    assert relabelled(annotated(scrape=value)) is None


@pytest.mark.parametrize("phase", ["Pending", "Succeeded", "Failed"])
def test_a_pod_that_does_not_run_is_not_read(phase: str) -> None:
    assert relabelled(POD | {"__meta_kubernetes_pod_phase": phase}) is None


def test_the_gateway_is_read() -> None:
    assert jobs()["gateway"]["static_configs"] == [{"targets": ["127.0.0.1:1"]}]
