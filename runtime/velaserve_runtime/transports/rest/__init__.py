# SPDX-License-Identifier: Apache-2.0
"""The V2 protocol over HTTP/1.1: uvloop for bytes, httptools for heads, no framework."""
