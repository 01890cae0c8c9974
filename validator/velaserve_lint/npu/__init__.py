# SPDX-License-Identifier: Apache-2.0
"""What asks for accelerators, and how: one view of pods and of our own components."""
