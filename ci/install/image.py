# SPDX-License-Identifier: Apache-2.0
"""The server's images: those of `make cluster`, which no registry has, or the user's own."""

import re
from collections.abc import Collection, Iterator, Mapping

from ci.images.contents import ASCEND, SERVER
from ci.images.images import reference

VARIABLE, ASCEND_VARIABLE = "VELASERVE_IMAGE", "VELASERVE_ASCEND_IMAGE"
LOCAL, ASCEND_LOCAL = reference(SERVER), reference(ASCEND)
EVERY_LOCAL = {LOCAL: LOCAL, ASCEND_LOCAL: ASCEND_LOCAL}
_EXAMPLE = "registry.example.com/velaserve:0.1"
_FORM = re.compile(
    r"([\w.-]+(:\d+)?/)?[a-z0-9._-]+(/[a-z0-9._-]+)*(:[\w.-]+)?(@sha256:[0-9a-f]{64})?"
)


def named(environment: Mapping[str, str]) -> dict[str, str]:
    """What a runtime gets in place of its local image; one without an image is left out."""
    images = {LOCAL: environment.get(VARIABLE) or LOCAL}
    if ascend := environment.get(ASCEND_VARIABLE):
        images[ASCEND_LOCAL] = ascend
    return images


def problems(environment: Mapping[str, str], on_nodes: Collection[str]) -> Iterator[str]:
    """Why pods would not get the images that the user names; empty stands for the local one."""
    for variable in (VARIABLE, ASCEND_VARIABLE):
        name = environment.get(variable, "")
        if name and not _FORM.fullmatch(name):
            yield f"{variable} is {name!r}: the name of an image is needed, for example {_EXAMPLE}"
    if not environment.get(VARIABLE) and LOCAL not in on_nodes:
        yield (
            f"no node has the image {LOCAL}, which is in no registry: make an image and name it: "
            f"docker build -f ci/images/Dockerfile -t {_EXAMPLE} . && docker push {_EXAMPLE}, "
            f"then {VARIABLE}={_EXAMPLE} make install"
        )


def notes(environment: Mapping[str, str]) -> Iterator[str]:
    if not environment.get(ASCEND_VARIABLE):
        yield (
            f"the runtime {ASCEND} is left out, which models with an Ascend accelerator need: "
            f"{ASCEND_VARIABLE} names its image, made from ci/images/Dockerfile.ascend"
        )
