# SPDX-License-Identifier: Apache-2.0
"""Ports of gRPC, as KServe tells them from those of HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.container import MODEL_CONTAINER
from velaserve_lint.names.serving import ports, runtime
from velaserve_lint.rules.kserve.components import components_of
from velaserve_lint.rules.kserve.deployment_mode import is_standard
from velaserve_lint.rules.kserve.problem import Problem
from velaserve_lint.rules.kserve.served_model import ServedModel
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest

MARKS = ("grpc", "h2c")
# Of Triton, MLServer and OpenVINO; and gRPC's own habit.
USUAL = frozenset({9000, 50051})

MESSAGES = sentences(
    first=Text(
        "the gRPC port is listed first, so requests of REST go to it",
        "gRPC 端口列在首位，REST 请求会发往它",
    ),
    unnamed=Text(
        "port {port} is for gRPC, and its name says neither grpc nor h2c",
        "端口 {port} 用于 gRPC，但名称中既没有 grpc 也没有 h2c",
    ),
)


def problems(manifest: Manifest) -> Iterator[Problem]:
    for listed, grpc_only, extra in _listed(manifest):
        if not listed:
            continue
        marked = [_is_marked(port) for port in listed]
        if grpc_only:
            if not any(marked):
                yield _unnamed(listed[0])
        elif marked[0] and not all(marked):
            yield Problem(listed[0].at("name").place, "first")
        for port in listed[1:]:
            if port.at("containerPort").number in USUAL | extra and not _is_marked(port):
                yield _unnamed(port)


def _listed(manifest: Manifest) -> Iterator[tuple[Sequence[Cursor], bool, frozenset[int]]]:
    """The ports of each server, whether all it speaks is gRPC, and further ports of gRPC."""
    if manifest.kind != "InferenceService":
        spoken = [one.text for one in manifest.spec.at("protocolVersions").items()]
        grpc_only = bool(spoken) and all(one.startswith("grpc") for one in spoken)
        for container in manifest.spec.at("containers").items():
            if container.at("name").text == MODEL_CONTAINER:
                yield [*container.at("ports").items()], grpc_only, frozenset()
        return
    for component in components_of(manifest) if is_standard(manifest) else ():
        model = ServedModel(manifest, component.model)
        server = model.at if isinstance(model.at.value, dict) else component.main
        if server is not None:
            ours = model.runtime in runtime().names
            extra = frozenset({ports()["grpc"].container}) if ours else frozenset[int]()
            grpc_only = model.at.at("protocolVersion").text.startswith("grpc")
            yield [*server.at("ports").items()], grpc_only, extra


def _is_marked(port: Cursor) -> bool:
    return any(mark in port.at("name").text for mark in MARKS)


def _unnamed(port: Cursor) -> Problem:
    return Problem(port.key, "unnamed", {"port": port.at("containerPort").number or 0})
