# SPDX-License-Identifier: Apache-2.0
"""How many processes a server is told to run, each with a copy of the model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.npu.demand import Consumer

# Ours, gunicorn's and uvicorn's, TorchServe's.
_VARIABLES = ("VELASERVE_WORKERS", "WEB_CONCURRENCY", "TS_DEFAULT_WORKERS_PER_MODEL")
_NUMBER = re.compile(r"\d{1,6}", re.ASCII)
_OPTION = re.compile(r"--workers(?:=(\d{1,6}))?", re.ASCII)
_INLINE = re.compile(r"(?<!\S)--workers[= ](\d{1,6})(?!\S)", re.ASCII)


class Workers(NamedTuple):
    """How many, and where that is said."""

    number: int
    at: Cursor


def workers_of(consumer: Consumer) -> Workers | None:
    """What is said of it; of two, the one on the command line wins."""
    return _said(consumer) or _in_env(consumer)


def _in_env(consumer: Consumer) -> Workers | None:
    for name in _VARIABLES:
        variable = consumer.env.get(name)
        if variable and _NUMBER.fullmatch(variable.value.text):
            return Workers(int(variable.value.text), variable.value)
    return None


def _said(consumer: Consumer) -> Workers | None:
    """`--workers=4`, `--workers` and `4`, or both in a line of a shell."""
    words = consumer.words
    for index, word in enumerate(words):
        after = words[index + 1 : index + 2]
        if (found := _OPTION.fullmatch(word.text)) and found[1]:
            return Workers(int(found[1]), word)
        if found and after and _NUMBER.fullmatch(after[0].text):
            return Workers(int(after[0].text), after[0])
        if found := _INLINE.search(word.text):
            return Workers(int(found[1]), word)
    return None
