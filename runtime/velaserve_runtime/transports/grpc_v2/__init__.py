# SPDX-License-Identifier: Apache-2.0
"""The V2 protocol over gRPC: handlers that know no engine, and the engines that call them."""
