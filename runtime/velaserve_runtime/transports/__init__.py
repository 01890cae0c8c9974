# SPDX-License-Identifier: Apache-2.0
"""The wires: bytes to requests and back, thin over the data plane."""
