# SPDX-License-Identifier: Apache-2.0
"""An S3 store: moto's server, a process of its own, where pods reach it."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from support.eventually import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.kube import Object

BUCKET, KEY = "models", "minio"
ANYBODY = "velaserve"  # moto lets anybody in
_STARTED = re.compile(r"Running on http://(\S+:\d+)")
_TIMEOUT_S = 30


@contextmanager
def store(address: str, folder: Path) -> Iterator[str]:
    """The files of `folder` in the bucket `models`; where the store is, as host:port."""
    with _server(address) as place:
        _put(place, f"/{BUCKET}")
        for file in sorted(each for each in folder.rglob("*") if each.is_file()):
            _put(place, f"/{BUCKET}/{file.relative_to(folder)}", file.read_bytes())
        yield place


def secret(place: str) -> Object:
    """Of the store: for `storage.key`, see applications/s3.yaml, and for a ServiceAccount."""
    config = {
        "type": "s3",
        "endpoint_url": f"http://{place}",
        "access_key_id": ANYBODY,
        "secret_access_key": ANYBODY,
        "region": "us-east-1",
    }
    annotations = {
        "serving.kserve.io/s3-endpoint": place,
        "serving.kserve.io/s3-usehttps": "0",
        "serving.kserve.io/s3-region": "us-east-1",
    }
    keys = {"AWS_ACCESS_KEY_ID": ANYBODY, "AWS_SECRET_ACCESS_KEY": ANYBODY}
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": "storage-config", "annotations": annotations},
        "stringData": {KEY: json.dumps(config), **keys},
    }


@contextmanager
def _server(address: str) -> Iterator[str]:
    command = [sys.executable, "-m", "moto.server", "--host", address, "--port", "0"]
    with NamedTemporaryFile("w+") as log, subprocess.Popen(command, stderr=log) as server:
        said = Path(log.name).read_text
        try:
            started = eventually(
                said, lambda text: _STARTED.search(text) is not None, _TIMEOUT_S, "moto runs"
            )
            yield _STARTED.findall(started)[0]
        finally:
            server.terminate()


def _put(place: str, path: str, body: bytes = b"") -> None:
    connection = http.client.HTTPConnection(place, timeout=_TIMEOUT_S)
    try:
        connection.request("PUT", path, body)
        answer = connection.getresponse()
        text = answer.read()
    finally:
        connection.close()
    assert answer.status == 200, f"PUT {path}: {answer.status} {text!r}"
