# SPDX-License-Identifier: Apache-2.0
"""An Application on this machine: one server process for each model, no cluster."""
