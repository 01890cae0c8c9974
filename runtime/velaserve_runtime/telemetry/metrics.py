# SPDX-License-Identifier: Apache-2.0
"""/metrics: Prometheus text, rendered at scrape from the counters (runtime.md item 20).

Type and help of each metric are those of names/metrics.toml.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from velaserve_lint.names import metrics
from velaserve_runtime.telemetry.model_stats import DURATION_BUCKETS_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from velaserve_runtime.dataplane import DataPlane
    from velaserve_runtime.repository.served_version import ServedVersion


_BY_MODEL: Mapping[str, Callable[[ServedVersion], float]] = {
    "nv_inference_request_success": lambda served: served.stats.success.count,
    "nv_inference_count": lambda served: served.stats.inference_count,
    "nv_inference_exec_count": lambda served: served.stats.execution_count,
    "nv_inference_pending_request_count": lambda served: served.scheduler.queued,
    "nv_inference_request_duration_us": lambda served: served.stats.success.ns // 1000,
    "nv_inference_queue_duration_us": lambda served: served.stats.queue.ns // 1000,
    "nv_inference_compute_input_duration_us": lambda served: served.stats.compute_input.ns // 1000,
    "nv_inference_compute_infer_duration_us": lambda served: served.stats.compute_infer.ns // 1000,
    "nv_inference_compute_output_duration_us": lambda served: (
        served.stats.compute_output.ns // 1000
    ),
    "velaserve_requests_running": lambda served: served.scheduler.running,
    "velaserve_cancelled_rows_total": lambda served: served.stats.cancelled_rows,
}


_BY_BACKEND = (
    "velaserve_padded_rows_total",
    "velaserve_gear_hits_total",
    "velaserve_gear_misses_total",
    "velaserve_gear_first_run_seconds",
    "velaserve_device_memory_used_bytes",
    "velaserve_device_memory_total_bytes",
    "velaserve_device_utilization_percent",
)


def render_metrics(plane: DataPlane) -> str:
    """Every metric of every served version, and the server's own."""
    served = plane.repository.served()
    lines: list[str] = []
    for name, read in _BY_MODEL.items():
        lines += _head(name)
        lines += [_line(name, _labels(one), read(one)) for one in served]
    lines += _failures(served)
    lines += _refusals(plane, served)
    lines += _batch_sizes(served)
    lines += _durations(served)
    lines += _readings(served)
    lines += _devices(served)
    lines += _server(plane)
    return "\n".join(lines) + "\n"


def _failures(served: Iterable[ServedVersion]) -> list[str]:
    name = "nv_inference_request_failure"
    lines = _head(name)
    for one in served:
        lines += [
            _line(name, {**_labels(one), "reason": reason}, count)
            for reason, count in sorted(one.stats.refusals.items())
        ]
    return lines


def _refusals(plane: DataPlane, served: Iterable[ServedVersion]) -> list[str]:
    name = "velaserve_refusals_total"
    total = dict(plane.refused)
    for one in served:
        for reason, count in one.stats.refusals.items():
            total[reason] = total.get(reason, 0) + count
    lines = _head(name)
    return lines + [_line(name, {"reason": reason}, total[reason]) for reason in sorted(total)]


def _batch_sizes(served: Iterable[ServedVersion]) -> list[str]:
    name = "velaserve_batch_size"
    lines = _head(name)
    for one in served:
        batches = one.stats.batches
        runs = {size: batch.compute_infer.count for size, batch in sorted(batches.items())}
        bounds = [1 << power for power in range(11)]
        counts = [sum(n for size, n in runs.items() if size <= bound) for bound in bounds]
        rows = sum(size * count for size, count in runs.items())
        cumulative = [*zip(map(str, bounds), counts, strict=True), ("+Inf", sum(runs.values()))]
        lines += _histogram(name, _labels(one), cumulative, rows)
    return lines


def _durations(served: Iterable[ServedVersion]) -> list[str]:
    name = "velaserve_request_duration_seconds"
    lines = _head(name)
    for one in served:
        bounds = [*map(str, DURATION_BUCKETS_S), "+Inf"]
        cumulative = list(zip(bounds, accumulate(one.stats.duration_buckets), strict=True))
        lines += _histogram(name, _labels(one), cumulative, one.stats.success.ns / 1e9)
    return lines


def _readings(served: Iterable[ServedVersion]) -> list[str]:
    """What the backends tell."""
    values: dict[str, dict[tuple[tuple[str, str], ...], float]] = {name: {} for name in _BY_BACKEND}
    for one in served:
        for reading in one.scheduler.readings():
            by_labels = values[reading.metric]
            labels = tuple({**_labels(one), **reading.labels}.items())
            together = sum if metrics()[reading.metric].type == "counter" else max
            by_labels[labels] = together((by_labels.get(labels, 0), reading.value))
    return [
        line
        for name, by_labels in values.items()
        for line in (*_head(name), *(_line(name, dict(key), by_labels[key]) for key in by_labels))
    ]


def _devices(served: Iterable[ServedVersion]) -> list[str]:
    """Of models that are meant for a device."""
    meant = [
        (one.placement, {**_labels(one), "device": one.placement.device})
        for one in served
        if one.placement.device
    ]
    fallback, breaker = "velaserve_fallback_active", "velaserve_breaker_state"
    lines = _head(fallback)
    lines += [_line(fallback, labels, int(place.stands_in)) for place, labels in meant]
    lines += _head(breaker)
    lines += [_line(breaker, labels, int(place.state)) for place, labels in meant]
    name = "velaserve_device_errors_total"
    lines += _head(name)
    for place, labels in meant:
        for reason, count in place.errors.items():
            lines.append(_line(name, {**labels, "reason": reason}, count))
    return lines


def _server(plane: DataPlane) -> list[str]:
    values = {
        "velaserve_ready": int(plane.ready()),
        "velaserve_inflight_bytes": plane.budget.used_bytes,
        "velaserve_draining_served_total": plane.served_while_draining,
        "velaserve_draining_refused_total": plane.refused_while_draining,
    }
    return [
        line for name, value in values.items() for line in (*_head(name), _line(name, {}, value))
    ]


def _histogram(
    name: str, labels: Mapping[str, str], cumulative: list[tuple[str, int]], total: float
) -> list[str]:
    lines = [_line(f"{name}_bucket", {**labels, "le": le}, count) for le, count in cumulative]
    lines.append(_line(f"{name}_sum", labels, total))
    lines.append(_line(f"{name}_count", labels, cumulative[-1][1]))
    return lines


def _head(name: str) -> list[str]:
    metric = metrics()[name]
    return [f"# HELP {name} {metric.help}", f"# TYPE {name} {metric.type}"]


def _labels(served: ServedVersion) -> dict[str, str]:
    return {"model": served.name, "version": served.version}


def _line(name: str, labels: Mapping[str, str], value: float) -> str:
    pairs = ",".join(f'{label}="{_escape(text)}"' for label, text in labels.items())
    return f"{name}{{{pairs}}} {value}" if pairs else f"{name} {value}"


def _escape(text: str) -> str:
    return text.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")
