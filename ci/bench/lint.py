# SPDX-License-Identifier: Apache-2.0
"""How long velaserve-lint takes, and how much memory, as a command from its start to its end.

    python ci/bench/lint.py [--rounds 5]

The promises: one file < 0.3 s; 1,000 Applications of 54 lines < 1.5 s and < 60 MB; --version and
explain < 0.1 s. Bytecode is there, as pip leaves it. Every figure is min, median and max. Beside
them stands what the YAML parser alone needs for the same files: a ratio holds on a busy machine.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

FILES = 1000
APPLICATION = """\
# A model for production, with everything that an Application usually has.
apiVersion: core.oam.dev/v1beta1
kind: Application
metadata:
  name: digits-{n}
  namespace: models
  labels: {{team: vision}}
spec:
  components:
    - name: digits-{n}
      type: model-serving
      properties:
        modelUri: pvc://models/digits/onnx
        modelFormat:
          name: onnx
        minReplicas: 3
        batching:
          maxBatchSize: 16
          maxQueueDelayMicroseconds: 2000
        queue:
          maxQueueSize: 256
        resources:
          requests:
            cpu: 2
            memory: 4Gi
          limits:
            memory: 4Gi
        metrics: {{}}
      traits:
        - type: autoscaler
          properties:
            minReplicas: 3
            maxReplicas: 8
            metrics:
              queueDepth: 16
            prometheus:
              address: http://prometheus.monitoring:9090
        - type: high-availability
          properties:
            zones: required
        - type: hardening
          properties: {{}}
        - type: canary
          properties:
            prometheus: http://prometheus.monitoring:9090
            checks:
              - metric: errorPercent
                max: 1
  workflow:
    steps:
      - name: release
        type: canary-release
        properties:
          component: digits-{n}
"""
PARSE = (
    "import sys, yaml; from pathlib import Path\n"
    "for file in Path(sys.argv[1]).iterdir(): yaml.compose(file.read_text(), yaml.CSafeLoader)"
)


class Cost(NamedTuple):
    """What one process needed."""

    wall_s: float
    peak_mb: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    lint = ["-m", "velaserve_lint"]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as cache:
        for n in range(FILES):
            Path(folder, f"{n:04}.yaml").write_text(APPLICATION.format(n=n), encoding="utf-8")
        commands = {
            "--version": [*lint, "--version"],
            "explain VS201": [*lint, "explain", "VS201"],
            "one file": [*lint, f"{folder}/0000.yaml"],
            f"{FILES} files": [*lint, folder],
            f"{FILES} files, YAML alone": ["-c", PARSE, folder],
        }
        env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        env["PYTHONPYCACHEPREFIX"] = cache
        for words in commands.values():
            cost(words, env)
        costs = {
            name: [cost(words, env) for _ in range(rounds)] for name, words in commands.items()
        }
    for name, measured in costs.items():
        show(name, measured)


def cost(words: list[str], env: dict[str, str]) -> Cost:
    """Runs Python with these words.

    Raises:
        subprocess.CalledProcessError: it found something, or failed.
    """
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL, env=env)
    _, status, usage = os.wait4(process.pid, 0)
    wall_s = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, words)
    return Cost(wall_s, usage.ru_maxrss / 1024)


def show(name: str, costs: list[Cost]) -> None:
    walls = [cost.wall_s for cost in costs]
    low, middle, high = min(walls), statistics.median(walls), max(walls)
    peak = max(cost.peak_mb for cost in costs)
    print(f"{name:24} {low:6.3f} {middle:6.3f} {high:6.3f} s  {peak:4.0f} MB")


if __name__ == "__main__":
    main()
