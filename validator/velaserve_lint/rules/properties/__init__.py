# SPDX-License-Identifier: Apache-2.0
"""Family 2: the properties, by the schema of their type."""
