# SPDX-License-Identifier: Apache-2.0
"""SEC-001 to SEC-008: what counts, beyond the examples of each."""

from __future__ import annotations

import pytest

from support.checklist import FAIL, NOT_APPLICABLE, PASS, outcome, result
from velaserve_lint.messages import describe
from velaserve_lint.rules.checklist.images import parse
from velaserve_lint.rules.example_production import PRODUCTION, changed, without

IMAGE = "registry.example.com/digits:1.4.2"
CONTAINER = "        - name: server\n"
OF_THE_POD = "        runAsNonRoot: true\n"
OF_THE_CONTAINER = "            allowPrivilegeEscalation: false\n"
TOKEN = "      automountServiceAccountToken: false\n"
DIGEST = "sha256:" + 64 * "0"


@pytest.mark.parametrize(
    ("pod", "container", "expected"),
    [
        ("runAsNonRoot: true", "", PASS),
        ("runAsUser: 1000", "", PASS),
        ("runAsUser: 0", "", FAIL),
        ("runAsUser: 0", "runAsUser: 1000", PASS),
        ("runAsNonRoot: true", "runAsUser: 0", FAIL),
        ("runAsNonRoot: true", "runAsNonRoot: false", FAIL),
        ("runAsNonRoot: false", "runAsNonRoot: true", PASS),
        ("runAsNonRoot: yes", "", PASS),
        ('runAsNonRoot: "true"', "", FAIL),
    ],
)
def test_the_container_s_own_user_wins(pod: str, container: str, expected: str) -> None:
    text = changed(OF_THE_POD, f"        {pod}\n")
    text = text.replace(OF_THE_CONTAINER, f"{OF_THE_CONTAINER}            {container}\n")

    assert outcome("SEC-001", text) == expected


def test_initial_containers_count() -> None:
    as_root = "{name: fetch, image: 'fetch:1', securityContext: {runAsUser: 0}}"
    initial = f"      initContainers:\n        - {as_root}\n"
    text = changed("      containers:\n", f"{initial}      containers:\n")

    assert outcome("SEC-001", text) == outcome("SEC-003", text) == FAIL
    assert outcome("SEC-002", text) == outcome("REL-002", text) == PASS


def test_each_further_container_is_shown() -> None:
    second = "        - {name: agent, image: agent:1}\n        - {name: proxy, image: proxy:1}\n"
    finding = result("SEC-002", changed(CONTAINER, second + CONTAINER)).finding

    assert finding
    assert "container 'agent'" in describe(finding)
    assert [one.place.span.line - finding.span.line for one in finding.related] == [1]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("drop: [ALL]", "drop: [all], add: [NET_BIND_SERVICE]", PASS),
        ("drop: [ALL]", "drop: [ALL], add: [CAP_NET_BIND_SERVICE]", PASS),
        ("drop: [ALL]", "drop: [ALL], add: [SYS_ADMIN]", FAIL),
        ("drop: [ALL]", "drop: [NET_RAW]", FAIL),
        (OF_THE_CONTAINER, "", FAIL),
        (OF_THE_CONTAINER, f"{OF_THE_CONTAINER}            privileged: true\n", FAIL),
        (OF_THE_CONTAINER, f"{OF_THE_CONTAINER}            privileged: false\n", PASS),
        ("{type: RuntimeDefault}", "{type: Localhost, localhostProfile: a.json}", PASS),
        ("{type: RuntimeDefault}", "{type: Unconfined}", FAIL),
        (TOKEN, f"{TOKEN}      hostPID: true\n", FAIL),
        (TOKEN, f"{TOKEN}      hostNetwork: false\n", PASS),
    ],
)
def test_privileges(old: str, new: str, expected: str) -> None:
    assert outcome("SEC-003", changed(old, new)) == expected


def test_what_is_expected_instead_is_said_of_all_at_once() -> None:
    text = changed(OF_THE_CONTAINER, "            privileged: true\n").replace("[ALL]", "[]")
    finding = result("SEC-003", text).finding

    assert finding
    assert describe(finding).endswith(
        "expected privileged: false, allowPrivilegeEscalation: false, capabilities.drop: [ALL]"
    )
    assert finding.pointer.endswith("/securityContext/privileged")


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("digits:1.4.2", PASS),
        (f"digits@{DIGEST}", PASS),
        (f"digits:latest@{DIGEST}", PASS),
        ("registry.example.com:5000/digits:2024-01-01", PASS),
        ("registry.example.com:5000/digits", FAIL),
        ("digits", FAIL),
        ("digits:latest", FAIL),
        ("digits:Stable", FAIL),
        ('"{{ .Values.image }}"', NOT_APPLICABLE),
        ('""', NOT_APPLICABLE),
    ],
)
def test_images(image: str, expected: str) -> None:
    assert outcome("SEC-004", changed(IMAGE, image)) == expected


def test_parts_of_a_reference() -> None:
    assert parse(f"a:5000/b:1@{DIGEST}") == ("1", DIGEST)
    assert parse("a:5000/b") == ("", "")


