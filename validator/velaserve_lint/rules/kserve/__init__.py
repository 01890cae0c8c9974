# SPDX-License-Identifier: Apache-2.0
"""Family 4: KServe's objects; VS411-VS430 are W01-W20, VS441-VS461 are L1-L21."""
