# SPDX-License-Identifier: Apache-2.0
"""Models on Ascend NPUs; imports no vendor package before a model is opened."""
