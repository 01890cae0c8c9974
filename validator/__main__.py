# SPDX-License-Identifier: Apache-2.0
"""python -m validator app.yaml: the linter of this checkout, installed or not."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from velaserve_lint.cli import main

sys.exit(main())
