# SPDX-License-Identifier: Apache-2.0
"""Rules of family 9: those that a team brings itself, declared in a file or written in Python."""
