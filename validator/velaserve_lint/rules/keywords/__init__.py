# SPDX-License-Identifier: Apache-2.0
"""What the keywords of a JSON Schema mean to a reader; families 1 and 2 share it."""
