# SPDX-License-Identifier: Apache-2.0
"""Since when an API of Kubernetes is deprecated, and when it was or will be removed."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

Release = tuple[int, int]

FILE = "zz_generated.prerelease-lifecycle.go"
_GROUP = re.compile(r'GroupName\s*=\s*"(.*)"')
_RELEASE = re.compile(
    r"func \(in \*(\w+)\) APILifecycle(Deprecated|Removed)\(\) \(major, minor int\) \{\n"
    r"\treturn (\d+), (\d+)\n"
)
_REPLACEMENT = re.compile(
    r"func \(in \*(\w+)\) APILifecycleReplacement\(\) schema\.GroupVersionKind \{\n"
    r'\treturn schema\.GroupVersionKind\{Group: "(.*)", Version: "(.*)", Kind: ".*"\}\n'
)


class Lifecycle(NamedTuple):
    """The end of one kind in one apiVersion; `replacement`, an apiVersion, may be empty."""

    api_version: str
    kind: str
    deprecated: Release
    removed: Release
    replacement: str = ""


# Removed, and with them the files that would say so: Kubernetes' guide to deprecated APIs.
FORGOTTEN = (
    Lifecycle("batch/v2alpha1", "CronJob", (1, 8), (1, 21), "batch/v1"),
    Lifecycle("extensions/v1beta1", "PodSecurityPolicy", (1, 10), (1, 16)),
    Lifecycle("policy/v1beta1", "PodSecurityPolicy", (1, 21), (1, 25)),
)


def lifecycles(module: Path) -> Iterator[Lifecycle]:
    """What a module says of the kinds in it, lists excepted."""
    for file in sorted(module.rglob(FILE)):
        group = _GROUP.search((file.parent / "register.go").read_text(encoding="utf-8"))
        assert group, file
        api_version = f"{group[1]}/{file.parent.name}".lstrip("/")
        yield from _of_file(file.read_text(encoding="utf-8"), api_version)


def _of_file(text: str, api_version: str) -> Iterator[Lifecycle]:
    releases = {
        (kind, what): (int(major), int(minor))
        for kind, what, major, minor in _RELEASE.findall(text)
    }
    replacements = {
        kind: f"{group}/{version}".lstrip("/")
        for kind, group, version in _REPLACEMENT.findall(text)
    }
    for kind, what in releases:
        if what == "Removed" and not kind.endswith("List"):
            deprecated, removed = releases[kind, "Deprecated"], releases[kind, what]
            yield Lifecycle(api_version, kind, deprecated, removed, replacements.get(kind, ""))
