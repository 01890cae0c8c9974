# SPDX-License-Identifier: Apache-2.0
"""kube-apiserver finds, on this machine, what serves the APIs that are not its own."""

from typing import Any

import pytest

from ci.cluster import keda, manifests, metrics_server
from ci.cluster.aggregation import objects
from ci.cluster.certificates import ADAPTERS
from ci.tools.errors import ModuleMissing

FILES = {"keda": keda.api, "metrics-server": metrics_server.api}


def made(name: str) -> tuple[Any, Any]:
    """The Service and the APIService."""
    try:
        [api] = manifests.read(FILES[name]())
    except ModuleMissing as err:
        pytest.skip(str(err))
    return objects(api, 16000, "Y2E=")


@pytest.mark.parametrize("name", FILES)
def test_an_api_is_asked_for_at_this_machine(name: str) -> None:
    service, api = made(name)
    assert service["spec"] == {"type": "ExternalName", "externalName": "localhost"}
    assert api["spec"]["service"] == service["metadata"] | {"port": 16000}


@pytest.mark.parametrize("name", FILES)
def test_a_certificate_is_asked_for_and_it_names_the_service(name: str) -> None:
    service, api = made(name)
    assert api["spec"]["caBundle"] == "Y2E="
    assert "insecureSkipTLSVerify" not in api["spec"]
    assert ADAPTERS[name] == "{name}.{namespace}.svc".format(**service["metadata"])


def test_each_adapter_has_a_certificate() -> None:
    assert FILES.keys() == ADAPTERS.keys()
