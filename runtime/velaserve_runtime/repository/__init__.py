# SPDX-License-Identifier: Apache-2.0
"""Models on disk and in memory: layout, configuration, load, warm-up, unload."""
