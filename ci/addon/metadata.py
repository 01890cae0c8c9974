# SPDX-License-Identifier: Apache-2.0
"""metadata.yaml: what KubeVela shows of the addon, and the versions that it insists on."""

import yaml

from ci.addon.project import project
from ci.install.needs import KUBERNETES, KUBEVELA, Need
from ci.install.versions import show


def text() -> str:
    about = project()
    metadata = {
        "name": about.name,
        "version": about.version,
        "description": about.description,
        "tags": about.keywords,
        "system": {"vela": _since(KUBEVELA), "kubernetes": _since(KUBERNETES)},
    }
    return yaml.safe_dump(metadata, sort_keys=False, width=200)


def _since(need: Need) -> str:
    return f">={show(need.oldest)}"
