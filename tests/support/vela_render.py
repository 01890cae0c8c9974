# SPDX-License-Identifier: Apache-2.0
"""Renders Applications with KubeVela's own program, as the tools of this repository do."""

from ci.tools.vela import VERSIONS, Object, Vela, VelaRefused

__all__ = ["VERSIONS", "Object", "Vela", "VelaRefused"]
