# SPDX-License-Identifier: Apache-2.0
"""Other projects' manifests: an error in one is true, and samples.tsv says why.

`python -m ci.bench.samples` counts what else is found in them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from ci.tools.errors import NotReady
from support.samples import samples
from velaserve_lint import Severity, describe, lint

KNOWN = Path(__file__).parent / "samples.tsv"
LEAST_APPLICATIONS = 50


@cache
def found() -> tuple[dict[tuple[str, str], list[str]], int]:
    """The errors by file and rule, and how many Applications there are."""
    errors: dict[tuple[str, str], list[str]] = {}
    applications = 0
    try:
        read = samples()
    except NotReady as err:
        pytest.skip(str(err))
    for sample in read:
        report = lint(sample.content, sample.name)
        applications += report.coverage.applications
        for one in report.findings:
            if one.severity is Severity.ERROR:
                errors.setdefault((one.file, one.id), []).append(
                    f"{one.span.line}: {describe(one)}"
                )
    return errors, applications


def known() -> dict[tuple[str, str], str]:
    rows = [row.split("\t") for row in KNOWN.read_text(encoding="utf-8").splitlines()]
    return {(file, rule): reason for file, rule, reason in rows}


def test_every_error_is_a_known_mistake() -> None:
    errors, _ = found()
    new = {key: said for key, said in errors.items() if key not in known()}

    assert new == {}


def test_every_known_mistake_is_found() -> None:
    errors, _ = found()

    assert known().keys() - errors.keys() == set()


def test_each_reason_is_given_once_and_in_order() -> None:
    rows = KNOWN.read_text(encoding="utf-8").splitlines()

    assert rows == sorted(set(rows))
    assert all(reason for reason in known().values())


def test_there_are_enough_applications() -> None:
    assert found()[1] >= LEAST_APPLICATIONS
