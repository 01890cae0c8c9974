# SPDX-License-Identifier: Apache-2.0
"""Errors keep their class on the way out of a model process."""

from __future__ import annotations

import pytest

from velaserve_runtime.backends.process.messages import Failed
from velaserve_runtime.protocol.errors import (
    ConfigError,
    InvalidRequest,
    LoadFailed,
    ModelFailed,
    ModelNotFound,
    NotFound,
    QueueFull,
    VelaserveError,
)


def crossed(err: Exception) -> VelaserveError:
    return Failed.of(err).error()


@pytest.mark.parametrize("kind", [ConfigError, InvalidRequest, LoadFailed, ModelFailed, QueueFull])
def test_an_error_made_from_a_text_keeps_class_and_text(kind: type[VelaserveError]) -> None:
    error = crossed(kind("input x: no"))

    assert (type(error), str(error)) == (kind, "input x: no")


def test_a_class_of_a_backend_needs_no_entry_anywhere() -> None:
    class CardLost(ModelFailed):
        """Raised when a test says so."""

    assert type(crossed(CardLost("card 3 is lost"))) is CardLost


def test_what_is_made_from_more_than_a_text_becomes_its_nearest_base() -> None:
    error = crossed(ModelNotFound("double", ["triple"]))

    assert type(error) is NotFound
    assert str(error) == str(ModelNotFound("double", ["triple"]))


def test_what_is_not_known_here_becomes_its_nearest_base() -> None:
    failed = Failed(("NeverImported", "LoadFailed", "VelaserveError", "Exception"), "no")

    assert type(failed.error()) is LoadFailed


def test_other_exceptions_are_named_in_the_text() -> None:
    error = crossed(ValueError("no such row"))

    assert (type(error), str(error)) == (ModelFailed, "ValueError: no such row")
