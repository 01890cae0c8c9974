# SPDX-License-Identifier: Apache-2.0
"""Reads Kubernetes objects from the pinned modules; no copy of them is kept here."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from ci.tools.gomod import module_dir

Manifest = dict[str, Any]  # Any: an object of whatever kind, as YAML holds it

KSERVE = "github.com/kserve/kserve"
KUBEVELA = "github.com/oam-dev/kubevela"
GATEWAY_API = "sigs.k8s.io/gateway-api"
METRICS_SERVER = "sigs.k8s.io/metrics-server"
KEDA = "github.com/kedacore/keda/v2"
PROMETHEUS_OPERATOR = "github.com/prometheus-operator/prometheus-operator"


def folder(module: str, *parts: str) -> Path:
    return module_dir(module).joinpath(*parts)


def crds(path: Path) -> list[Path]:
    """The CRD files at a path; a patch of a CRD lacks what each must have, a scope."""
    found = [path] if path.is_file() else sorted(path.glob("*.yaml"))
    return [file for file in found if "\n  scope: " in file.read_text(encoding="utf-8")]


def read(path: Path) -> Iterator[Manifest]:
    """Every object of a YAML file."""
    for document in yaml.safe_load_all(path.read_text(encoding="utf-8")):
        if document is not None:
            yield document
