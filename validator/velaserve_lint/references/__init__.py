# SPDX-License-Identifier: Apache-2.0
"""Which objects an object or an Application needs, by name."""
