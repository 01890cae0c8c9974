# SPDX-License-Identifier: Apache-2.0
"""The items together: their weights, their words, and the traits that their advice names."""

from __future__ import annotations

import re

import pytest

from support.checklist import FAIL, NOT_APPLICABLE, outcomes
from velaserve_lint import lint
from velaserve_lint.checklist.item import ALSO, ChecklistItem, ContainerItem
from velaserve_lint.finding import Severity
from velaserve_lint.page import plain
from velaserve_lint.rules import checklist_items
from velaserve_lint.rules.examples import APPLICATION
from velaserve_lint.settings import Settings

ITEMS = checklist_items()
EACH = pytest.mark.parametrize("item", ITEMS, ids=[item.id for item in ITEMS])
SMALLEST = APPLICATION.replace("minReplicas: 2", "minReplicas: 2\n        image: me/velaserve:1")
PROPERTIES = {"network-policy": {"sameNamespace": True}}


def test_the_weights_are_percents() -> None:
    assert sum(item.weight for item in ITEMS) == 100


@EACH
def test_what_weighs_much_is_a_warning(item: type[ChecklistItem]) -> None:
    assert item.severity is (Severity.WARNING if item.weight >= 5 else Severity.INFO)


@EACH
def test_every_item_can_speak_of_a_second_place(item: type[ChecklistItem]) -> None:
    assert item.messages["also"] is ALSO


@EACH
def test_the_weight_is_explained(item: type[ChecklistItem]) -> None:
    assert f", weight {item.weight})\n" in plain(item, "en")


@EACH
def test_the_good_example_passes_every_item(item: type[ChecklistItem]) -> None:
    [found] = outcomes(item.good).values()

    assert FAIL not in found.values()
    assert found[item.id] != NOT_APPLICABLE


def test_nothing_is_said_of_them_unless_that_is_asked() -> None:
    for item in ITEMS:
        assert lint(item.bad).findings == ()


@pytest.mark.parametrize(
    ("item", "trait"),
    [
        (item.id, trait)
        for item in ITEMS
        for trait in re.findall(r"(?:add the|, the) trait ([a-z-]*[a-z])", item.fix.en)
    ],
)
def test_the_trait_that_is_named_makes_it_pass(item: str, trait: str) -> None:
    properties = PROPERTIES.get(trait, {})
    image = SMALLEST.replace(
        "modelFormat: {name: onnx}", "runtime: acme\n        modelFormat: {name: a}"
    )
    added = f"{image}      traits: [{{type: {trait}, properties: {properties}}}]\n"

    assert outcomes(image)["digits"][item] == FAIL
    assert outcomes(added.replace("True", "true"))["digits"][item] == "pass"


@pytest.mark.parametrize("base", [ChecklistItem, ContainerItem])
def test_a_base_class_judges_nothing_itself(base: type[ChecklistItem]) -> None:
    method = "judge_container" if base is ContainerItem else "judge"
    with pytest.raises(NotImplementedError):
        getattr(base, method)(None, None)


def test_a_checklist_is_a_setting() -> None:
    ids = {one.id for one in lint(APPLICATION, settings=Settings(checklist=True)).findings}

    assert {"OBS-001", "SEC-007"} <= ids
