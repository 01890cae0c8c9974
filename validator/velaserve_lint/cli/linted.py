# SPDX-License-Identifier: Apache-2.0
"""Everything that a command was given, linted."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from velaserve_lint.cli.configured import settings_of, targets_of
from velaserve_lint.cli.inputs import Inputs
from velaserve_lint.cli.known_types import known_types

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from velaserve_lint.manifest import Manifest
    from velaserve_lint.pipeline import Linter
    from velaserve_lint.settings import Settings


@contextmanager
def linted(inputs: Inputs, arguments: argparse.Namespace) -> Iterator[Linter]:
    """The linter that has taken in all files.

    Without a collection of garbage until the end: trees of positions hold no cycles, and looking
    for some takes half of the time.

    Raises:
        UsageError: a file cannot be read, or a setting is wrong.
    """
    from velaserve_lint.pipeline import Linter  # loads the YAML parser

    gc.disable()
    try:
        linter = Linter(_settings(arguments), keep_applications=False)
        contents = list(inputs.contents())
        for content, _ in contents:
            linter.learn(content)
        for content, file in contents:
            linter.add(content, file)
        yield linter
    finally:
        gc.enable()


def _settings(arguments: argparse.Namespace) -> Settings:
    catalogue = known_types(arguments.definitions, arguments.allow_type)
    earlier = tuple(_earlier(arguments))
    return replace(settings_of(arguments), earlier=earlier, catalogue=catalogue)


def _earlier(arguments: argparse.Namespace) -> Iterator[Manifest]:
    """The objects of --against, which are compared with and not checked."""
    from velaserve_lint.against import objects_of

    wanted = targets_of(arguments)
    for content, file in Inputs(arguments.against or (), (), "").contents():
        yield from objects_of(content, file, wanted)
