# SPDX-License-Identifier: Apache-2.0
"""Both languages of each message say the same."""

import string

import pytest

from velaserve_lint.text import Text
from velaserve_runtime.local import messages

MESSAGES = {name: value for name, value in vars(messages).items() if isinstance(value, Text)}


def fields(template: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(template) if field}


@pytest.mark.parametrize("name", MESSAGES)
def test_the_same_arguments(name: str) -> None:
    assert fields(MESSAGES[name].en) == fields(MESSAGES[name].zh)
