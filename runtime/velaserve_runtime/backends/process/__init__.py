# SPDX-License-Identifier: Apache-2.0
"""Models in processes of their own."""
