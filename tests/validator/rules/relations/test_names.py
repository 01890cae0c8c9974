# SPDX-License-Identifier: Apache-2.0
"""VS350-VS354: names that one object has of another."""

from __future__ import annotations

import pytest

from support.lint_run import found, found_in, lint_files
from velaserve_lint.rules.example_manifests import DEPLOYMENT, INFERENCE_SERVICE, but
from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.rules.relations.examples import (
    CLAIM,
    CONFIG_MAP,
    SERVICE,
    renamed,
    together,
    with_container_field,
    with_pod_field,
)

FROM = "envFrom: [{{configMapRef: {{name: {}}}}}]"
KEY = "env: [{{name: A, valueFrom: {{configMapKeyRef: {{name: settings, {}}}}}}}]"


SMALL = "{{apiVersion: v1, kind: ConfigMap, metadata: {{name: c}}, data: {{a: {}}}}}"


def in_namespace(text: str, namespace: str) -> str:
    return text.replace("metadata:\n", f"metadata:\n  namespace: {namespace}\n", 1)


def carried(*objects: str, namespace: str = "shop") -> str:
    """An Application with objects in flow style."""
    return (
        "apiVersion: core.oam.dev/v1beta1\nkind: Application\n"
        f"metadata: {{name: a, namespace: {namespace}}}\nspec:\n  components:\n"
        f"    - {{name: o, type: k8s-objects, properties: {{objects: [{','.join(objects)}]}}}}\n"
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("settings", []),
        ("letters", ["info: ConfigMap 'letters' is not in this run, unlike others of its kind"]),
        ("kube-root-ca.crt", []),
        ("letters, optional: true", []),
        ("'{{ name }}'", []),
    ],
)
def test_an_undefined_name_is_an_info(name: str, said: list[str]) -> None:
    assert found("VS350", CONFIG_MAP, with_container_field(FROM.format(name))) == said


def test_what_the_run_defines_none_of_is_made_elsewhere() -> None:
    assert found("VS350", with_container_field(FROM.format("letters"))) == []
    assert found("VS350", INFERENCE_SERVICE, SERVICE, DEPLOYMENT) == []


def test_a_name_is_said_once_a_run() -> None:
    text = with_container_field(FROM.format("letters"))

    files = {"a.yaml": together(CONFIG_MAP, text, renamed(text, "second")), "b.yaml": text}
    assert len(found_in("VS350", files)) == 1


@pytest.mark.parametrize(
    ("field", "known"),
    [
        ("serviceAccountName: default", True),
        ("serviceAccountName: robot", False),
        ("priorityClassName: system-node-critical", True),
        ("priorityClassName: urgent", False),
    ],
)
def test_what_every_cluster_has_is_never_missing(field: str, known: bool) -> None:
    others = (
        "{apiVersion: v1, kind: ServiceAccount, metadata: {name: other}}",
        "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: other}}",
    )
    assert bool(found("VS350", *others, with_pod_field(field))) is not known


@pytest.mark.parametrize(
    ("role", "known"), [("view", True), ("system:auth-delegator", True), ("reader", False)]
)
def test_roles_of_the_cluster(role: str, known: bool) -> None:
    binding = (
        "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: b},"
        f" roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: '{role}'}}}}"
    )
    other = "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: o}}"

    assert bool(found("VS350", other, binding)) is not known


@pytest.mark.parametrize(
    ("service", "known"), [("digits-predictor", True), ("digits", True), ("letters", False)]
)
def test_kserve_and_kubevela_make_objects_named_after_theirs(service: str, known: bool) -> None:
    route = (
        "{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: r},"
        f" spec: {{rules: [{{backendRefs: [{{name: {service}, port: 80}}]}}]}}}}"
    )
    for maker in (INFERENCE_SERVICE, APPLICATION):
        said = found("VS350", renamed(SERVICE, "other"), DEPLOYMENT, maker, route)
        assert bool(said) is not known


@pytest.mark.parametrize("name", ["setings", "settigns"])
def test_a_misspelt_name_is_a_warning_instead(name: str) -> None:
    texts = CONFIG_MAP, with_container_field(FROM.format(name))

    assert found("VS351", *texts) == [
        f"warning: ConfigMap '{name}' is not in this run; did you mean 'settings'?"
    ]
    assert found("VS350", *texts) == []


def test_kserve_makes_no_secrets() -> None:
    secret = "{apiVersion: v1, kind: Secret, metadata: {name: digits-login}}"
    pods = with_container_field("envFrom: [{secretRef: {name: digits-logn}}]")

    assert len(found("VS351", INFERENCE_SERVICE, secret, pods)) == 1


def test_a_property_can_be_misspelt_too() -> None:
    text = changed("pvc://models/", "pvc://modles/")
    (finding,) = lint_files({"claim.yaml": CLAIM, "app.yaml": text}).findings

    assert (finding.id, finding.file, finding.span.line) == ("VS351", "app.yaml", 10)
    assert [one.place.file for one in finding.related] == ["claim.yaml"]


