# SPDX-License-Identifier: Apache-2.0
"""Items of the production checklist: evaluated with --checklist, and by `velaserve-lint score`."""
