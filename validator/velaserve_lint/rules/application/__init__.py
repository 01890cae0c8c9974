# SPDX-License-Identifier: Apache-2.0
"""Family 1: the Application's own fields."""
