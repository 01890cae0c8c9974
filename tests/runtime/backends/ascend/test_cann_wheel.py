# SPDX-License-Identifier: Apache-2.0
"""An environment in which onnxruntime-cann cannot work is refused with what to install."""

import re

import pytest

from velaserve_runtime.backends.ascend.cann_wheel import refuse_unusable_wheel, what_is_wrong
from velaserve_runtime.protocol.errors import LoadFailed

FITTING = ((3, 11), "1.24.4", "1.26.4")


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        (FITTING, ""),
        (((3, 12), "1.24.4", "1.26.4"), ""),
        (
            ((3, 13), "1.24.4", "2.4.6"),
            r"works with Python 3\.11 and 3\.12 .*, this is 3\.13; install",
        ),
        (
            ((3, 11), None, "1.26.4"),
            r"need onnxruntime-cann; run: pip install 'velaserve\[ascend\]'",
        ),
        (((3, 11), "1.24.4", "2.4.6"), r"built for numpy 1, found numpy 2\.4\.6; run: pip install"),
        (((3, 11), "1.24.4", None), r"found numpy nowhere; run: pip install 'numpy<2'"),
    ],
)
def test_what_is_wrong(
    environment: tuple[tuple[int, int], str | None, str | None], words: str
) -> None:
    found = what_is_wrong(*environment)
    assert bool(found) == bool(words)
    assert re.search(words, found)


@pytest.mark.cann
def test_environment_of_make_test_ascend_fits() -> None:
    refuse_unusable_wheel()


def test_environment_of_make_test_does_not() -> None:
    with pytest.raises(LoadFailed, match="onnxruntime-cann"):
        refuse_unusable_wheel()
