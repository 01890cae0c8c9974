# SPDX-License-Identifier: Apache-2.0
"""Which tests share a process, and run in their order, where pytest-xdist runs several (`-n`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.vela_render import VERSIONS

if TYPE_CHECKING:
    import pytest
    from xdist.scheduler import LoadScopeScheduling

# A file's tests share servers and renders. These files share what the machine has once.
_ONE_CLUSTER = "the machine's cluster"
_FIRST_PORT = "port 8080 and those behind it"
TOGETHER = {
    "tests/ci/addon/test_enable.py": _ONE_CLUSTER,
    "tests/ci/cluster/test_leaves_nothing.py": _ONE_CLUSTER,
    "tests/ci/cluster/test_whole_cluster.py": _ONE_CLUSTER,
    "tests/ci/install/test_install.py": _ONE_CLUSTER,
    "tests/docs/test_readme.py": _FIRST_PORT,
    "tests/runtime/cli/test_demo.py": _FIRST_PORT,
}


def group(test: str) -> str:
    """The name of those that run in one process; no render of a KubeVela is of use to another."""
    file = test.partition("::")[0]
    version = next((each for each in VERSIONS if each in test), "")
    return TOGETHER.get(file, f"{file} {version}")


def scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    """Of xdist, in the order of the files: the last ones, the linter's, are short."""
    from xdist.scheduler import LoadScopeScheduling

    config.option.loadscopereorder = False
    made = LoadScopeScheduling(config, log)
    made._split_scope = group
    return made
