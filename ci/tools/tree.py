# SPDX-License-Identifier: Apache-2.0
"""The hand-written files of this repository."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (".ci", "applications", "ci", "components", "runtime", "tests", "traits", "validator")
GENERATED = frozenset(  # paths from the root; each names in its first lines what it is made from
    {
        "components/inference-graph.cue",
        "components/kfserving.cue",
        "components/model-serving.cue",
        "components/model-serving/accelerators.cue",
        "components/model-serving/names.cue",
        "components/model-serving/params_chip.cue",
        "traits/steps/await-model.cue",
        "traits/steps/canary-release.cue",
        "traits/steps/canary-release/policy_params.cue",
        "traits/steps/compile-model.cue",
    }
)


def hand_written(*suffixes: str) -> Iterator[Path]:
    """Files of the root and FOLDERS that end in one of `suffixes`, sorted, without GENERATED."""
    files = [path for path in ROOT.iterdir() if path.is_file()]
    files += [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    for path in sorted(files):
        name = path.relative_to(ROOT).as_posix()
        if path.name.endswith(suffixes) and name not in GENERATED:
            yield path
