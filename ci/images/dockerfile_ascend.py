# SPDX-License-Identifier: Apache-2.0
"""The Dockerfile of the server for Ascend NPUs, on an image of Huawei's that has CANN.

The server's packages are in a virtual environment of their own: CANN brings another protobuf.
"""

from ci.images.contents import COMMAND, CannContents, PythonContents
from ci.images.dockerfile_words import constrained, words

_BASE = ("chip", "cann", "os", "python")
_TORCH = ("torch", "torch_npu", "torch_index")
_USER = ("hwuid", "hwgid")


def text(contents: CannContents, server: PythonContents) -> str:
    """The whole Dockerfile; the context is the repository's root."""
    folder, program = server.folder, f"{server.folder}/bin/python"
    pinned = constrained(contents.constraints)
    entrypoint = ["env", "--block-signal=TERM", "velaserve", "serve"]
    return f"""\
# SPDX-License-Identifier: Apache-2.0
# Made from ci/images/contents.toml by `make generate`.
# Build in the repository's root, for the chip of your nodes; contents.toml explains the arguments:
# docker build -f ci/images/Dockerfile.ascend --build-arg CHIP=310p -t velaserve-ascend .
{_arguments(contents, _BASE)}

FROM quay.io/ascend/cann:${{CANN}}-${{CHIP}}-${{OS}}-py${{PYTHON}} AS cann

FROM cann AS build
WORKDIR /source
COPY {" ".join(contents.constraints)} pyproject.toml README.md LICENSE ./
COPY runtime runtime
COPY validator validator
# What the base's Python has comes after ours.
RUN python3 -m venv --system-site-packages {folder} \\
    && {program} -m pip install --no-cache-dir --no-compile {pinned} \\
        '.[{",".join(contents.extras)}]' {" ".join(contents.compiler)} \\
    && python3 -m compileall -q --invalidation-mode unchecked-hash {folder}
# For TorchScript. On x86_64 torch-npu wants a torch of PyTorch's own index only: TORCH_INDEX.
{_arguments(contents, _TORCH)}
RUN {program} -m pip install --no-cache-dir {pinned} \\
        ${{TORCH_INDEX:+--extra-index-url "${{TORCH_INDEX}}"}} \\
        "torch==${{TORCH}}" "torch-npu==${{TORCH_NPU}}"

FROM cann
{_arguments(contents, _USER)}
# CANN asks for the user's name, and writes logs and what it compiles below HOME and the working
# directory.
RUN groupadd --gid "${{HWGID}}" {contents.user} \\
    && useradd --uid "${{HWUID}}" --gid "${{HWGID}}" --home-dir {contents.home} --create-home \\
        --shell /usr/sbin/nologin {contents.user} \\
    && install -d -o "${{HWUID}}" -g "${{HWGID}}" {contents.cache}
COPY --from=build {folder} {folder}
COPY ci/images/velaserve-ascend.sh {COMMAND}
ENV HOME={contents.home} PYTHONUNBUFFERED=1
WORKDIR {contents.home}
# Numbers: Kubernetes believes no name to be another user than root.
USER ${{HWUID}}:${{HWGID}}
EXPOSE {" ".join(str(port) for port in server.ports)}
HEALTHCHECK CMD {words(server.healthcheck)}
ENTRYPOINT {words(entrypoint)}
"""


def _arguments(contents: CannContents, names: tuple[str, ...]) -> str:
    return "\n".join(f"ARG {name.upper()}={contents.arguments[name]}" for name in names)
