# SPDX-License-Identifier: Apache-2.0
"""The server's image: the one of `make cluster`, which no registry has, or the user's own."""

import re
from collections.abc import Collection, Iterator

from ci.images.contents import SERVER
from ci.images.images import reference

VARIABLE = "VELASERVE_IMAGE"
LOCAL = reference(SERVER)
_EXAMPLE = "registry.example.com/velaserve:0.1"
_FORM = re.compile(
    r"([\w.-]+(:\d+)?/)?[a-z0-9._-]+(/[a-z0-9._-]+)*(:[\w.-]+)?(@sha256:[0-9a-f]{64})?"
)


def problems(named: str, on_nodes: Collection[str]) -> Iterator[str]:
    """Why pods would not get the image that the user names; empty stands for the local one."""
    if named and not _FORM.fullmatch(named):
        yield f"{VARIABLE} is {named!r}: the name of an image is needed, for example {_EXAMPLE}"
    if not named and LOCAL not in on_nodes:
        yield (
            f"no node has the image {LOCAL}, which is in no registry: make an image and name it: "
            f"docker build -f ci/images/Dockerfile -t {_EXAMPLE} . && docker push {_EXAMPLE}, "
            f"then {VARIABLE}={_EXAMPLE} make install"
        )
