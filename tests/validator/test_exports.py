# SPDX-License-Identifier: Apache-2.0
"""What is public is what is listed."""

from __future__ import annotations

from types import ModuleType

import pytest

import velaserve_lint
from velaserve_lint import cli, formats, names


def test_what_is_listed_is_imported_when_it_is_asked_for() -> None:
    for name in velaserve_lint.__all__:
        assert getattr(velaserve_lint, name).__name__ == name
    with pytest.raises(AttributeError, match="has no attribute 'linted'"):
        velaserve_lint.linted  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.parametrize("module", [cli, names], ids=lambda module: module.__name__)
def test_all_is_what_can_be_imported(module: ModuleType) -> None:
    public = {
        name
        for name, value in vars(module).items()
        if not name.startswith("_")
        and not isinstance(value, ModuleType)
        and getattr(value, "__module__", "").startswith("velaserve_lint")
    }

    assert set(module.__all__) == public


def test_every_format_has_its_file() -> None:
    for name in formats.FORMATS:
        assert formats.write(velaserve_lint.Report(), name) is not None
