# SPDX-License-Identifier: Apache-2.0
"""What is known of images with CANN by their names."""

from __future__ import annotations

import re

# quay.io/ascend/cann, docker.io/ascendai/cann, swr.….com/ascendhub/cann, also in a mirror.
_CANN = re.compile(r"(^|/)(ascend|ascendai|ascendhub)/cann(:|@|$)")
_ROOT = re.compile(r"(^|/)(ascend|ascendai|ascendhub)/(cann|vllm-ascend)(:|@|$)")


def sets_environment(image: str) -> bool:
    """Whether its entry point reads CANN's set_env.sh."""
    return bool(_CANN.search(image))


def runs_as_root(image: str) -> bool:
    return bool(_ROOT.search(image))
