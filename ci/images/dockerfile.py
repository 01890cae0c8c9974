# SPDX-License-Identifier: Apache-2.0
"""Makes the Dockerfiles from contents.toml: part of `make generate`."""

import sys
from pathlib import Path

from ci.images import dockerfile_ascend
from ci.images.contents import COMMAND, FOLDER, PythonContents, ascend, server
from ci.images.dockerfile_words import constrained, words
from ci.tools.made import settle


def files() -> dict[Path, str]:
    """Each made file with what it holds."""
    return {
        FOLDER / "Dockerfile": text(server()),
        FOLDER / "Dockerfile.ascend": dockerfile_ascend.text(ascend(), server()),
    }


def text(contents: PythonContents) -> str:
    """The whole Dockerfile; the context is the repository's root."""
    extras = ",".join(contents.extras)
    install = (
        "apt-get update && apt-get install --yes --no-install-recommends "
        f"{' '.join(contents.debian)}"
    )
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
RUN python3 -m pip install --no-cache-dir --no-compile {constrained(contents.constraints)} \\
        --target {contents.folder} '.[{extras}]' \\
    && rm -rf {contents.folder}/bin \\
    && python3 -m compileall -q --invalidation-mode unchecked-hash {contents.folder}

FROM ${{BASE}}
RUN {install} \\
    && rm -rf /var/lib/apt/lists/* \\
    && useradd --uid {contents.uid} --no-create-home --shell /usr/sbin/nologin {contents.user}
COPY --from=build {contents.folder} {contents.folder}
COPY ci/images/{contents.command} {COMMAND}
ENV {env}
USER {contents.uid}
EXPOSE {" ".join(str(port) for port in contents.ports)}
HEALTHCHECK CMD {words(contents.healthcheck)}
ENTRYPOINT {words(contents.entrypoint)}
"""


def main(check: bool) -> int:
    return settle(files().items(), check)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
