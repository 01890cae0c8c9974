# SPDX-License-Identifier: Apache-2.0
"""The locale's variables, as POSIX ranks them."""

from __future__ import annotations

import pytest

from velaserve_lint.language import preferred


@pytest.mark.parametrize(
    ("env", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US", "LC_MESSAGES": "zh_TW"}, "zh"),
        ({"LANG": "zh_CN", "LC_ALL": ""}, "zh"),
    ],
)
def test_the_locale_decides(env: dict[str, str], language: str) -> None:
    assert preferred(env) == language
