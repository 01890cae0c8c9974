# SPDX-License-Identifier: Apache-2.0
"""What KServe asks of the one server of a component, beyond its fields."""

from __future__ import annotations

from posixpath import splitext
from typing import TYPE_CHECKING

from velaserve_lint.rules.kserve.components import variable
from velaserve_lint.rules.kserve.problem import Problem
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.rules.kserve.components import Component

PROTOCOL, PROTOCOLS = "PROTOCOL", ("v1", "v2")
ONNX, GPU_SUFFIX = ".onnx", "-gpu"
SCHEMES = ("s3://", "hdfs://", "webhdfs://")


MESSAGES = sentences(
    protocol=Text(
        "PROTOCOL '{found}' is neither v1 nor v2", "PROTOCOL '{found}' 既不是 v1 也不是 v2"
    ),
    onnx=Text(
        "an ONNX model's file ends in .onnx, not {found}",
        "ONNX 模型文件应以 .onnx 结尾，而不是 {found}",
    ),
    cpu_image=Text(
        "a GPU is asked for, but runtimeVersion '{found}' is without -gpu",
        "申请了 GPU，但 runtimeVersion '{found}' 不含 -gpu",
    ),
    gpu_image=Text(
        "runtimeVersion '{found}' is for a GPU, and none is asked for",
        "runtimeVersion '{found}' 用于 GPU，但没有申请 GPU",
    ),
    scheme=Text(
        "storage '{found}' is none of s3, hdfs and webhdfs",
        "存储 '{found}' 不是 s3、hdfs 或 webhdfs",
    ),
)


def problems(component: Component) -> Iterator[Problem]:
    """Of the first server; that there is only one is another rule's business."""
    for server in component.implementations[:1]:
        name = server.path[-1]
        if isinstance(name, int):
            if component.role in ("predictor", "canary"):
                yield from _protocol(component)
        elif name != "model" and not component.turned:
            for check in _CHECKS.get(name, ()):
                yield from check(server)


def _protocol(component: Component) -> Iterator[Problem]:
    item = variable(component.containers[0], PROTOCOL)
    value = item.at("value") if item else None
    if value is None or value.text in PROTOCOLS:
        return
    if value.value is None or isinstance(value.value, str):
        yield Problem(value.place, "protocol", {"found": value.text})


def _onnx(server: Cursor) -> Iterator[Problem]:
    uri = server.at("storageUri")
    if (found := splitext(uri.text)[1]) not in ("", ONNX):
        yield Problem(uri.place, "onnx", {"found": found})


def _image(server: Cursor) -> Iterator[Problem]:
    """The version chooses the image, which must fit whether there is a GPU."""
    version, limits = server.at("runtimeVersion"), server.at("resources", "limits")
    if not version.text:
        return
    named = GPU_SUFFIX in version.text
    asked = any(
        key == "nvidia.com/gpu" or key.startswith("nvidia.com/mig") for key in limits.mapping
    )
    if named != asked:
        message = "cpu_image" if asked else "gpu_image"
        yield Problem(version.place, message, {"found": version.text})


def _storage(server: Cursor) -> Iterator[Problem]:
    storage, uri = server.at("storage"), server.at("storageUri")
    if not isinstance(storage.value, dict):
        return
    kind = storage.at("parameters", "type")
    if uri.value is not None:
        if uri.text and not uri.text.startswith(SCHEMES):
            yield Problem(uri.place, "scheme", {"found": uri.text})
    elif kind.text and not f"{kind.text}://".startswith(SCHEMES):
        yield Problem(kind.place, "scheme", {"found": kind.text})


# What is not here KServe does not look into.
_CHECKS: Mapping[str, Sequence[Callable[[Cursor], Iterator[Problem]]]] = {
    "art": (_storage,),
    "huggingface": (_storage,),
    "onnx": (_onnx, _storage),
    "pmml": (_storage,),
    "pytorch": (_image, _storage),
    "tensorflow": (_image, _storage),
}
