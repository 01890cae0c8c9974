# SPDX-License-Identifier: Apache-2.0
"""The linter's field tables: how long one takes to load, and an object to be compared.

    python -m ci.bench.fields [--rounds 20]

Loading is measured in fresh processes, without Python's own start.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable

from velaserve_lint.fields import check
from velaserve_lint.fields.apis import kinds
from velaserve_lint.rules.example_manifests import DEPLOYMENT, INFERENCE_SERVICE
from velaserve_lint.source import read

KINDS = {
    ("apps/v1", "Deployment"): DEPLOYMENT,
    ("serving.kserve.io/v1beta1", "InferenceService"): INFERENCE_SERVICE,
}
COMPARISONS = 2000
LOAD = """
import time
from velaserve_lint.fields.apis import kinds
from velaserve_lint.fields.table import table
started = time.perf_counter()
table(kinds()[{!r}][{!r}])
print((time.perf_counter() - started) * 1000)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    for (api_version, kind), example in KINDS.items():
        loading = [load_ms(api_version, kind) for _ in range(rounds)]
        comparing = [compare_us(api_version, kind, example) for _ in range(rounds)]
        table = kinds()[api_version][kind]
        print(f"{kind}: load {spread(loading)} ms (apis, {table}); ", end="")
        print(f"compare {spread(comparing)} us ({len(example.splitlines())} lines)")


def load_ms(api_version: str, kind: str) -> float:
    program = [sys.executable, "-c", LOAD.format(api_version, kind)]
    return float(subprocess.run(program, check=True, capture_output=True, text=True).stdout)


def compare_us(api_version: str, kind: str, example: str) -> float:
    (document,) = read(example, "-").documents
    started = time.perf_counter()
    for _ in range(COMPARISONS):
        assert not list(check(document, document.data, (), api_version, kind))
    return (time.perf_counter() - started) * 1e6 / COMPARISONS


def spread(values: Iterable[float]) -> str:
    """The least, the middle and the most."""
    found = sorted(values)
    return f"{found[0]:.1f} / {statistics.median(found):.1f} / {found[-1]:.1f}"


if __name__ == "__main__":
    main()
