# SPDX-License-Identifier: Apache-2.0
"""The pinned versions are those that pyproject.toml allows, and the oldest of them."""

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ci.tools.tree import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]


def asked_for(*extras: str) -> list[Requirement]:
    """What the base install and `extras` name, velaserve's own extras followed."""
    wanted = [Requirement(text) for text in PROJECT["dependencies"]]
    for extra in extras:
        for requirement in map(Requirement, EXTRAS[extra]):
            inner = requirement.extras if requirement.name == "velaserve" else ()
            wanted += asked_for(*inner) if inner else [requirement]
    return wanted


def pins(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pinned = [Requirement(line) for line in lines if not line.startswith("#")]
    return {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in pinned}


@pytest.mark.parametrize(
    ("name", "extras"),
    [
        ("constraints.txt", ("dev", "torch", "kserve")),
        ("constraints-ascend.txt", ("ascend",)),
        ("constraints-oldest.txt", ("runtime",)),
    ],
)
def test_everything_named_is_pinned_to_a_version_that_is_allowed(
    name: str, extras: tuple[str, ...]
) -> None:
    pinned = pins(name)
    for requirement in asked_for(*extras):
        assert pinned[canonicalize_name(requirement.name)] in requirement.specifier, requirement


def test_oldest_is_the_oldest_that_is_allowed() -> None:
    pinned = pins("constraints-oldest.txt")
    for requirement in asked_for("runtime"):
        version = pinned[canonicalize_name(requirement.name)]
        bound = str(requirement.specifier).removeprefix(">=")
        assert version in (bound, f"{bound}.0"), requirement


@pytest.mark.parametrize("path", sorted(ROOT.glob("constraints*.txt")), ids=lambda path: path.name)
def test_pins_are_sorted_and_name_no_address(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    names = [canonicalize_name(Requirement(line).name) for line in lines if line[0] != "#"]
    assert names == sorted(names)
    assert "://" not in "".join(lines)
