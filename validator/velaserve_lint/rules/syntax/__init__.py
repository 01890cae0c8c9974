# SPDX-License-Identifier: Apache-2.0
"""Family 0: the text and its YAML."""
