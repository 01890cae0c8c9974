# SPDX-License-Identifier: Apache-2.0
"""`python -m velaserve_runtime` is `velaserve`."""

import sys

from velaserve_runtime.cli import main

sys.exit(main())
