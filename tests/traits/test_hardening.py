# SPDX-License-Identifier: Apache-2.0
"""`hardening` fills in what is not set, and says what it cannot reach."""

from typing import Any

import pytest

from ci.tools.cue import NEW, OLD
from support.definition import needs_cue
from support.trait_definition import digits, evaluate, patched

pytestmark = [needs_cue, pytest.mark.parametrize("version", [OLD, NEW])]


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
    assert after["model"]["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "capabilities": dropped,
        "readOnlyRootFilesystem": True,
    }


def test_hardening_says_when_it_reaches_no_container(version: str) -> None:
    service, *others = digits()
    spec: Any = service["spec"]
    spec["predictor"]["containers"] = [{"name": "kserve-container"}]
    del spec["predictor"]["model"]
    made: Any = evaluate("hardening", {}, version, [service, *others])
    assert "model" not in made["patch"]["spec"]["predictor"]
    assert "remove hardening" in made["errs"][0]
