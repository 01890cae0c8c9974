# SPDX-License-Identifier: Apache-2.0
"""The checkout of velaserve that a command was started in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from velaserve_runtime.local import messages
from velaserve_runtime.local.errors import BAD_ENVIRONMENT, LocalError

EXAMPLE = Path("applications", "digits.yaml")


class Checkout(NamedTuple):
    """The files of the digits example, as seen from the current folder."""

    application: Path
    claims: dict[str, Path]
    samples: Path


def find_checkout(start: Path | None = None) -> Checkout:
    """The nearest folder, upwards from the current one, that holds the example.

    Raises:
        LocalError: none does.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        root = Path(os.path.relpath(folder))
        models = root / "applications" / "models"
        samples = models / "digits" / "samples.json"
        if (root / EXAMPLE).is_file() and samples.is_file():
            return Checkout(root / EXAMPLE, {"models": models}, samples)
    raise LocalError(BAD_ENVIRONMENT, messages.NO_CHECKOUT, file=EXAMPLE.as_posix())
