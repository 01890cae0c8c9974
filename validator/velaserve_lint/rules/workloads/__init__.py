# SPDX-License-Identifier: Apache-2.0
"""Family 3: workloads and what stands beside them."""
