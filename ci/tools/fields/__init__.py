# SPDX-License-Identifier: Apache-2.0
"""Makes the linter's tables of the fields of Kubernetes' and KServe's objects."""
