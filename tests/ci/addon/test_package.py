# SPDX-License-Identifier: Apache-2.0
"""`vela addon package` makes of the folder what a registry of addons takes."""

import tarfile
from pathlib import Path

import pytest
import yaml

from ci.addon.folder import contents, write
from ci.addon.project import project
from ci.install.needs import KUBEVELA
from ci.install.versions import show
from support.vela_render import Vela


def test_archive_holds_the_addon(
    vela: Vela, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    addon = tmp_path / project().name
    write(addon)
    monkeypatch.chdir(tmp_path)  # vela puts the archive there
    vela.run("addon", "package", addon)
    with tarfile.open(f"{project().name}-{project().version}.tgz") as archive:
        names = {name.removeprefix(f"{project().name}/") for name in archive.getnames()}
        chart = archive.extractfile(f"{project().name}/Chart.yaml")
        assert chart
        about = yaml.safe_load(chart)
    assert names == {*contents(), "Chart.yaml"}
    assert about["annotations"]["system.vela"] == f">={show(KUBEVELA.oldest)}"
    assert about["keywords"] == project().keywords
