# SPDX-License-Identifier: Apache-2.0
"""VS353: a key that the ConfigMap or Secret does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import RunRule
from velaserve_lint.rules.relations.contents import data_of, keys_of
from velaserve_lint.rules.relations.examples import CONFIG_MAP, together, with_container_field
from velaserve_lint.text import Text, sentences, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run

_FIELD = "env: [{name: LEVEL, valueFrom: {configMapKeyRef: {name: settings, key: KEY}}}]"


class MissingKey(RunRule):
    """An error: no definition of that name has the key, and none is filled by somebody else."""

    id = "VS353"
    slug = "missing-key"
    since = "0.1.0"
    source = "Kubernetes v1.34 pkg/kubelet/kubelet_pods.go, makeEnvironmentVariables"
    title = Text("a key that is not there", "键不存在")
    why = Text(
        "The container never starts: CreateContainerConfigError, or its volume is not mounted.",
        "容器无法启动：CreateContainerConfigError，或卷无法挂载。",
    )
    fix = Text(
        "Correct the key, add it to the object, or say optional: true.",
        "请更正该键、在对象中添加它，或设置 optional: true。",
    )
    messages = sentences(
        missing=Text(
            "{kind} '{name}' has no key '{key}', only: {keys}",
            "{kind} '{name}' 没有键 '{key}'，只有：{keys}",
        ),
        defined=Text("its keys", "它的键"),
    )
    bad = together(CONFIG_MAP, with_container_field(_FIELD.replace("KEY", "LEVEL")))
    good = together(CONFIG_MAP, with_container_field(_FIELD.replace("KEY", "LOG_LEVEL")))

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for one in run.index.references:
            key = None if one.is_optional else one.key
            found = [keys_of(defined) for defined in run.index.definitions(one)] if key else []
            if key and found and all(keys and key.name not in keys for keys in found):
                meant = run.index.meant(one)[0]
                keys = shortened(", ".join(keys_of(meant)))
                names = {"kind": meant.kind, "name": one.name, "key": key.name, "keys": keys}
                yield cls.finding(key.place, "missing", **names).beside(data_of(meant), "defined")
