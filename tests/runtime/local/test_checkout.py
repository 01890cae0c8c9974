# SPDX-License-Identifier: Apache-2.0
"""Where the digits example is."""

from pathlib import Path

import pytest

from ci.tools.tree import ROOT
from velaserve_runtime.local.checkout import find_checkout
from velaserve_runtime.local.errors import LocalError


@pytest.mark.parametrize("start", [ROOT, ROOT / "applications" / "models"])
def test_upwards_from_here(start: Path) -> None:
    checkout = find_checkout(start)
    assert checkout.application.resolve() == ROOT / "applications" / "digits.yaml"
    assert checkout.claims["models"].resolve() == ROOT / "applications" / "models"
    assert checkout.samples.is_file()


def test_nowhere(tmp_path: Path) -> None:
    with pytest.raises(LocalError, match="runs in a checkout") as caught:
        find_checkout(tmp_path)
    assert caught.value.exit_code == 2
