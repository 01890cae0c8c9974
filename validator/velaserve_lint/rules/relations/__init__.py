# SPDX-License-Identifier: Apache-2.0
"""Rules between the objects of one run, VS350-VS399."""
