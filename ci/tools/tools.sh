#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds and finds the pinned programs: ci/tools/tools.sh build [NAME…] | path NAME [VERSION] |
# module_dir MODULE [VERSION].
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
python=$("$root/ci/find_python.sh" 3.11 3.14)
PYTHONPATH=$root exec "$python" -m ci.tools "$@"
