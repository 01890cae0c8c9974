# SPDX-License-Identifier: Apache-2.0
"""An odd value in the place of each that a manifest may have: a report, never an exception."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from ci.tools.errors import NotReady
from support.faults.subjects import objects
from support.odd import VALUES, paths, shape, with_value
from velaserve_lint import lint
from velaserve_lint.formats import View, write
from velaserve_lint.manifest import manifests_in
from velaserve_lint.rules import every
from velaserve_lint.settings import Settings
from velaserve_lint.source import read
from velaserve_lint.targets import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.manifest import Manifest
    from velaserve_lint.place import Path
    from velaserve_lint.rule import Rule

# Of all places; the value of each is the same one each time. With 1, it takes minutes.
SHARE = 8
EACH = pytest.mark.parametrize("family", ["VS0", "VS1", "VS2", "VS3", "VS4", "VS5", ""])


def check(text: str, earlier: tuple[Manifest, ...] = ()) -> None:
    report = lint(text, "-", Settings(earlier=earlier, checklist=True))
    write(report, "full", View("zh"))


def odd(*place: object) -> str | None:
    """One of the values, or none for most places."""
    digest = int.from_bytes(hashlib.sha256(repr(place).encode()).digest()[:8], "big")
    chosen, index = divmod(digest, len(VALUES))
    return None if chosen % SHARE else VALUES[index]


def places() -> Iterator[tuple[Any, Path, str]]:  # Any: JSON
    """Each field of each kind that a sample has, in the first sample that has it."""
    seen = set()
    for _, kind, data in objects():
        for path in paths(data):
            place = (kind, shape(path))
            if place not in seen:
                seen.add(place)
                if value := odd(place):
                    yield data, path, value


def test_an_odd_value_of_each_field_gives_a_report() -> None:
    try:
        found = list(places())
    except NotReady as err:
        pytest.skip(str(err))
    for data, path, value in found:
        check(with_value([data], 0, path, value))


def examples(family: str) -> Iterator[type[Rule]]:
    others = ("VS0", "VS1", "VS2", "VS3", "VS4", "VS5")
    for rule in every():
        if rule.id.startswith(family) if family else not rule.id.startswith(others):
            yield rule


def documents(text: str) -> list[Any]:  # Any: JSON
    return [one.data for one in read(text, "-").documents if one.data is not None]


def earlier_of(text: str) -> tuple[Manifest, ...]:
    read_documents = read(text, "earlier.yaml").documents
    return tuple(one for document in read_documents for one in manifests_in(document, DEFAULT))


@EACH
def test_an_odd_value_in_a_rules_example_gives_a_report(family: str) -> None:
    """Where several objects stand, rules compare them."""
    for rule in examples(family):
        whole, earlier = documents(rule.bad), earlier_of(rule.earlier)
        for at, data in enumerate(whole):
            for path in paths(data):
                if value := odd(rule.id, at, path):
                    check(with_value(whole, at, path, value), earlier)


@EACH
def test_an_odd_value_in_what_was_before_gives_a_report(family: str) -> None:
    for rule in examples(family):
        whole = documents(rule.earlier)
        for at, data in enumerate(whole):
            for path in paths(data):
                if value := odd(rule.id, "earlier", at, path):
                    check(rule.bad, earlier_of(with_value(whole, at, path, value)))
