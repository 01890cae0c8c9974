#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Prints the first Python from MIN to MAX that runs and can make virtual environments:
# ci/find_python.sh 3.11 3.14. PYTHON=… is tried alone. Else says what it found and how to install one.
set -eu
min=${1#3.} max=${2#3.}

candidates() {
    echo python3
    minor=$max
    while [ "$minor" -ge "$min" ]; do
        echo "python3.$minor"
        minor=$((minor - 1))
    done
}

# A name on PATH may be a shim that only says "command not found": each is run.
version_of() {
    "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null
}

fits() {
    case $1 in
    3.*) [ "${1#3.}" -ge "$min" ] && [ "${1#3.}" -le "$max" ] ;;
    *) return 1 ;;
    esac
}

found='' without_venv=''
for python in ${PYTHON:-$(candidates)}; do
    command -v "$python" >/dev/null 2>&1 || continue
    version=$(version_of "$python") || version='does not run'
    found="$found
  $python: $version"
    fits "$version" || continue
    if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        command -v "$python"
        exit 0
    fi
    found="$found, without the venv module"
    without_venv=${without_venv:-$version}
done

if [ -n "$without_venv" ]; then
    apt=python$without_venv-venv dnf=python3-libs brew=python@$without_venv
else
    apt='python3 python3-venv    (Ubuntu 22.04: python3.11 python3.11-venv)' dnf=python3 brew=python@3.13
fi
cat >&2 <<END
No Python 3.$min to 3.$max with its venv module. Found:${found:-
  none}
Install one, then run this again:
  Debian, Ubuntu      sudo apt-get install $apt
  openEuler, Fedora   sudo dnf install $dnf
  macOS               brew install $brew
or name one: make setup PYTHON=/path/to/python3
END
exit 2
