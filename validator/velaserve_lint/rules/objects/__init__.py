# SPDX-License-Identifier: Apache-2.0
"""Family 3: what holds for every object alike, KServe's included."""
