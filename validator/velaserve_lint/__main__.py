# SPDX-License-Identifier: Apache-2.0
"""python -m velaserve_lint"""

import sys

from velaserve_lint.cli import main

sys.exit(main())
