# SPDX-License-Identifier: Apache-2.0
"""The addon's Application, evaluated as KubeVela does, by CUE of the version that it has."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ci.addon.folder import contents
from ci.tools.cue import HINT, NEW, OLD, CueError, cue, missing
from ci.tools.schema import Json
from support.kubernetes_schemas import problems

ADDON = contents()
IMAGE = "registry.example.com/team/velaserve:0.1"
ASCEND_IMAGE = "registry.example.com/team/velaserve-ascend:0.1"
pytestmark = pytest.mark.skipif(bool(missing()), reason=HINT)


def evaluated(folder: Path, parameters: Mapping[str, Json], version: str = OLD) -> dict[str, Any]:
    """KubeVela puts parameters and context below parameter.cue, and a package above it."""
    given = f"context: metadata: {{}}\nparameter: {json.dumps(parameters)}\n"
    texts = {name: text for name, text in ADDON.items() if name.startswith("resources/")}
    texts["template.cue"] = ADDON["template.cue"]
    texts["parameter.cue"] = f"package main\n{ADDON['parameter.cue']}\n{given}"
    for name, text in texts.items():
        (folder / Path(name).name).write_text(text, encoding="utf-8")
    names = [str(folder / Path(name).name) for name in texts]
    found: dict[str, Any] = json.loads(cue(version, "export", "-e", "output", *names))
    return found


def objects(application: dict[str, Any]) -> dict[str, Any]:
    """By name."""
    components = application["spec"]["components"]
    assert {each["type"] for each in components} == {"k8s-objects"}
    return {
        made["metadata"]["name"]: made
        for each in components
        for made in each["properties"]["objects"]
    }


@pytest.mark.parametrize("version", [OLD, NEW])
@pytest.mark.parametrize("hardened", [False, True])
def test_objects_are_what_kubernetes_knows(tmp_path: Path, version: str, hardened: bool) -> None:
    given: dict[str, Json] = {"image": IMAGE, "ascendImage": ASCEND_IMAGE}
    found = objects(evaluated(tmp_path, {**given, "hardenedStorage": hardened}, version))
    storage = {"velaserve-hardened"} if hardened else set()
    assert found.keys() == {"velaserve", "velaserve-ascend"} | storage
    assert [problem for each in found.values() for problem in problems(each)] == []
    for name, image in (("velaserve", IMAGE), ("velaserve-ascend", ASCEND_IMAGE)):
        [container] = found[name]["spec"]["containers"]
        assert container["image"] == image


@pytest.mark.parametrize("version", [OLD, NEW])
def test_only_what_is_asked_for_is_there(tmp_path: Path, version: str) -> None:
    assert objects(evaluated(tmp_path, {"image": IMAGE}, version)).keys() == {"velaserve"}


def test_runtime_goes_to_the_clusters_that_are_named(tmp_path: Path) -> None:
    assert evaluated(tmp_path, {"image": IMAGE})["spec"]["policies"] == []
    [policy] = evaluated(tmp_path, {"image": IMAGE, "clusters": ["one"]})["spec"]["policies"]
    assert (policy["type"], policy["properties"]) == ("topology", {"clusters": ["one"]})


@pytest.mark.parametrize(
    ("parameters", "culprit"),
    [
        ({}, "containers.0.image: incomplete value"),
        ({"image": ""}, "parameter.image: invalid value"),
        ({"image": IMAGE, "ascendImage": " "}, "parameter.ascendImage: invalid value"),
        ({"image": IMAGE, "hardenedStorage": "yes"}, "parameter.hardenedStorage"),
        ({"image": IMAGE, "hardenedstorage": True}, "parameter.hardenedstorage: field not allowed"),
    ],
)
def test_wrong_parameters_are_refused(
    tmp_path: Path, parameters: dict[str, Json], culprit: str
) -> None:
    with pytest.raises(CueError) as refused:
        evaluated(tmp_path, parameters)
    assert culprit in str(refused.value)


@pytest.mark.parametrize("hardened", [False, True])
def test_notes_say_the_next_step(hardened: bool) -> None:
    given = f"parameter: {json.dumps({'image': IMAGE, 'hardenedStorage': hardened})}\n"
    source = f"{ADDON['parameter.cue']}\n{given}\n{ADDON['NOTES.cue']}"
    notes = json.loads(cue(OLD, "export", "-e", "notes", "-", source=source))
    assert "vela up" in notes
    assert ("kubectl patch clusterstoragecontainer default" in notes) == hardened


def test_hand_written_files_are_formatted() -> None:
    for name in ("NOTES.cue", "parameter.cue", "template.cue"):
        assert cue(NEW, "fmt", "-", source=ADDON[name]) == ADDON[name], name
