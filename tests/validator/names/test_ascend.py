# SPDX-License-Identifier: Apache-2.0
"""What the linter knows of Ascend's resources and nodes."""

from __future__ import annotations

import pytest

from velaserve_lint.names import accelerators
from velaserve_lint.names.ascend import (
    NPU_CORE,
    former_resources,
    node_types,
    npu_resources,
    type_of_policy,
)
from velaserve_lint.names.table import load

CHIPS = {chip for chip, row in accelerators().items() if row.vendor == "ascend"} | {"310"}


def test_every_resource_is_of_known_chips() -> None:
    for name, resource in npu_resources().items():
        assert resource.name == name
        assert resource.chips
        assert resource.chips <= CHIPS
        assert resource.of in {"", *npu_resources()}
        assert bool(resource.of) == (resource.kind in {"memory", "percent"})


@pytest.mark.parametrize(
    ("name", "kind", "chips"),
    [
        ("huawei.com/Ascend310P", "cards", {"310P"}),
        ("huawei.com/Ascend910B4", "shared", {"910B4"}),
        ("huawei.com/Ascend910B4-memory", "memory", {"910B4"}),
        ("huawei.com/Ascend910-5c.1cpu.16g", "vnpu", {"910B3", "910B4-1", "910C"}),
        ("huawei.com/npu", "cards", {"950PR", "950DT"}),
        ("huawei.com/ascend-310", "cards", {"310"}),
    ],
)
def test_a_name_stands_for_chips(name: str, kind: str, chips: set[str]) -> None:
    resource = npu_resources()[name]

    assert resource.kind == kind
    assert resource.chips == chips


def test_slices_that_are_cut_for_a_pod_have_one_name() -> None:
    cut = {chip for chip, row in accelerators().items() if row.npu_core}

    assert npu_resources()[NPU_CORE].chips == cut


def test_former_names_are_no_names_any_more() -> None:
    assert former_resources()
    assert npu_resources().keys().isdisjoint(former_resources())
    assert {chip for chips in former_resources().values() for chip in chips} <= CHIPS


def test_a_node_type_has_cards_of_known_chips() -> None:
    for name, node_type in node_types().items():
        assert node_type.name == name
        assert node_type.chips <= CHIPS
        assert [*node_type.counts] == sorted({*node_type.counts})
        assert 1 in node_type.counts


def test_a_policy_means_a_type() -> None:
    policies = load("ascend.toml")["policies"]

    assert {type_of_policy(policy) for policy in policies} <= set(node_types().values())
    assert type_of_policy("multilevel") is None
