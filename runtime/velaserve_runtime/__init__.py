# SPDX-License-Identifier: Apache-2.0
"""velaserve: the model server (KServe V2 on REST and gRPC)."""
