# SPDX-License-Identifier: Apache-2.0
"""The hardened ClusterStorageContainer stands in for KServe's own, and fits `restricted`."""

import re
from collections.abc import Mapping, Sequence

import pytest
import yaml

from ci.addon.resources import FOLDERS
from ci.cluster import manifests
from ci.cluster.manifests import KSERVE
from ci.tools.errors import NotReady

OURS = yaml.safe_load((FOLDERS["storage"] / "hardened.yaml").read_text(encoding="utf-8"))
SPEC = OURS["spec"]
SECURITY = SPEC["container"]["securityContext"]
ADDRESSES = [
    "s3://bucket/model",
    "gs://bucket/model",
    "hf://owner/model:main",
    "hdfs://folder/model",
    "webhdfs://folder/model",
    "https://account.blob.core.windows.net/container/model",
    "https://account.file.core.windows.net/share/model",
    "http://host/model.onnx",
    "https://host/folder/model.onnx",
]
OTHERS = ["pvc://models/digits", "oci://host/model", "file:///model", "https://host", "model"]

Formats = Sequence[Mapping[str, str]]


@pytest.fixture(scope="module")
def default() -> dict[str, object]:
    """What KServe brings."""
    try:
        path = manifests.folder(KSERVE, "config/storagecontainers/default.yaml")
    except NotReady as err:
        pytest.skip(str(err))
    [found] = manifests.read(path)
    return dict(found["spec"])


def knows(formats: Formats, address: str) -> bool:
    """As KServe asks: anywhere in the address for a regular expression."""
    prefixes = tuple(each["prefix"] for each in formats if "prefix" in each)
    regexes = [each["regex"] for each in formats if "regex" in each]
    return address.startswith(prefixes) or any(re.search(each, address) for each in regexes)


def test_addresses_are_those_of_kserves_own(default: Mapping[str, Formats]) -> None:
    theirs, ours = default["supportedUriFormats"], SPEC["supportedUriFormats"]
    for one in theirs:
        assert any(knows([one], address) for address in ADDRESSES), f"no address for {one}"
    for address in [*ADDRESSES, *OTHERS]:
        assert knows(ours, address) == knows(theirs, address), address


def test_it_does_the_same_work_under_another_name(default: Mapping[str, object]) -> None:
    for field in ("workloadType", "supportsMultiModelDownload"):
        assert SPEC[field] == default[field]
    assert OURS["metadata"]["name"] != "default"


def test_only_the_security_of_the_container_is_set() -> None:
    """KServe lays the rest of its ConfigMap below: image and resources."""
    assert SPEC["container"].keys() == {"name", "securityContext"}


def test_pod_security_restricted_takes_it() -> None:
    assert SECURITY["allowPrivilegeEscalation"] is False
    assert SECURITY["capabilities"] == {"drop": ["ALL"]}
    assert SECURITY["runAsNonRoot"] is True
    assert SECURITY["seccompProfile"]["type"] == "RuntimeDefault"
