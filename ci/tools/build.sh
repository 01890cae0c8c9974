#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds every pinned version of the named programs into the cache: ci/tools/build.sh cue
set -eu
pins=$(dirname "$0")/pins.txt
cache=${XDG_CACHE_HOME:-$HOME/.cache}/velaserve/tools

build() { # program version package
    target=$cache/$1-$2/$1
    if [ -x "$target" ]; then
        echo "$1 $2: $target"
        return
    fi
    if ! command -v go >/dev/null; then
        echo "$1 $2 is built with Go, which is not on PATH: install Go 1.25 or later, then run this again" >&2
        exit 2
    fi
    mkdir -p "$cache"
    scratch=$(mktemp -d "$cache/build.XXXXXX")
    echo "$1 $2: building from $3"
    if ! GOBIN=$scratch go install -trimpath "$3@v$2"; then
        rm -rf "$scratch"
        exit 1
    fi
    mkdir -p "$(dirname "$target")"
    mv "$scratch/$1" "$target"
    rmdir "$scratch"
    echo "$1 $2: $target"
}

for wanted in "$@"; do
    grep -q "^$wanted " "$pins" || { echo "$wanted is not in $pins" >&2; exit 2; }
    while read -r program version package; do
        if [ "$program" = "$wanted" ]; then
            build "$program" "$version" "$package"
        fi
    done <"$pins"
done
