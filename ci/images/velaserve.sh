#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The command velaserve, which the image for Ascend NPUs has, too: Jobs run it in whatever image is named.
exec python3 -m velaserve_runtime "$@"
