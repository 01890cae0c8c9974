# SPDX-License-Identifier: Apache-2.0
"""Small pods and components that ask for devices, and what one rule finds in them."""

from __future__ import annotations

from support.found import found


def pod(limits: str, *, container: str = "", spec: str = "", metadata: str = "") -> str:
    """One container with these limits; what is added are further fields, in YAML's flow style."""
    resources = f"resources: {{limits: {{cpu: 1, memory: 1Gi, {limits}}}}}"
    containers = f"containers: [{{name: c, image: a, {resources}, {container}}}]"
    return (
        f"{{apiVersion: v1, kind: Pod, metadata: {{name: a, {metadata}}}, "
        f"spec: {{{containers}, {spec}}}}}"
    )


def deployment(limits: str, *, spec: str = "", container: str = "", pods: str = "") -> str:
    """The same pod in a Deployment; `spec` is the Deployment's, `pods` are fields of the pods'."""
    template = pod(limits, container=container, spec=pods, metadata="labels: {a: b}")
    template = template.replace("apiVersion: v1, kind: Pod, ", "")
    return (
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: "
        f"{{selector: {{matchLabels: {{a: b}}}}, {spec} template: {template}}}}}"
    )


def service(limits: str, *, model: str = "", predictor: str = "", annotations: str = "") -> str:
    """An InferenceService whose model has these limits, by a runtime of ours."""
    resources = f"resources: {{limits: {{cpu: 1, memory: 1Gi, {limits}}}}}"
    model = (
        f"model: {{runtime: velaserve-ascend, modelFormat: {{name: onnx}}, {resources}, {model}}}"
    )
    metadata = f"metadata: {{name: a, annotations: {{{annotations}}}}}"
    return (
        "{apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, "
        f"{metadata}, spec: {{predictor: {{{model}, {predictor}}}}}}}"
    )


def component(accelerator: str, *, properties: str = "", traits: str = "") -> str:
    """An Application with one component of ours."""
    model = "modelUri: pvc://m/a, modelFormat: {name: onnx}"
    own = (
        f"{model}, resources: {{requests: {{cpu: 1, memory: 1Gi}}}}, accelerator: {{{accelerator}}}"
    )
    one = f"type: model-serving, properties: {{{own}, {properties}}}, traits: [{traits}]"
    return (
        "{apiVersion: core.oam.dev/v1beta1, kind: Application, metadata: {name: a}, "
        f"spec: {{components: [{{name: a, {one}}}]}}}}"
    )


def said(rule: str, text: str) -> list[str]:
    """What that rule says: severity, message and place of each finding."""
    return [f"{one.severity} {one.message} {one.at}" for one in found(text) if one.id == rule]
