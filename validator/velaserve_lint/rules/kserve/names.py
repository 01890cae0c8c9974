# SPDX-License-Identifier: Apache-2.0
"""The names that KServe allows."""

from __future__ import annotations

import re

# Of InferenceServices and InferenceGraphs: both become part of a host name.
NAME = re.compile(r"[a-z]([-a-z0-9]*[a-z0-9])?")
LONGEST_LABEL = 63
