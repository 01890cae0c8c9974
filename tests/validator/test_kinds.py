# SPDX-License-Identifier: Apache-2.0
"""Which documents are for us."""

from __future__ import annotations

import pytest

from velaserve_lint.kinds import is_application, may_define
from velaserve_lint.source import read


@pytest.mark.parametrize(
    ("text", "is_ours"),
    [
        ("{apiVersion: core.oam.dev/v1beta1, kind: Application}", True),
        ("{apiVersion: core.oam.dev/v1alpha2, kind: Application}", True),
        ("{apiVersion: core.oam.deb/v1beta1, kind: Application}", True),
        ("{apiVersion: core.oam.dev/v1beta1, kind: Aplication}", True),
        ("{apiVersion: core.oam.dev/v1beta1}", True),
        ("{kind: Application}", True),
        ("{apiVersion: core.oam.dev/v1beta1, kind: ComponentDefinition}", False),
        ("{apiVersion: argoproj.io/v1alpha1, kind: Application}", False),
        ("{apiVersion: app.k8s.io/v1beta1, kind: Application}", False),
        ("{apiVersion: v1, kind: Pod}", False),
        ("{apiVersion: [], kind: {}}", False),
        ("[core.oam.dev]", False),
        ("text", False),
    ],
)
def test_the_group_and_the_kind_decide(text: str, is_ours: bool) -> None:
    (document,) = read(text, "-").documents

    assert is_application(document) is is_ours


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("kind: ComponentDefinition\n", True),
        ('{"kind":"TraitDefinition"}', True),
        ("kind: 'Policy'\n", True),
        ("data: {openapi-v3-json-schema: '{}'}\n", True),
        ("kind: NetworkPolicy\n", False),
        ("kind: CustomResourceDefinition\n", False),
        ("imagePullPolicy: Always\n", False),
        ("", False),
    ],
)
def test_what_may_define_a_type_or_a_policy(text: str, worth: bool) -> None:
    assert may_define(text) == worth
    assert may_define(text.encode()) == worth
