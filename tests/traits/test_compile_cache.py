# SPDX-License-Identifier: Apache-2.0
"""What `compile-cache` makes of other traits, and of a canary."""

from typing import Any

import pytest

from ci.images.contents import ascend
from ci.tools.cue import NEW, OLD
from ci.tools.tree import ROOT
from support.definition import needs_cue
from support.trait_cases import component, digits
from support.trait_definition import digits as component_of
from support.trait_definition import evaluate
from support.vela_render import Vela, VelaRefused
from velaserve_lint.names import options

FOR_ONE: Any = {"accelerator": {"chip": "310P"}, "deploymentStrategy": {"type": "Recreate"}}


def cache(mode: str) -> Any:  # Any: JSON
    return {
        "type": "compile-cache",
        "properties": {"claim": {"name": "om-cache", "accessMode": mode}},
    }


@pytest.mark.parametrize(
    ("trait", "why"),
    [
        ({"type": "canary"}, "is for one pod, a canary would be another"),
        (
            {
                "type": "autoscaler",
                "properties": {"maxReplicas": 4, "metrics": {"cpuUtilization": 70}},
            },
            "is for one pod, there may be 4",
        ),
    ],
    ids=["canary", "autoscaler"],
)
def test_volume_of_one_node_goes_with_one_pod(trait: Any, why: str, vela: Vela) -> None:
    for order in ([trait, cache("ReadWriteOnce")], [cache("ReadWriteOnce"), trait]):
        with pytest.raises(VelaRefused) as refusal:
            vela.render(digits(*order, **FOR_ONE))
        assert f"claim: accessMode ReadWriteOnce {why}" in str(refusal.value)


def test_autoscaler_of_one_pod_keeps_one(vela: Vela) -> None:
    one: Any = {"type": "autoscaler", "properties": {"maxReplicas": 1}}
    one["properties"]["metrics"] = {"cpuUtilization": 70}
    vela.render(digits(one, cache("ReadWriteOnce"), **FOR_ONE))


@pytest.mark.parametrize("chip", ["310P", "910B4"])
def test_each_chip_has_a_folder_that_the_server_makes(chip: str, vela: Vela) -> None:
    """Not a subPath: the kubelet would make that for root."""
    [service, *_] = vela.render(
        digits(cache("ReadWriteMany"), **{**FOR_ONE, "accelerator": {"chip": chip}})
    )
    spec: Any = service["spec"]
    model = spec["predictor"]["model"]
    variables = {each["name"]: each.get("value") for each in model["env"]}
    assert variables[options()["compile_cache_dir"].env] == f"{ascend().cache}/{chip}"
    [mount] = model["volumeMounts"]
    assert mount == {"name": "compile-cache", "mountPath": ascend().cache}


@pytest.mark.parametrize("version", [OLD, NEW])
@needs_cue
def test_canary_shares_the_claim_of_its_stable(version: str) -> None:
    own: Any = {"claim": {"accessMode": "ReadWriteMany", "size": "10Gi"}}
    rendered = component_of({"accelerator": {"chip": "310P"}})
    stable, canary = (
        evaluate("compile-cache", own, version, rendered, name)
        for name in ("digits", "digits-canary")
    )
    assert stable == canary
    made: Any = stable["outputs"]
    assert made["claim"]["metadata"] == {"name": "digits-compile-cache"}


def test_server_of_another_is_left_alone(vela: Vela) -> None:
    app = digits(cache("ReadWriteMany"), image="a:1")
    properties: Any = component(app)["properties"]
    del properties["modelFormat"]
    with pytest.raises(VelaRefused, match="is for a server of ours, found an image of its own"):
        vela.render(app)


def test_group_is_the_image_s() -> None:
    text = (ROOT / "traits" / "compile-cache.cue").read_text(encoding="utf-8")
    assert f"fsGroup:             *{ascend().arguments['hwgid']} | int" in text
