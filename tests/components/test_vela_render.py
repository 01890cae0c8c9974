# SPDX-License-Identifier: Apache-2.0
"""KubeVela's own program takes the definition and renders what the goldens say."""

import os
import subprocess
from pathlib import Path
from typing import cast

import pytest
import yaml

from ci.tools import programs
from ci.tools.cue import NEW
from ci.tools.errors import NotReady
from ci.tools.pins import load, named
from ci.tools.schema import Json
from ci.tools.tree import ROOT
from support.definition import first_component, needs_cue, render

VERSIONS = [pin.module.version for pin in named(load(), "vela")]
APPLICATIONS = [
    ROOT / "applications" / "digits.yaml",
    *sorted((ROOT / "tests" / "components" / "model-serving").glob("*/app.yaml")),
]
Object = dict[str, Json]


@pytest.fixture(params=VERSIONS)
def vela(request: pytest.FixtureRequest) -> Path:
    try:
        return programs.path("vela", request.param)
    except NotReady as err:
        pytest.skip(str(err))


@pytest.fixture
def definitions(tmp_path: Path) -> Path:
    """A folder with nothing but definitions: KubeVela reads everything in it as one."""
    folder = tmp_path / "definitions"
    folder.mkdir()
    for file in (ROOT / "components").glob("*.cue"):
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def run(vela: Path, folder: Path, *arguments: str | Path) -> str:
    """Without a cluster: the one that is named refuses every connection."""
    nowhere = {
        "clusters": [{"name": "none", "cluster": {"server": "http://127.0.0.1:1"}}],
        "contexts": [{"name": "none", "context": {"cluster": "none", "user": "none"}}],
        "users": [{"name": "none", "user": {}}],
        "current-context": "none",
    }
    config = folder / "kubeconfig"
    config.write_text(yaml.safe_dump(nowhere), encoding="utf-8")
    environment = os.environ | {"KUBECONFIG": str(config), "VELA_HOME": str(folder)}
    done = subprocess.run(
        [vela, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_definition_is_valid(vela: Path, tmp_path: Path) -> None:
    for definition in sorted((ROOT / "components").glob("*.cue")):
        assert "succeed" in run(vela, tmp_path, "def", "vet", definition)


@needs_cue
@pytest.mark.parametrize("application", APPLICATIONS, ids=lambda path: f"{path.parent.name}")
def test_dry_run_renders_what_cue_does(
    application: Path, vela: Path, definitions: Path, tmp_path: Path
) -> None:
    """Beside KubeVela's own labels, annotations and namespace."""
    text = run(vela, tmp_path, "dry-run", "--offline", "-f", application, "-d", definitions)
    objects = [each for each in yaml.safe_load_all(text) if each]
    want = cast("list[Object]", render(first_component(application), NEW))
    assert [_kind(each) for each in objects] == [_kind(each) for each in want]
    for found, wanted in zip(objects, want, strict=True):
        assert found["spec"] == wanted["spec"]
        _assert_within(cast("Object", wanted["metadata"]), found["metadata"])


def _kind(each: Object) -> tuple[Json, Json]:
    return each["apiVersion"], each["kind"]


def _assert_within(wanted: Object, found: Object) -> None:
    for key, value in wanted.items():
        if isinstance(value, dict):
            _assert_within(value, cast("Object", found[key]))
        else:
            assert found[key] == value, key
