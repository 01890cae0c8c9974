# SPDX-License-Identifier: Apache-2.0
"""The command `ci/tools/tools.sh`."""

import sys

from ci.tools.command import main

sys.exit(main(sys.argv[1:]))
