# SPDX-License-Identifier: Apache-2.0
"""Objects that an Application carries: whole ones, and parts of what is there already."""

from __future__ import annotations

import pytest

from support.lint_findings import found

APPLICATION = """
apiVersion: core.oam.dev/v1beta1
kind: Application
metadata: {name: a}
spec:
  components:
    - name: a
      type: k8s-objects
      properties: {objects: [{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}%s}]}
  policies: [{name: b, type: %s, properties: {}}]
"""
AT = "/spec/components/0/properties/objects/0"


@pytest.mark.parametrize(
    ("more", "policy", "ids"),
    [
        ("", "apply-once", [f"VS302 missing {AT}"]),
        ("", "take-over", []),
        ("", "read-only", []),
        (", specs: {}", "take-over", [f"VS301 near {AT}/specs"]),
    ],
)
def test_what_is_there_already_may_be_written_in_part(
    more: str, policy: str, ids: list[str]
) -> None:
    assert found(APPLICATION % (more, policy)) == ids
