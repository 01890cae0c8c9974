# SPDX-License-Identifier: Apache-2.0
"""SEC-006: no token of the Kubernetes API where none is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.item import ALSO, ChecklistItem, failed, passed, spared
from velaserve_lint.finding import Severity
from velaserve_lint.rules.checklist.accounts import token_of
from velaserve_lint.rules.example_production import PRODUCTION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.checklist.beside import Beside
    from velaserve_lint.checklist.item import Verdict
    from velaserve_lint.pods import Pod


class NoApiToken(ChecklistItem):
    """Of the pod, or of its ServiceAccount in the run; the pod's own wins."""

    id = "SEC-006"
    slug = "no-api-token"
    severity = Severity.INFO
    weight = 3
    since = "0.1.0"
    source = "CIS Kubernetes Benchmark: Service Account Tokens are only mounted where necessary"
    title = Text("pods get no token of the Kubernetes API", "Pod 不挂载 Kubernetes API 令牌")
    why = Text(
        "Every pod gets a token by default, and few programs ask the API. What counts is "
        "automountServiceAccountToken false, of the pod or its ServiceAccount; a pod with a "
        "ServiceAccount of its own that sets it to true needs the token: not applicable.",
        "默认每个 Pod 都会得到令牌，而很少有程序访问 API。Pod 或其 ServiceAccount 的 "
        "automountServiceAccountToken 为 false 才算通过；使用自有 ServiceAccount 并明确设为 "
        "true 的 Pod 需要令牌：不适用。",
    )
    fix = Text(
        "Set automountServiceAccountToken to false; in an Application, add the trait hardening.",
        "将 automountServiceAccountToken 设为 false；在 Application 中添加 trait hardening。",
    )
    messages = sentences(
        mounted=Text("the pods get a token of the API", "Pod 会得到 API 令牌"),
        needed=Text("the pods ask for the token", "Pod 明确需要令牌"),
        also=ALSO,
    )
    bad = changed("      automountServiceAccountToken: false\n", "")
    good = PRODUCTION

    @classmethod
    def judge(cls, pod: Pod, beside: Beside) -> Iterator[Verdict]:
        token = token_of(pod, beside)
        if token.value is True and pod.spec.at("serviceAccountName").text not in ("", "default"):
            yield spared(token.place, "needed")
        elif token.value is False:
            yield passed(token.place)
        else:
            yield failed(token.place if token.value else pod.spec.key, "mounted")
