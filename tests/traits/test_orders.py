# SPDX-License-Identifier: Apache-2.0
"""Traits do the same in whatever order they are written."""

import json
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, cast

from support.trait_cases import TRAITS, application, component
from support.vela_render import Object, Vela

if TYPE_CHECKING:
    from ci.tools.schema import Json

TOGETHER = application(Path(__file__).parent / "together" / "all")


def test_the_case_has_every_trait() -> None:
    traits = cast("list[Object]", component(TOGETHER)["traits"])
    assert [each["type"] for each in traits] == TRAITS


def orders() -> list[list[Object]]:
    """Each trait at each place, and each before and behind each other."""
    traits = cast("list[Object]", component(TOGETHER)["traits"])
    turned = [traits[place:] + traits[:place] for place in range(len(traits))]
    return turned + [order[::-1] for order in turned]


def test_every_order_renders_the_same(vela: Vela) -> None:
    """Each order is a component of one Application: so KubeVela starts only once."""
    names = [f"digits-{index:02}" for index in range(len(orders()))]
    app = deepcopy(TOGETHER)
    cast("Object", app["spec"])["components"] = [
        component(TOGETHER) | {"name": name, "traits": cast("Json", order)}
        for name, order in zip(names, orders(), strict=True)
    ]
    objects = [json.dumps(each, sort_keys=True) for each in vela.render(app)]
    first, *others = ({one.replace(name, "") for one in objects if name in one} for name in names)
    assert len(first) == len(objects) / len(names)
    assert all(other == first for other in others)
