# SPDX-License-Identifier: Apache-2.0
"""A model's configuration in Triton's form, which perf_analyzer and tritonclient read.

Field names and meaning follow Triton's model_config.proto. With max_batch_size > 0 the dims leave
the batch dimension out; 0 means that the server does not batch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_runtime.repository.layout import FILES

if TYPE_CHECKING:
    from velaserve_runtime.protocol.metadata import JSON
    from velaserve_runtime.protocol.tensors import ModelSpec, TensorSpec
    from velaserve_runtime.repository.layout import VersionSource
    from velaserve_runtime.repository.model_config import ModelConfig

_BACKENDS = {"onnx": "onnxruntime", "om": "acl", "torchscript": "pytorch", "python": "python"}
_TYPES = {"BYTES": "TYPE_STRING"}


def model_config_json(
    source: VersionSource, spec: ModelSpec, config: ModelConfig, batchable: bool
) -> dict[str, JSON]:
    """`batchable`: as warm-up found; without it max_batch_size is 0."""
    answer: dict[str, JSON] = {
        "name": source.name,
        "platform": spec.platform,
        "backend": _BACKENDS[source.format],
        "version_policy": config.version_policy.to_json(),
        "max_batch_size": config.max_batch_size if batchable else 0,
        "input": [_tensor(tensor, batchable) for tensor in spec.inputs],
        "output": [_tensor(tensor, batchable) for tensor in spec.outputs],
        "instance_group": [
            {"name": source.name, "kind": "KIND_CPU", "count": config.instance_count}
        ],
        "default_model_filename": FILES[source.format],
    }
    if batchable:
        answer["dynamic_batching"] = _dynamic_batching(config)
    return answer


def _tensor(spec: TensorSpec, batchable: bool) -> dict[str, JSON]:
    dims = list(spec.shape[1:] if batchable else spec.shape)
    tensor: dict[str, JSON] = {
        "name": spec.name,
        "data_type": _TYPES.get(spec.datatype, f"TYPE_{spec.datatype}"),
        "dims": [*dims] or [1],
    }
    if not dims:
        # Triton has no empty dims: one element that the model sees as a scalar.
        tensor["reshape"] = {"shape": []}
    return tensor


def _dynamic_batching(config: ModelConfig) -> dict[str, JSON]:
    preferred = config.preferred_batch_size
    return {
        "preferred_batch_size": [] if preferred is None else [preferred],
        "max_queue_delay_microseconds": config.max_queue_delay_microseconds,
        "default_queue_policy": {
            "timeout_action": "REJECT",
            "default_timeout_microseconds": config.default_timeout_microseconds,
            "allow_timeout_override": True,
            "max_queue_size": config.max_queue_size,
        },
    }
