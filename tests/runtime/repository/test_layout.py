# SPDX-License-Identifier: Apache-2.0
"""Folders that are models, versions and repositories; files are looked for, not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from velaserve_runtime.protocol.errors import LoadFailed
from velaserve_runtime.repository.layout import FILES, VersionSource, scan_model, scan_repository

if TYPE_CHECKING:
    from pathlib import Path


def write(root: Path, *files: str) -> Path:
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).touch()
    return root


@pytest.mark.parametrize(("model_format", "file"), FILES.items())
def test_a_file_directly_in_the_folder_is_version_1(
    tmp_path: Path, model_format: str, file: str
) -> None:
    folder = write(tmp_path / "digits", file)

    assert scan_model(folder, "digits") == [
        VersionSource("digits", "1", folder, folder / file, model_format)
    ]


@pytest.mark.parametrize(
    ("folder", "version"), [("7", "7"), ("models", "1"), ("007", "1"), ("0", "1"), ("v2", "1")]
)
def test_a_version_folder_mounted_as_the_root_keeps_its_number(
    tmp_path: Path, folder: str, version: str
) -> None:
    sources = scan_model(write(tmp_path / folder, "model.onnx"), "digits")

    assert [source.version for source in sources] == [version]


def test_versions_ascend_as_numbers(tmp_path: Path) -> None:
    write(tmp_path, "10/model.onnx", "9/model.pt", "2/model.py")

    sources = scan_model(tmp_path, "m")

    assert [(s.version, s.format) for s in sources] == [
        ("2", "python"),
        ("9", "torchscript"),
        ("10", "onnx"),
    ]


def test_folders_that_are_no_version_are_ignored(tmp_path: Path) -> None:
    write(
        tmp_path,
        "1/model.onnx",
        "0/model.onnx",
        "01/model.onnx",
        "latest/model.onnx",
        "-1/model.onnx",
        "\u0663/model.onnx",
        f"{'9' * 19}/model.onnx",
        ".2/model.onnx",
        "notes.txt",
        "3",
    )

    assert [source.version for source in scan_model(tmp_path, "m")] == ["1"]


def test_ignored_folders_are_named_when_nothing_else_is_there(tmp_path: Path) -> None:
    write(tmp_path, "v1/model.onnx", "01/model.onnx", "README.md")

    with pytest.raises(LoadFailed, match=r"ignored the folders 01, v1, because a version is a pos"):
        scan_model(tmp_path, "m")


def test_an_empty_folder_says_what_was_looked_for_and_where(tmp_path: Path) -> None:
    with pytest.raises(LoadFailed) as got:
        scan_model(tmp_path, "m")

    assert str(got.value) == (
        f"no model found: looked for {tmp_path}/model.onnx or {tmp_path}/model.om "
        f"or {tmp_path}/model.pt or {tmp_path}/model.py"
    )


def test_an_empty_version_folder_is_named(tmp_path: Path) -> None:
    write(tmp_path, "1/model.onnx", "2/weights.bin")

    with pytest.raises(LoadFailed, match=f"no model found: looked for {tmp_path}/2/model.onnx"):
        scan_model(tmp_path, "m")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(LoadFailed, match=f"{tmp_path}/gone cannot be read: No such file"):
        scan_model(tmp_path / "gone", "m")


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    write(tmp_path, "model.onnx")

    with pytest.raises(LoadFailed, match=r"model.onnx cannot be read: Not a directory"):
        scan_model(tmp_path / "model.onnx", "m")


@pytest.mark.parametrize("prefix", ["", "1/"])
def test_two_formats_in_one_folder_are_an_error_unless_one_is_chosen(
    tmp_path: Path, prefix: str
) -> None:
    write(tmp_path, f"{prefix}model.onnx", f"{prefix}model.pt")

    with pytest.raises(
        LoadFailed, match=r"model.onnx and model.pt; set model_format to one of onnx, torchscript"
    ):
        scan_model(tmp_path, "m")
    assert [s.format for s in scan_model(tmp_path, "m", "torchscript")] == ["torchscript"]


@pytest.mark.parametrize("chosen", [None, "om"])
def test_an_offline_model_may_have_its_onnx_model_beside_it(
    tmp_path: Path, chosen: str | None
) -> None:
    write(tmp_path, "1/model.om", "1/model.onnx", "2/model.om")

    paired, alone = scan_model(tmp_path, "m", chosen)

    folder = tmp_path / "1"
    twin = folder / "model.onnx"
    assert paired == VersionSource("m", "1", folder, folder / "model.om", "om", twin)
    assert paired.for_cpu() == VersionSource("m", "1", folder, twin, "onnx")
    assert alone.cpu_twin is None
    with pytest.raises(LoadFailed, match=r"2/model.om is compiled for a device.* as model.onnx"):
        alone.for_cpu()


def test_the_onnx_model_beside_an_offline_one_can_be_chosen(tmp_path: Path) -> None:
    write(tmp_path, "model.om", "model.onnx")

    [source] = scan_model(tmp_path, "m", "onnx")

    assert (source.format, source.for_cpu()) == ("onnx", source)


def test_an_offline_model_pairs_with_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, "model.om", "model.pt")

    with pytest.raises(LoadFailed, match=r"model.om and model.pt; set model_format to one of om"):
        scan_model(tmp_path, "m")


def test_a_chosen_format_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "1/model.onnx")

    with pytest.raises(LoadFailed, match=f"looked for {tmp_path}/1/model.pt$"):
        scan_model(tmp_path, "m", "torchscript")


def test_links_are_followed(tmp_path: Path) -> None:
    """Kubernetes mounts a ConfigMap's files as links through a hidden folder."""
    write(tmp_path, "..data/model.onnx", "store/5/model.onnx")
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "5").symlink_to(tmp_path / "store" / "5")

    assert [source.version for source in scan_model(tmp_path / "m", "m")] == ["5"]


def test_a_repository_lists_its_folders_broken_ones_too(tmp_path: Path) -> None:
    write(tmp_path, "b/1/model.onnx", "a/model.py", ".git/config", "README.md")
    (tmp_path / "broken").mkdir()

    assert scan_repository(tmp_path) == ["a", "b", "broken"]


def test_a_repository_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LoadFailed, match=r"models cannot be read: No such file"):
        scan_repository(tmp_path / "models")
