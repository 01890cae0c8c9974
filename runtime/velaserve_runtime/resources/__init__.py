# SPDX-License-Identifier: Apache-2.0
"""What this process may use of the machine."""
