# SPDX-License-Identifier: Apache-2.0
"""Objects that Kubernetes writes of its own structs, every field filled in: all are known."""

from __future__ import annotations

import os

import pytest

from ci.tools.errors import NotReady
from ci.tools.fields.sources import folder, pinned
from velaserve_lint.fields import check
from velaserve_lint.fields.table import table
from velaserve_lint.source import read

FOLDER = "testdata/HEAD"
BUILT_IN = [
    (api_version, kind)
    for api_version, names in table("kubernetes").kinds.items()
    for kind in names
]


@pytest.mark.parametrize(("api_version", "kind"), BUILT_IN, ids=[kind for _, kind in BUILT_IN])
def test_every_field_is_known_and_of_its_type(api_version: str, kind: str) -> None:
    group, _, version = api_version.rpartition("/")
    try:
        module = folder(
            pinned("k8s.io/api"), offline=os.environ.get("VELASERVE_REQUIRE_ALL") != "1"
        )
    except NotReady as err:
        pytest.skip(str(err))
    file = module / FOLDER / f"{group or 'core'}.{version}.{kind}.yaml"
    (document,) = read(file.read_bytes(), file.name).documents

    violations = check(document, document.data, (), api_version, kind)
    # Texts are filled in with the names of their fields, whatever the choices are.
    assert [one.label for one in violations if one.keyword != "enum"] == []
