# SPDX-License-Identifier: Apache-2.0
"""KubeVela is asked about the same objects, at the same paths, as its chart says."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from ci.cluster.manifests import KUBEVELA, folder
from ci.cluster.vela_webhooks import configurations
from ci.tools.errors import ToolsError

TEMPLATES = "charts/vela-core/templates/admission-webhooks"


def paths(configuration: Any) -> list[str]:
    return [webhook["clientConfig"]["url"] for webhook in configuration["webhooks"]]


def charts() -> Iterator[list[str]]:
    try:
        templates = sorted(folder(KUBEVELA, TEMPLATES).glob("*WebhookConfiguration.yaml"))
    except ToolsError as err:
        pytest.skip(str(err))
    for template in templates:
        yield re.findall(r"^ +path: (\S+)$", template.read_text(encoding="utf-8"), re.M)


def test_every_path_of_the_chart_is_called() -> None:
    ours = [sorted(paths(each)) for each in configurations("https://server", "authority")]
    theirs = [sorted(f"https://server{path}" for path in each) for each in charts()]
    assert ours == theirs
