# SPDX-License-Identifier: Apache-2.0
"""SEC-005: no secrets in manifests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.item import ALSO, ContainerItem, failed, passed
from velaserve_lint.rules.checklist.kinds import called
from velaserve_lint.rules.checklist.secrets import secrets
from velaserve_lint.rules.example_production import PRODUCTION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from velaserve_lint.checklist.item import Verdict
    from velaserve_lint.container import Container
    from velaserve_lint.pods import Pod

_ENV = "          env:\n"


class NoLiteralSecrets(ContainerItem):
    """The value is never printed."""

    id = "SEC-005"
    slug = "no-literal-secrets"
    weight = 8
    with_initial = True
    since = "0.1.0"
    source = "Kubernetes documentation: good practices for Kubernetes Secrets"
    title = Text("manifests hold no secrets", "清单中没有密钥")
    why = Text(
        "What stands in a manifest is read by all who see the repository, the object or a dump of "
        "it. Looked at are variables and arguments: names such as PASSWORD, TOKEN and API_KEY "
        "with a literal value, and values that look like keys, tokens or URLs with a password.",
        "写在清单里的内容，凡能看到仓库、对象或其导出的人都能读到。检查环境变量和参数："
        "名称如 PASSWORD、TOKEN、API_KEY 且值为字面量，以及看似密钥、令牌或含密码 URL 的值。",
    )
    fix = Text(
        "Put it into a Secret, refer to it by valueFrom.secretKeyRef, and change it: it is known.",
        "放入 Secret，用 valueFrom.secretKeyRef 引用，并更换它：原值已经泄露。",
    )
    messages = sentences(
        literal=Text(
            "'{variable}' of container '{name}' holds a secret in plain text",
            "容器 '{name}' 的 '{variable}' 以明文保存密钥",
        ),
        also=ALSO,
    )
    bad = changed(_ENV, f"{_ENV}            - {{name: DB_PASSWORD, value: example}}\n")
    good = PRODUCTION

    @classmethod
    def judge_container(cls, pod: Pod, container: Container) -> Verdict:
        for name, at in secrets(container):
            return failed(at.place, "literal", variable=name, name=called(pod, container))
        return passed(container.at.key)
