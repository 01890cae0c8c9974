#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The command velaserve of the image for Ascend NPUs: with CANN's environment, which its script sets.
environment=/usr/local/Ascend/ascend-toolkit/set_env.sh
if [ ! -r "$environment" ]; then
    echo "velaserve: $environment is missing: was this image made from ci/images/Dockerfile.ascend?" >&2
    exit 2
fi
# shellcheck source=/dev/null
. "$environment"
# Ours first: CANN's packages bring another protobuf.
site=(/opt/velaserve/lib/python3*/site-packages)
export PYTHONPATH="${site[0]}${PYTHONPATH:+:$PYTHONPATH}"
exec /opt/velaserve/bin/python -m velaserve_runtime "$@"
