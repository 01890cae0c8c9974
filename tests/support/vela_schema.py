# SPDX-License-Identifier: Apache-2.0
"""What KubeVela's own code makes of definitions and forms, without a cluster."""

import json
import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Made = Any  # JSON of any shape


class SchemaRefused(Exception):
    """KubeVela makes nothing of the file; the text is what it says."""


@dataclass(frozen=True)
class VelaSchema:
    """The program in one version of KubeVela."""

    program: Path

    def ask(self, files: Iterable[Path], experiments: str = "") -> dict[Path, Made]:
        """What is made of each file.

        Raises:
            SchemaRefused: one of them is refused.
        """
        done = subprocess.run(
            [self.program, *files],
            env=os.environ | {"CUE_EXPERIMENT": experiments, "KUBECONFIG": os.devnull},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # its log
            check=True,
        )
        answers = json.loads(done.stdout)
        if errors := [
            f"{file}: {each['error']}" for file, each in answers.items() if "error" in each
        ]:
            raise SchemaRefused("\n".join(errors))
        return {Path(file): each["schema"] for file, each in answers.items()}
