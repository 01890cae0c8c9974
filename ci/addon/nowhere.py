# SPDX-License-Identifier: Apache-2.0
"""A cluster that refuses every connection: vela wants the name of one, and asks it nothing."""

import json
from pathlib import Path

KUBECONFIG = {
    "clusters": [{"name": "none", "cluster": {"server": "http://127.0.0.1:1"}}],
    "contexts": [{"name": "none", "context": {"cluster": "none", "user": "none"}}],
    "users": [{"name": "none", "user": {}}],
    "current-context": "none",
}


def write(folder: Path) -> Path:
    """The kubeconfig file, in `folder`."""
    file = folder / "kubeconfig"
    file.write_text(json.dumps(KUBECONFIG), encoding="utf-8")
    return file
