# SPDX-License-Identifier: Apache-2.0
"""There are cards for the canary, and none for what comes after it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from support.eventually import eventually
from support.gateway import Reading
from support.load import Load
from support.release import NEW, WHOLE, Release, changed, released

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from e2e.conftest import Update
    from support.gateway import Model
    from support.kube import Kube
    from support.vela import Vela

pytestmark = [pytest.mark.e2e, pytest.mark.long]

NAME = "stuck"
PODS = 2
PER_SECOND = 10
CARD = "example.com/card-of-stuck"
CARDS = {"chip": "nvidia", "resource": CARD, "fallbackPolicy": "fallback"}
"""The server does without: what matters is where its pods find a node."""


def test_canary_goes_on_until_the_promotion_is_mended(
    update: Update,
    model: Callable[[str], Model],
    cards: Callable[[int | None], None],
    vela: Vela,
    kube: Kube,
) -> None:
    cards(2 * PODS)  # a new pod of the stable's comes before an old one goes
    policy = {"stepSeconds": 2, "timeoutSeconds": 30}
    first = released(NAME, policy, minReplicas=PODS, accelerator=CARDS)
    update(first, "is as it is wanted")
    release, wires = Release(kube, NAME), model(NAME)
    with Load(wires.json, PER_SECOND) as load:
        said = update(changed(first, {"modelUri": NEW}), "does not get ready")
        assert said.startswith(f"failed: {NAME} does not get ready, its canary goes on with 100 %")
        assert f"Insufficient {CARD}" in said
        assert f"vela workflow restart {NAME}" in said
        assert release.weights() == [0, 100]
        eventually(lambda: load.answers[-PER_SECOND:], new_only, 30, "the canary answers")
        cards(2 * PODS + 1)
        vela.succeed("workflow", "restart", NAME)
        release.says("is as it is wanted")
    assert release.weights() == WHOLE
    assert release.canary() is None
    assert load.failures == []
    assert new_only(load.answers[-PER_SECOND:])


def new_only(answers: list[Reading]) -> bool:
    return set(answers) == {Reading(4, "2")}


@pytest.fixture
def cards(kube: Kube) -> Iterator[Callable[[int | None], None]]:
    """Makes the node have so many."""
    [node] = kube.matching("Node", "")
    have = partial(_have, kube, node["metadata"]["name"])
    yield have
    have(None)


def _have(kube: Kube, node: str, count: int | None) -> None:
    amount = {CARD: count and str(count)}
    kube.patch_node_status(node, {"capacity": amount, "allocatable": amount})
