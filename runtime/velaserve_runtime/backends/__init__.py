# SPDX-License-Identifier: Apache-2.0
"""One file for each way to run a model; vendor libraries are imported inside, at load time."""
