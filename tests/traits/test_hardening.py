# SPDX-License-Identifier: Apache-2.0
"""`hardening` fills in what is not set, everywhere."""

from typing import Any

import pytest

from ci.tools.cue import NEW, OLD
from support.definition import needs_cue
from support.trait_definition import digits, patched

pytestmark = [needs_cue, pytest.mark.parametrize("version", [OLD, NEW])]

CLOSED = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
WITH_ROOT = {"allowPrivilegeEscalation": True}


def test_what_the_component_sets_stays(version: str) -> None:
    service, *others = digits()
    spec: Any = service["spec"]
    predictor = spec["predictor"]
    predictor["securityContext"] = {"runAsNonRoot": False, "runAsUser": 0}
    predictor["automountServiceAccountToken"] = True
    dropped = {"drop": ["NET_RAW"], "add": ["DAC_OVERRIDE"]}
    predictor["model"]["securityContext"] = {"capabilities": dropped}

    hardened: Any = patched("hardening", {}, version, [service, *others])

    after = hardened["spec"]["predictor"]
    assert after["automountServiceAccountToken"]
    seccomp = {"seccompProfile": {"type": "RuntimeDefault"}}
    assert after["securityContext"] == {"runAsNonRoot": False, "runAsUser": 0, **seccomp}
    assert after["model"]["securityContext"] == CLOSED | {"capabilities": dropped}


def test_every_container_is_reached(version: str) -> None:
    """An image of its own has no `model`; a transformer and an explainer are pods of their own."""
    service, *others = digits()
    spec: Any = service["spec"]
    containers = [{"name": "kserve-container"}, {"name": "beside", "securityContext": WITH_ROOT}]
    spec["predictor"]["containers"] = containers
    del spec["predictor"]["model"]
    spec["transformer"] = {"containers": containers[:1]}

    hardened: Any = patched("hardening", {}, version, [service, *others])

    for part in ("predictor", "transformer"):
        assert hardened["spec"][part]["securityContext"]["runAsNonRoot"]
        assert not hardened["spec"][part]["automountServiceAccountToken"]
        assert hardened["spec"][part]["containers"][0]["securityContext"] == CLOSED
    assert hardened["spec"]["predictor"]["containers"][1]["securityContext"] == CLOSED | WITH_ROOT
    assert "explainer" not in hardened["spec"]
