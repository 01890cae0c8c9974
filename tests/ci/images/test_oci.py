# SPDX-License-Identifier: Apache-2.0
"""The image tar is a valid OCI layout, and the same content gives the same bytes."""

import hashlib
import json
import os
import tarfile
from pathlib import Path
from typing import Any

import pytest

from ci.images.layer import EPOCH_S, Layer, pack
from ci.images.oci import Start, write_image

Json = dict[str, Any]  # Any: a JSON document
START = Start(entrypoint=["/a"], env={"B": "2", "A": "1"}, user="1000", ports=[8080])


def make_folder(folder: Path, time_s: int) -> Path:
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "program").write_bytes(b"\x7fELF")
    (folder / "bin" / "program").chmod(0o755)
    (folder / "bin" / "link").symlink_to("program")
    (folder / "etc").mkdir()
    (folder / "etc" / "empty").touch()
    for path in folder.rglob("*"):
        os.utime(path, (time_s, time_s), follow_symlinks=False)
    return folder


@pytest.fixture
def layer(tmp_path: Path) -> Layer:
    return pack(make_folder(tmp_path / "content", 1), tmp_path / "layer.tar")


@pytest.fixture
def blobs(layer: Layer, tmp_path: Path) -> dict[str, bytes]:
    """Every file of an image of one layer, by its name."""
    target = tmp_path / "image.tar"
    write_image(target, "velaserve.local/a:local", "x86_64", [layer], START)
    with tarfile.open(target) as archive:
        files = {member.name: archive.extractfile(member) for member in archive}
        return {name: file.read() for name, file in files.items() if file is not None}


def follow(blobs: dict[str, bytes], descriptor: Json) -> bytes:
    """The blob that a descriptor names, held against its digest and size."""
    blob = blobs["blobs/" + descriptor["digest"].replace(":", "/")]
    assert "sha256:" + hashlib.sha256(blob).hexdigest() == descriptor["digest"]
    assert len(blob) == descriptor["size"]
    return blob


def test_layout_leads_from_the_index_to_every_blob(blobs: dict[str, bytes]) -> None:
    assert json.loads(blobs["oci-layout"]) == {"imageLayoutVersion": "1.0.0"}
    [descriptor] = json.loads(blobs["index.json"])["manifests"]
    assert descriptor["annotations"]["io.containerd.image.name"] == "velaserve.local/a:local"
    manifest = json.loads(follow(blobs, descriptor))
    config = json.loads(follow(blobs, manifest["config"]))
    layers = [follow(blobs, layer) for layer in manifest["layers"]]
    digests = ["sha256:" + hashlib.sha256(layer).hexdigest() for layer in layers]
    assert config["rootfs"] == {"type": "layers", "diff_ids": digests}
    assert len(blobs) == 2 + 1 + 1 + len(layers)


def test_config_says_how_the_container_starts(blobs: dict[str, bytes]) -> None:
    [descriptor] = json.loads(blobs["index.json"])["manifests"]
    config = json.loads(follow(blobs, json.loads(follow(blobs, descriptor))["config"]))
    assert (config["architecture"], config["os"]) == ("amd64", "linux")
    assert config["config"] == {
        "Entrypoint": ["/a"],
        "Env": ["A=1", "B=2"],
        "ExposedPorts": {"8080/tcp": {}},
        "User": "1000",
    }


def test_layer_keeps_modes_and_links_and_forgets_time_and_owner(layer: Layer) -> None:
    with tarfile.open(layer.path) as archive:
        members = {member.name: member for member in archive}
    assert list(members) == ["bin", "bin/link", "bin/program", "etc", "etc/empty"]
    assert members["bin/program"].mode == 0o755
    assert members["bin/link"].linkname == "program"
    assert {(member.mtime, member.uname) for member in members.values()} == {(EPOCH_S, "")}


def test_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for time_s in (1, 1_700_000_000):
        folder = tmp_path / str(time_s)
        layer = pack(make_folder(folder / "content", time_s), folder / "layer.tar")
        write_image(folder / "image.tar", "a:b", "aarch64", [layer], START)
        made.append((folder / "image.tar").read_bytes())
    assert made[0] == made[1]