def test_an_application_without_a_mistake_is_clean_beside_what_it_needs() -> None:
    assert lint_files({"claim.yaml": CLAIM, "app.yaml": APPLICATION}).findings == ()


@pytest.mark.parametrize(
    ("theirs", "ours", "said"),
    [
        ("shared", "models", 1),
        ("models", "models", 0),
        ("shared", "''", 0),
        ("''", "models", 0),
    ],
)
def test_an_object_of_another_namespace_is_not_found(theirs: str, ours: str, said: int) -> None:
    pods = in_namespace(with_container_field(FROM.format("settings")), ours)

    assert len(found("VS352", in_namespace(CONFIG_MAP, theirs), pods)) == said


def test_a_binding_to_an_account_of_another_namespace() -> None:
    account = "{apiVersion: v1, kind: ServiceAccount, metadata: {name: robot, namespace: models}}"
    binding = (
        "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: b},"
        " roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view},"
        " subjects: [{kind: ServiceAccount, name: robot, namespace: model}]}"
    )

    assert found("VS352", account, binding) == [
        "warning: ServiceAccount 'robot' is looked for in namespace 'model', but it is in 'models'"
    ]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("key: LOG_LEVEL", 0),
        ("key: LEVEL", 1),
        ("key: LEVEL, optional: true", 0),
        ("key: LEVEL, optional: false", 1),
        ("key: 1", 0),
    ],
)
def test_a_key_must_be_there_unless_it_is_optional(key: str, said: int) -> None:
    assert len(found("VS353", CONFIG_MAP, with_container_field(KEY.format(key)))) == said


def test_a_key_as_a_file() -> None:
    field = "volumes: [{name: v, configMap: {name: settings, items: [{key: a.txt, path: a}]}}]"

    assert found("VS353", CONFIG_MAP, with_pod_field(field)) == [
        "error: ConfigMap 'settings' has no key 'a.txt', only: LOG_LEVEL"
    ]


@pytest.mark.parametrize(
    "filled_later",
    [
        but(CONFIG_MAP, "data:\n  LOG_LEVEL: info\n", ""),
        but(CONFIG_MAP, "  name: s", "  annotations: {ca/inject-bundle: 'true'}\n  name: s"),
        CONFIG_MAP + "---\n" + but(CONFIG_MAP, "LOG_LEVEL", "LEVEL"),
    ],
)
def test_of_what_may_have_the_key_nothing_is_said(filled_later: str) -> None:
    assert found("VS353", filled_later, with_container_field(KEY.format("key: LEVEL"))) == []


def test_secrets_have_two_fields_for_keys() -> None:
    secret = (
        "{apiVersion: v1, kind: Secret, metadata: {name: s}, data: {a: eA==}, stringData: {b: x}}"
    )
    fields = "env: [{{name: A, valueFrom: {{secretKeyRef: {{name: s, key: {}}}}}}}]"

    said = [len(found("VS353", secret, with_container_field(fields.format(key)))) for key in "abc"]
    assert said == [0, 0, 1]
    token = but(secret, " data:", " type: kubernetes.io/service-account-token, data:")
    assert found("VS353", token, with_container_field(fields.format("c"))) == []


OTHER = but(CONFIG_MAP, "LOG_LEVEL: info", "LOG_LEVEL: debug")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a.yaml": together(CONFIG_MAP, OTHER)}, ["warning"]),
        ({"a.yaml": together(CONFIG_MAP, OTHER, CONFIG_MAP)}, ["warning", "warning"]),
        ({"a.yaml": together(CONFIG_MAP, CONFIG_MAP)}, []),
        ({"a.yaml": CONFIG_MAP, "b.yaml": OTHER}, ["info"]),
        ({"a.yaml": CONFIG_MAP, "b.yaml": OTHER, "c.yaml": CONFIG_MAP}, ["info"]),
        ({"dev/a.yaml": CONFIG_MAP, "prod/a.yaml": OTHER}, []),
        ({"a.yaml": together(CONFIG_MAP, in_namespace(OTHER, "debug"))}, []),
        ({"a.yaml": together(CONFIG_MAP, OTHER).replace("settings", "'{{ name }}'")}, []),
    ],
)
def test_two_definitions_that_are_applied_together(files: dict[str, str], said: list[str]) -> None:
    assert [one.partition(":")[0] for one in found_in("VS354", files)] == said


def test_applications_of_two_namespaces_carry_two_objects() -> None:
    one, other = SMALL.format("x"), SMALL.format("y")

    assert found("VS354", carried(one), carried(other, namespace="bank")) == []
    assert len(found("VS354", carried(one), carried(other))) == 1
    assert len(found("VS354", carried(one, other))) == 1


def test_a_workflow_may_apply_one_thing_after_the_other() -> None:
    steps = "".join(
        f"      - {{name: {n}, type: apply-object, properties: {{value: {SMALL.format(n)}}}}}\n"
        for n in ("one", "two")
    )

    assert found("VS354", f"{APPLICATION}  workflow:\n    steps:\n{steps}") == []
