# SPDX-License-Identifier: Apache-2.0
"""Pieces of a Dockerfile."""

import json
from collections.abc import Sequence


def words(command: Sequence[str]) -> str:
    """A command that no shell reads."""
    return json.dumps(list(command))


def constrained(files: Sequence[str]) -> str:
    """The arguments of pip that pin what it installs."""
    return " ".join(f"--constraint {name}" for name in files)
