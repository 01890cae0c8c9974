# SPDX-License-Identifier: Apache-2.0
"""/metrics of a real server, read as strictly as Prometheus reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from support.card import Card
from support.eventually import eventually
from support.models import write_double_onnx, write_failing_python
from support.prometheus import Family, parse
from support.server import running_server, serve_folder
from velaserve_lint.names import metrics

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.server import RunningServer

ODD_NAME = 'say "hi"\\n\nthere'
"""Quotes, a backslash, a line break: any folder name is a model name."""
DOUBLE = {"model": "double", "version": "1"}
GEARS = ("padded_rows_total", "gear_hits_total", "gear_misses_total", "gear_first_run_seconds")
FIGURES = ("memory_used_bytes", "memory_total_bytes", "utilization_percent")
OF_A_DEVICE = {
    *(f"velaserve_{name}" for name in GEARS),
    *(f"velaserve_device_{name}" for name in FIGURES),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder = tmp_path_factory.mktemp("metrics")
    write_double_onnx(folder / "double" / "1")
    write_double_onnx(folder / ODD_NAME / "1")
    write_failing_python(folder / "failing" / "1")
    off_its_card = ("--device", "nvidia", "--fallback-policy", "fallback")
    flags = serve_folder(folder, "--allow-python-models", *off_its_card)
    with running_server(*flags) as server:
        yield server


def scrape(server: RunningServer) -> dict[str, Family]:
    answer = server.request("GET", "/metrics")
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    return parse(answer.body.decode())


def labels_of(family: Family) -> set[frozenset[str]]:
    return {frozenset(dict(labels).keys() - {"le"}) for _, labels in family.samples}


def document(rows: int = 1) -> dict[str, Any]:
    data = [0] * (4 * rows)
    return {"inputs": [{"name": "x", "shape": [rows, 4], "datatype": "FP32", "data": data}]}


def test_every_metric_is_in_the_table_and_no_other_is(server: RunningServer) -> None:
    families = scrape(server).values()
    found = [(family.name, family.kind, family.help) for family in families]
    assert found == [(metric.name, metric.type, metric.help) for metric in metrics().values()]


def test_a_model_off_its_card_is_told(server: RunningServer) -> None:
    families = scrape(server)
    meant = {**DOUBLE, "device": "nvidia"}
    assert families["velaserve_fallback_active"].value(**meant) == 1
    assert families["velaserve_breaker_state"].value(**meant) == 2
    for reason in ("device_lost", "device_memory", "device_fault"):
        assert families["velaserve_device_errors_total"].value(**meant, reason=reason) == 0


def test_labels_are_those_of_the_table(server: RunningServer) -> None:
    assert server.infer("double", document()).status == 200
    assert server.infer("failing", {"inputs": []}).status == 400
    for family in scrape(server).values():
        if family.name not in OF_A_DEVICE:
            assert family.samples, family.name
            assert labels_of(family) == {frozenset(metrics()[family.name].labels)}


def test_a_model_on_its_card_tells_how_the_card_is_used(tmp_path: Path) -> None:
    with Card(tmp_path).served("strict") as wires:
        assert wires.server.infer("double", document(3)).status == 200
        families = eventually(
            lambda: scrape(wires.server),
            lambda seen: all(seen[name].samples for name in OF_A_DEVICE),
            10,
            "figures of the card",
        )
    for name in OF_A_DEVICE:
        assert labels_of(families[name]) == {frozenset(metrics()[name].labels)}
    assert families["velaserve_padded_rows_total"].value(**DOUBLE) >= 1
    assert families["velaserve_gear_misses_total"].value(**DOUBLE) >= 1
    assert families["velaserve_gear_first_run_seconds"].value(**DOUBLE, gear="8") > 0
    total = families["velaserve_device_memory_total_bytes"].value(**DOUBLE, device="npu:0")
    assert total == 1 << 30


def test_labels_are_escaped(server: RunningServer) -> None:
    success = scrape(server)["nv_inference_request_success"]
    assert success.value(model=ODD_NAME, version="1") == 0


def test_what_was_answered_is_counted(server: RunningServer) -> None:
    before = scrape(server)
    for rows in (1, 3):
        assert server.infer("double", document(rows)).status == 200
    after = scrape(server)

    def grown(name: str, suffix: str = "", **labels: str) -> float:
        labels = {**DOUBLE, **labels}
        return after[name].value(suffix, **labels) - before[name].value(suffix, **labels)

    assert grown("nv_inference_request_success") == 2
    assert grown("nv_inference_count") == 4
    assert grown("nv_inference_exec_count") == 2
    assert grown("nv_inference_request_duration_us") > 0
    assert grown("velaserve_batch_size", "_count") == 2
    assert grown("velaserve_batch_size", "_sum") == 4
    assert grown("velaserve_batch_size", "_bucket", le="1") == 1
    assert grown("velaserve_batch_size", "_bucket", le="2") == 1
    assert grown("velaserve_batch_size", "_bucket", le="4") == 2
    assert grown("velaserve_request_duration_seconds", "_count") == 2
    assert grown("velaserve_request_duration_seconds", "_bucket", le="+Inf") == 2


def test_what_was_refused_is_counted_by_reason(server: RunningServer) -> None:
    before = scrape(server)
    assert server.infer("double", {"inputs": []}).status == 400
    assert server.infer("failing", document()).status == 500
    assert server.infer("nobody", document()).status == 404
    after = scrape(server)

    def refused(families: dict[str, Family], reason: str) -> float:
        samples = families["velaserve_refusals_total"].samples
        return samples.get(("velaserve_refusals_total", (("reason", reason),)), 0)

    for reason in ("bad_request", "model_failed", "not_found"):
        assert refused(after, reason) == refused(before, reason) + 1, reason
    failure = after["nv_inference_request_failure"]
    assert failure.value(**DOUBLE, reason="bad_request") == 1
    assert failure.value(model="failing", version="1", reason="model_failed") == 1


def test_histograms_are_cumulative_and_end_with_their_count(server: RunningServer) -> None:
    server.infer("double", document(5))
    for name in ("velaserve_batch_size", "velaserve_request_duration_seconds"):
        family = scrape(server)[name]
        assert family.kind == "histogram"
        bounds = [
            dict(labels)["le"]
            for sample, labels in family.samples
            if sample.endswith("_bucket") and dict(labels)["model"] == "double"
        ]
        assert [float(bound) for bound in bounds] == sorted(map(float, bounds))
        counts = [family.value("_bucket", **DOUBLE, le=bound) for bound in bounds]
        assert counts == sorted(counts)
        assert bounds[-1] == "+Inf"
        assert counts[-1] == family.value("_count", **DOUBLE) > 0


def test_nothing_is_held_when_nothing_is_under_way(server: RunningServer) -> None:
    families = scrape(server)
    assert families["velaserve_ready"].value() == 1
    assert families["velaserve_inflight_bytes"].value() == 0
    assert families["velaserve_requests_running"].value(**DOUBLE) == 0
    assert families["nv_inference_pending_request_count"].value(**DOUBLE) == 0


def test_the_parser_is_strict() -> None:
    head = "# HELP a b.\n# TYPE a gauge\n"
    for wrong in (
        "a 1",
        "a 1\n",
        head + "b 1\n",
        head + "a 1\na 2\n",
        head + 'a{x="\\q"} 1\n',
        head + 'a{x="1",} 1\n',
        head + "a one\n",
        head + "a 1\n\n",
        head + head,
        "# TYPE a gauge\n",
        "# HELP a b.\n# TYPE a summary\n",
    ):
        with pytest.raises((AssertionError, ValueError, KeyError)):
            parse(wrong)
