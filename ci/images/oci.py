# SPDX-License-Identifier: Apache-2.0
"""An OCI image layout as one tar, which `ctr images import` reads."""

import hashlib
import io
import json
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from ci.images.layer import EPOCH_S, Layer

_IMAGE = "application/vnd.oci.image"
_CREATED = "1980-01-01T00:00:00Z"
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


@dataclass(frozen=True, kw_only=True)
class Start:
    """How a container of the image starts."""

    entrypoint: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    user: str = ""
    ports: Sequence[int] = ()
    healthcheck: Sequence[str] = ()


def write_image(
    target: Path, name: str, machine: str, layers: Sequence[Layer], start: Start
) -> None:
    """Write the image `name`, for example velaserve:0.1.0, for `machine` (x86_64, aarch64)."""
    config = _json(_config(_ARCHITECTURES[machine], layers, start))
    manifest = _json(_manifest(config, layers))
    index = _descriptor("manifest.v1", manifest) | {
        "annotations": {"io.containerd.image.name": name, "org.opencontainers.image.ref.name": name}
    }
    with tarfile.open(target, "w", format=tarfile.GNU_FORMAT) as archive:
        _add(archive, "oci-layout", _json({"imageLayoutVersion": "1.0.0"}))
        _add(archive, "index.json", _json({"schemaVersion": 2, "manifests": [index]}))
        for blob in (manifest, config):
            _add(archive, _blob(hashlib.sha256(blob).hexdigest()), blob)
        for layer in {layer.sha256: layer for layer in layers}.values():
            with layer.path.open("rb") as file:
                _add_file(archive, _blob(layer.sha256), layer.size_bytes, file)


def _config(architecture: str, layers: Sequence[Layer], start: Start) -> dict[str, object]:
    config: dict[str, object] = {
        "Entrypoint": list(start.entrypoint),
        "Env": [f"{key}={value}" for key, value in sorted(start.env.items())],
        "User": start.user,
        "ExposedPorts": {f"{port}/tcp": {} for port in start.ports},
    }
    if start.healthcheck:  # Docker's own key: the specification has none, Kubernetes reads none
        config["Healthcheck"] = {"Test": ["CMD", *start.healthcheck]}
    return {
        "architecture": architecture,
        "os": "linux",
        "created": _CREATED,
        "config": config,
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{layer.sha256}" for layer in layers]},
    }


def _manifest(config: bytes, layers: Sequence[Layer]) -> dict[str, object]:
    return {
        "schemaVersion": 2,
        "mediaType": f"{_IMAGE}.manifest.v1+json",
        "config": _descriptor("config.v1", config),
        "layers": [
            {
                "mediaType": f"{_IMAGE}.layer.v1.tar",
                "digest": f"sha256:{layer.sha256}",
                "size": layer.size_bytes,
            }
            for layer in layers
        ],
    }


def _descriptor(kind: str, content: bytes) -> dict[str, object]:
    return {
        "mediaType": f"{_IMAGE}.{kind}+json",
        "digest": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "size": len(content),
    }


def _json(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _blob(sha256: str) -> str:
    return f"blobs/sha256/{sha256}"


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    _add_file(archive, name, len(content), io.BytesIO(content))


def _add_file(archive: tarfile.TarFile, name: str, size_bytes: int, file: IO[bytes]) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = size_bytes
    entry.mtime = EPOCH_S
    archive.addfile(entry, file)
