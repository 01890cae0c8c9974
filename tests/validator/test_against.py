# SPDX-License-Identifier: Apache-2.0
"""What a run is compared with."""

from __future__ import annotations

import pytest

from support.lint_findings import service
from velaserve_lint.against import objects_of
from velaserve_lint.targets import DEFAULT

SERVICE = service("model: {storageUri: 's3://a'}", name="served")
APPLICATION = f"""\
apiVersion: core.oam.dev/v1beta1
kind: Application
metadata: {{name: app}}
spec:
  components:
    - {{name: served, type: raw, properties: {SERVICE}}}
"""
LISTED = f"{{apiVersion: v1, kind: List, items: [{SERVICE}, {SERVICE}]}}"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (SERVICE, ["served"]),
        (APPLICATION, ["served"]),
        (LISTED, ["served", "served"]),
        (f"{SERVICE}\n---\n{APPLICATION}", ["served", "served"]),
        ("", []),
        ("kind: [", []),
        ("\x00", []),
    ],
)
def test_objects_of_a_file(text: str, names: list[str]) -> None:
    assert [one.name for one in objects_of(text, "a.yaml", DEFAULT)] == names
