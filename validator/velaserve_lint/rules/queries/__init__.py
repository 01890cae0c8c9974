# SPDX-License-Identifier: Apache-2.0
"""Family 3: PromQL, wherever a query stands."""
