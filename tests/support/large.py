# SPDX-License-Identifier: Apache-2.0
"""Texts of any size, each large in its own way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Making = Callable[[int], str | bytes]

_APPLICATION = "apiVersion: core.oam.dev/v1beta1\nkind: Application\nmetadata: {name: %s}\nspec:\n"
_COMPONENTS = _APPLICATION % "a" + "  components:\n"
_ONE = _COMPONENTS + "    - {name: c, type: webservice, properties: {image: nginx}}\n"
_STEPS = _ONE + "  workflow:\n    steps:\n"
_CONTAINERS = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n"
_CONTAINER = _CONTAINERS + "    - name: a\n      image: a\n"
_DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: a@}
spec:
  selector: {matchLabels: {app: LABEL}}
  template:
    metadata: {labels: {app: LABEL}}
    spec: {containers: [{name: server, image: 'a:1', ports: [{containerPort: 80}], MORE}]}
"""
_OBJECT = "apiVersion: %s\nkind: %s\nmetadata: {name: b@}\nspec: {%s}\n"
_ALERT = _OBJECT % (
    "monitoring.coreos.com/v1",
    "PrometheusRule",
    "groups: [{name: a, rules: [{alert: A, expr: '%s'}]}]",
)


def repeated(part: str, size: int) -> str:
    """The part again and again, with a number for each @."""
    count = max(size // len(part), 1)
    return "".join(part.replace("@", str(index)) for index in range(count))


def growing(head: str, part: str, tail: str = "") -> Making:
    return lambda size: head + repeated(part, size) + tail


def documents(*parts: str) -> Making:
    """As many of each."""
    return lambda size: "".join(repeated(part + "---\n", size // len(parts)) for part in parts)


def _deployment(label: str = "a@", more: str = "env: []") -> str:
    return _DEPLOYMENT.replace("LABEL", label).replace("MORE", more)


def _object(api_version: str, kind: str, spec: str) -> str:
    return _OBJECT % (api_version, kind, spec)


def _service(label: str) -> str:
    return _object("v1", "Service", f"selector: {{app: {label}}}, ports: [{{port: 80}}]")


_SCALED = "scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a@}, maxReplicas: 3"
_MODEL = "modelFormat: {name: onnx}, storageUri: 'pvc://a/b', runtime: b@"
_FORMAT = "{name: onnx, autoSelect: true, priority: 1, version: '@'}"

MANY: Mapping[str, Making] = {
    "Deployments": documents(_deployment()),
    "Applications": documents(
        _APPLICATION % "a@" + "  components: [{name: c, type: worker, properties: {image: a}}]\n"
    ),
    "components": growing(_COMPONENTS, "    - {name: c@, type: worker, properties: {image: a}}\n"),
    "misspelt components": growing(_COMPONENTS, "    - {name: c@, type: wroker, propertis: {}}\n"),
    "wrong models": growing(
        _COMPONENTS, "    - {name: c@, type: model-serving, properties: {modelUrl: x@}}\n"
    ),
    "steps that wait": growing(_STEPS, "      - {name: s@, type: suspend, dependsOn: [s@]}\n"),
    "steps with conditions": growing(
        _STEPS, "      - {name: s@, type: suspend, if: status.s@.failed}\n"
    ),
    "steps that ask": growing(
        _STEPS, "      - {name: s@, type: suspend, inputs: [{from: o@, parameterKey: a}]}\n"
    ),
    "policies": growing(
        _ONE + "  policies:\n",
        "    - {name: p@, type: topology, properties: {clusters: [a]}}\n",
        "  workflow: {steps: [{name: d, type: deploy, properties: {policies: [p1]}}]}\n",
    ),
    "overrides": growing(
        _ONE + "  policies:\n",
        "    - {name: p@, type: override, properties: {components: [{name: c@}]}}\n",
    ),
    "containers": growing(_CONTAINERS, "    - {name: c@, image: a, env: [{name: A, value: b}]}\n"),
    "variables": growing(_CONTAINER + "      env:\n", "        - {name: A@, value: $(A@)}\n"),
    "unknown fields": growing(_CONTAINER, "      field@: 1\n"),
    "ports": growing(_CONTAINER + "      ports:\n", "        - {containerPort: 80}\n"),
    "mounts": growing(
        _CONTAINER + "      volumeMounts:\n", "        - {name: v@, mountPath: /v@}\n"
    ),
    "items of a List": growing(
        "apiVersion: v1\nkind: List\nitems:\n", "- {apiVersion: v1, kind: Pod}\n"
    ),
    "Services of nothing": documents(_deployment(), _service("a@x")),
    "Services of everything": documents(_deployment("a"), _service("a")),
    "budgets of everything": documents(
        _deployment("a"),
        _object("policy/v1", "PodDisruptionBudget", "selector: {matchLabels: {app: a}}"),
    ),
    "policies of nothing": documents(
        _deployment(),
        _object("networking.k8s.io/v1", "NetworkPolicy", "podSelector: {matchLabels: {app: x@}}"),
    ),
    "autoscalers": documents(
        _deployment(), _object("autoscaling/v2", "HorizontalPodAutoscaler", _SCALED)
    ),
    "Secrets by other names": documents(
        "apiVersion: v1\nkind: Secret\nmetadata: {name: one@}\n",
        _deployment(more="envFrom: [{secretRef: {name: on@}}]"),
    ),
    "models and runtimes": documents(
        _object(
            "serving.kserve.io/v1beta1",
            "InferenceService",
            f"predictor: {{model: {{{_MODEL}}}}}",
        ),
        _object(
            "serving.kserve.io/v1alpha1",
            "ServingRuntime",
            f"supportedModelFormats: [{_FORMAT}], containers: [{{name: kserve-container}}]",
        ),
    ),
    "models of models": documents(
        _object(
            "serving.kserve.io/v1alpha1",
            "TrainedModel",
            "inferenceService: b@, model: {storageUri: 's3://a', framework: a, memory: 1Gi}",
        ),
        _object("serving.kserve.io/v1beta1", "InferenceService", "predictor: {model: {}}"),
    ),
    "keys": growing("", "k@: v\n"),
    "keys twice": growing("", "a: 1\n"),
    "values that are none": growing("apiVersion: v1\nkind: ConfigMap\ndata:\n", "  k@: yes\n"),
    "suppressions": growing(
        _COMPONENTS, "    # velaserve: ignore[VS107] ours\n    - {name: c@, type: ours}\n"
    ),
    "anchors": growing("a:\n", "  - &a@ x\n  - *a@\n"),
    "merges": growing("a: &a {x: 1}\nb:\n", "  - {<<: *a, y: 2}\n"),
    "empty documents": growing("", "---\n"),
}
LONG: Mapping[str, Making] = {
    "text": growing("a: ", "x"),
    "Chinese": growing("a: ", "中"),
    "escapes": growing('a: "', "\\n", '"'),
    "apiVersion": growing("kind: Pod\napiVersion: ", "apps/v1"),
    "kind": growing("apiVersion: apps/v1\nkind: ", "Deployment"),
    "type": growing(_COMPONENTS + "    - {name: c, type: ", "webservce", "}\n"),
    "name": growing("apiVersion: v1\nkind: Service\nspec: {}\nmetadata: {name: ", "a_", "}\n"),
    "placeholder": growing("apiVersion: v1\nkind: Pod\nmetadata: {name: '", "<", "'}\n"),
    "quantity": growing(_CONTAINER + "      resources: {limits: {memory: '", "9", "'}}\n"),
    "address": growing(_CONTAINER + "      env: [{name: A, value: '", "a", "'}]\n"),
    "argument": growing(_CONTAINER + "      args: ['", "--workers ", "']\n"),
    "schedule": lambda size: (
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\n"
        f"spec: {{schedule: '{'1,' * (size // 2)}'}}\n"
    ),
    "query": lambda size: _ALERT % ("sum(up) + " * (size // 10)),
    "brackets": lambda size: _ALERT % ("(" * size),
    "condition": growing(_STEPS + "      - {type: suspend, if: '", "status.a.failed && ", "'}\n"),
    "line of brackets": growing("", "["),
    "comment": growing("a: 1 #", " c"),
    "blank lines": growing("", "\t\n"),
    "template": growing("", "{% for x in y %}\n"),
    "junk": lambda size: bytes(index * 7919 % 256 for index in range(size)),
}


def steps_down(depth: int) -> str:
    """A mapping in a mapping, each on its line."""
    return "\n".join(f"{' ' * level}a:" for level in range(depth))