@pytest.mark.parametrize(
    "line",
    [
        "{name: DB_PASSWORD, value: hunter2}",
        "{name: HF_TOKEN, value: abc}",
        "{name: apiKey, value: abc}",
        "{name: AWS_SECRET_ACCESS_KEY, value: abc}",
        "{name: TOKEN_OF_THE_BOT, value: abc}",
        "{name: X, value: 'postgres://me:hunter2@db:5432/a'}",
        f"{{name: X, value: ghp_{36 * 'a'}}}",
        f"{{name: X, value: AKIA{16 * 'A'}}}",
        "{name: X, value: '-----BEGIN RSA PRIVATE KEY-----'}",
    ],
)
def test_secrets(line: str) -> None:
    found = result(
        "SEC-005", changed("          env:\n", f"          env:\n            - {line}\n")
    )

    assert found.outcome.value == FAIL
    assert found.finding
    assert "hunter2" not in describe(found.finding)


@pytest.mark.parametrize(
    "line",
    [
        "{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}",
        "{name: DB_PASSWORD, value: ''}",
        "{name: DB_PASSWORD, value: $(OTHER)}",
        "{name: DB_PASSWORD_FILE, value: secrets/db}",
        "{name: DB_PASSWORD, value: /run/secrets/db}",
        "{name: TOKENIZER, value: bert}",
        "{name: MAX_TOKENS, value: '512'}",
        "{name: TOKEN_URL, value: 'https://login.example.com'}",
        "{name: SECRET_NAME, value: db}",
        "{name: ENABLE_TOKEN, value: 'true'}",
        "{name: KEY, value: abc}",
        "{name: URL, value: 'http://db:5432/a@b'}",
    ],
)
def test_what_is_no_secret(line: str) -> None:
    text = changed("          env:\n", f"          env:\n            - {line}\n")

    assert outcome("SEC-005", text) == PASS


def test_secrets_of_arguments() -> None:
    assert outcome("SEC-005", changed("args: [", "args: [--db-password=hunter2, ")) == FAIL
    assert outcome("SEC-005", changed("args: [", "args: [--db-password-file=a, ")) == PASS


@pytest.mark.parametrize(
    ("pod", "account", "expected"),
    [
        ("automountServiceAccountToken: false", "", PASS),
        ("automountServiceAccountToken: true", "", FAIL),
        ("hostUsers: false", "", FAIL),
        ("{token}: true, serviceAccountName: a", "", NOT_APPLICABLE),
        ("{token}: true, serviceAccountName: default", "", FAIL),
        ("serviceAccountName: a", "{name: a}, {token}: false", PASS),
        ("serviceAccountName: b", "{name: a}, {token}: false", FAIL),
        ("hostUsers: false", "{name: default}, {token}: false", PASS),
        ("serviceAccountName: a", "{name: a}, {token}: true", NOT_APPLICABLE),
        ("serviceAccountName: a, {token}: false", "{name: a}, {token}: true", PASS),
    ],
)
def test_tokens(pod: str, account: str, expected: str) -> None:
    token = "automountServiceAccountToken"
    lines = pod.replace("{token}", token).replace(", ", "\n      ")
    text = changed(TOKEN, f"      {lines}\n")
    if account:
        written = account.replace("{token}", token)
        text += f"---\n{{apiVersion: v1, kind: ServiceAccount, metadata: {written}}}\n"

    assert outcome("SEC-006", text) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("  policyTypes: [Ingress]\n", "", PASS),
        ("[Ingress]", "[Egress]", FAIL),
        ("[Ingress]", "[Egress, Ingress]", PASS),
        ("  podSelector:\n    matchLabels: {app: digits}\n", "  podSelector: {}\n", PASS),
        (
            "kind: NetworkPolicy\nmetadata:\n",
            "kind: NetworkPolicy\nmetadata:\n  namespace: b\n",
            PASS,
        ),
    ],
)
def test_policies(old: str, new: str, expected: str) -> None:
    assert outcome("SEC-007", changed(old, new)) == expected


def test_a_policy_of_another_namespace_guards_nothing() -> None:
    text = changed("kind: Deployment\nmetadata:\n", "kind: Deployment\nmetadata:\n  namespace: a\n")
    other = "kind: NetworkPolicy\nmetadata:\n"

    assert outcome("SEC-007", text) == PASS
    assert outcome("SEC-007", text.replace(other, f"{other}  namespace: b\n")) == FAIL


def test_nothing_of_the_node() -> None:
    volume = "      volumes:\n        - {name: a, hostPath: {path: /a}}\n"
    text = changed(TOKEN, TOKEN + volume)

    assert outcome("SEC-008", text) == FAIL
    assert outcome("SEC-008", text.replace("hostPath: {path: /a}", "emptyDir: {}")) == PASS


def test_what_stands_beside_is_looked_for_in_the_run() -> None:
    assert outcome("SEC-007", PRODUCTION) == PASS
    assert outcome("SEC-007", without("NetworkPolicy")) == FAIL
