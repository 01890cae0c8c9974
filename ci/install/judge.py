# SPDX-License-Identifier: Apache-2.0
"""Problems stop an installation; notes are said and it goes on."""

from collections.abc import Iterator, Mapping

from ci.cluster import gateway
from ci.install import image
from ci.install.found import Found
from ci.install.needs import GATEWAY_API, KSERVE, KUBEVELA, NEEDS, Need
from ci.install.versions import show


def problems(found: Found, environment: Mapping[str, str]) -> Iterator[str]:
    """What is in the way; variables of `environment` name images."""
    for need in NEEDS:
        if not need.optional:
            yield from _flaw(found, need)
    if not found.namespace and _has(found, KUBEVELA):
        yield f"KubeVela has no namespace for definitions: install it anew: {KUBEVELA.get}"
    yield from image.problems(environment, found.images)


def notes(found: Found) -> Iterator[str]:
    for need in NEEDS:
        if need.optional:
            yield from (f"{flaw}; {need.optional}" for flaw in _flaw(found, need))
        yield from _doubt(found, need)
    if _has(found, GATEWAY_API) and not found.gateway:
        yield (
            f"there is no Gateway {gateway.NAMESPACE}/{gateway.NAME}, which carries every route "
            "whose parameter route.gateway names no other: make it, or set route.gateway"
        )
    if _has(found, KSERVE) and not found.uses_gateway_api:
        yield (
            "KServe's ConfigMap inferenceservice-config does not set ingress.enableGatewayApi to "
            "true, with which velaserve is tested: set it, or look after Ingress objects yourself"
        )


def _has(found: Found, need: Need) -> bool:
    return not found.components[need.name].lacks


def _flaw(found: Found, need: Need) -> Iterator[str]:
    component = found.components[need.name]
    wanted = f"get {show(need.oldest)} or later: {need.get}"
    if component.lacks:
        yield f"{need.name} is missing ({component.lacks}): {wanted}"
    elif component.version and component.version < need.oldest:
        version = show(component.version)
        yield f"{need.name} {version} is too old ({component.source}): {wanted}"


def _doubt(found: Found, need: Need) -> Iterator[str]:
    component = found.components[need.name]
    if not component.lacks and component.version is None:
        yield (
            f"the version of {need.name} is not known ({component.source}): "
            f"{show(need.oldest)} or later is needed"
        )
