#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs into a virtual environment and makes it first where there is none:
# ci/setup.sh FOLDER NEWEST_PYTHON CONSTRAINTS PIP_ARGUMENT…
# pip reads its own settings (index, proxy, certificates) as always.
set -eu
venv=$1 newest=$2 constraints=$3
shift 3

if ! "$venv/bin/python" -c '' 2>/dev/null; then
    python=$("$(dirname "$0")/find_python.sh" 3.11 "$newest")
    "$python" -m venv --clear "$venv"
fi
log=$venv/install.log
echo "$venv: installing (details in $log)"
start=$(date +%s)
if ! "$venv/bin/python" -m pip install --disable-pip-version-check --no-input --progress-bar off \
    -c "$constraints" "$@" >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "$venv: pip could not install $*; all it said is in $log" >&2
    exit 1
fi
# pip prints "Downloading NAME.whl (1.2 MB)", or "Using cached" in place of "Downloading".
awk -v venv="$venv" -v seconds=$(($(date +%s) - start)) '
    /(Downloading|Using cached) [^ ]*[.]whl [(]/ {
        size = substr($(NF - 1), 2)
        unit = substr($NF, 1, 1)
        total += unit == "M" ? size : unit == "k" ? size / 1000 : size / 1000000
        wheels++
    }
    END {
        printf "%s: installed in %d s", venv, seconds
        if (wheels) printf ", %d wheels of %.0f MB in all", wheels, total
        print ""
    }
' "$log"
