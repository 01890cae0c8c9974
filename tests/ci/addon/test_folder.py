# SPDX-License-Identifier: Apache-2.0
"""What is in the addon, and that KubeVela reads all of it."""

import json
import os
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from ci.addon.folder import contents, write
from ci.cluster.manifests import KUBEVELA
from ci.install.needs import IN_CLUSTER, KUBERNETES
from ci.install.needs import KUBEVELA as KUBEVELA_NEED
from ci.install.versions import show
from ci.tools.errors import NotReady
from ci.tools.gomod import module_dir
from ci.tools.schema import definitions
from ci.tools.tree import ROOT
from support.vela_render import VERSIONS

ADDON = contents()
METADATA = yaml.safe_load(ADDON["metadata.yaml"])
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def below(folder: str) -> set[str]:
    return {Path(name).stem for name in ADDON if name.startswith(f"{folder}/")}


def kubevela(version: str, file: str) -> str:
    offline = os.environ.get("VELASERVE_REQUIRE_ALL") != "1"
    try:
        folder = module_dir(KUBEVELA, version, offline=offline)
    except NotReady as err:
        pytest.skip(str(err))
    return (folder / file).read_text(encoding="utf-8")


def test_every_definition_is_in_and_nothing_but() -> None:
    wanted = {file.name: file.read_text(encoding="utf-8") for file in definitions()}
    found = {Path(name).name: ADDON[name] for name in ADDON if name.startswith("definitions/")}
    assert found == wanted
    folders = {file.parent.name for file in definitions()}
    assert folders == {"components", "traits", "steps"}


@pytest.mark.parametrize("version", VERSIONS)
def test_kubevela_reads_every_file(version: str) -> None:
    """Of others it says nothing; of those in definitions and resources, the ending counts too."""
    source = kubevela(version, "pkg/addon/addon.go")
    read = set(re.findall(r'(?:FileName|DirName|DefSchemaName)\s+(?:string )?= "([^"]+)"', source))
    assert {"README.md", "metadata.yaml", "resources"} <= read
    assert {name.partition("/")[0] for name in ADDON} <= read
    for name in ADDON:
        if name.startswith(("definitions/", "resources/")):
            assert Path(name).suffix == ".cue"


def test_resources_are_in_the_package_of_the_template() -> None:
    """KubeVela makes a component of its own of any other, or passes over it."""
    for name in ("template.cue", *(name for name in ADDON if name.startswith("resources/"))):
        assert "\npackage main\n" in ADDON[name], name


def test_no_name_is_one_of_kubevelas_own() -> None:
    """KubeVela refuses the addon then, or with -y takes its own definition away."""
    builtins = ROOT / "validator" / "velaserve_lint" / "builtins.json"
    types = json.loads(builtins.read_text(encoding="utf-8"))["types"]
    assert not below("definitions") & {name for names in types.values() for name in names}


def test_metadata_is_the_projects_and_the_table_of_needs() -> None:
    assert METADATA["name"] == PROJECT["name"]
    assert METADATA["version"] == PROJECT["version"]
    assert METADATA["description"] == PROJECT["description"]
    assert METADATA["system"] == {
        "vela": f">={show(KUBEVELA_NEED.oldest)}",
        "kubernetes": f">={show(KUBERNETES.oldest)}",
    }


@pytest.mark.parametrize("version", VERSIONS)
def test_kubevela_knows_every_field_of_the_metadata(version: str) -> None:
    known = set(re.findall(r'`json:"(\w+)', kubevela(version, "pkg/addon/type.go")))
    assert {*METADATA, *METADATA["system"]} <= known


def test_readme_names_needs_parameters_and_definitions() -> None:
    text = ADDON["README.md"]
    assert "<!--" not in text
    for name in below("definitions"):
        assert f"`{name}`" in text
    for parameter in re.findall(r"^\t(\w+)\??: ", ADDON["parameter.cue"], re.MULTILINE):
        assert f"`{parameter}" in text
    for need in IN_CLUSTER:
        assert f"{need.name} {show(need.oldest)} or later" in text
    assert (ROOT / "applications/digits.yaml").read_text(encoding="utf-8").strip() in text


def test_folder_is_made_anew_with_the_same_bytes(tmp_path: Path) -> None:
    write(tmp_path / "addon")
    left = tmp_path / "addon" / "definitions" / "gone.cue"
    left.write_text("", encoding="utf-8")
    write(tmp_path / "addon")
    found = {
        path.relative_to(tmp_path / "addon").as_posix(): path.read_text(encoding="utf-8")
        for path in (tmp_path / "addon").rglob("*")
        if path.is_file()
    }
    assert found == ADDON
