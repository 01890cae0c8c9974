# SPDX-License-Identifier: Apache-2.0
"""Makes ci/images/Dockerfile from contents.toml: part of `make generate`."""

import json
from collections.abc import Sequence

from ci.images.contents import PythonContents, server
from ci.tools.tree import ROOT

FILE = ROOT / "ci" / "images" / "Dockerfile"


def text(contents: PythonContents) -> str:
    """The whole Dockerfile; the context is the repository's root."""
    extras = ",".join(contents.extras)
    install = (
        "apt-get update && apt-get install --yes --no-install-recommends "
        f"{' '.join(contents.debian)}"
    )
    constraints = " ".join(f"--constraint {name}" for name in contents.constraints)
    env = " ".join(f"{key}={value}" for key, value in sorted(contents.env.items()))
    return f"""\
# SPDX-License-Identifier: Apache-2.0
# Made from ci/images/contents.toml by `make generate`.
# Build in the repository's root: docker build -f ci/images/Dockerfile -t velaserve .
ARG BASE=debian:{contents.release}-slim

FROM ${{BASE}} AS build
RUN {install} python3-pip
WORKDIR /source
COPY {" ".join(contents.constraints)} pyproject.toml README.md LICENSE ./
COPY runtime runtime
COPY validator validator
RUN python3 -m pip install --no-cache-dir --no-compile {constraints} \\
        --target {contents.folder} '.[{extras}]' \\
    && rm -rf {contents.folder}/bin \\
    && python3 -m compileall -q --invalidation-mode unchecked-hash {contents.folder}

FROM ${{BASE}}
RUN {install} \\
    && rm -rf /var/lib/apt/lists/* \\
    && useradd --uid {contents.uid} --no-create-home --shell /usr/sbin/nologin {contents.user}
COPY --from=build {contents.folder} {contents.folder}
ENV {env}
USER {contents.uid}
EXPOSE {" ".join(str(port) for port in contents.ports)}
HEALTHCHECK CMD {_words(contents.healthcheck)}
ENTRYPOINT {_words(contents.entrypoint)}
"""


def _words(words: Sequence[str]) -> str:
    return json.dumps(list(words))


if __name__ == "__main__":
    FILE.write_text(text(server()), encoding="utf-8")
