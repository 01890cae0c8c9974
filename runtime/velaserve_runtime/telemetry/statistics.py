# SPDX-License-Identifier: Apache-2.0
"""Triton's statistics extension, from our counters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_runtime.telemetry.model_stats import Duration

if TYPE_CHECKING:
    from velaserve_runtime.protocol.metadata import JSON
    from velaserve_runtime.repository.served_version import ServedVersion


def statistics_json(served: ServedVersion) -> dict[str, JSON]:
    """One entry of `model_stats`; `placement` (as in the metadata) and `scheduling` are ours."""
    stats, scheduler = served.stats, served.scheduler
    none = _duration(Duration())
    return {
        "name": served.name,
        "version": served.version,
        "last_inference": stats.last_inference_ms,
        "inference_count": stats.inference_count,
        "execution_count": stats.execution_count,
        "inference_stats": {
            "success": _duration(stats.success),
            "fail": _duration(stats.fail),
            "queue": _duration(stats.queue),
            "compute_input": _duration(stats.compute_input),
            "compute_infer": _duration(stats.compute_infer),
            "compute_output": _duration(stats.compute_output),
            "cache_hit": none,
            "cache_miss": none,
        },
        "batch_stats": [
            {
                "batch_size": size,
                "compute_input": _duration(batch.compute_input),
                "compute_infer": _duration(batch.compute_infer),
                "compute_output": _duration(batch.compute_output),
            }
            for size, batch in sorted(stats.batches.items())
        ],
        "placement": dict(served.placement.properties),
        "scheduling": {
            "executor": scheduler.executor,
            "inline_overruns": scheduler.inline.overruns,
            "batchable": scheduler.options.batchable,
            "max_batch_size": scheduler.options.max_batch_size,
            "gears": list(scheduler.curve.gears),
            "learned_cost_us": dict(scheduler.curve.learned_us()),
        },
    }


def _duration(duration: Duration) -> dict[str, JSON]:
    return {"count": duration.count, "ns": duration.ns}
