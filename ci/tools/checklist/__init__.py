# SPDX-License-Identifier: Apache-2.0
"""What the production checklist of the linter knows of our definitions and of runtimes."""
