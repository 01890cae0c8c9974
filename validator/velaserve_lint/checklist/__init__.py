# SPDX-License-Identifier: Apache-2.0
"""The production checklist: what is judged, and what comes of it. The items are rules/checklist."""
