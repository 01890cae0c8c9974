# SPDX-License-Identifier: Apache-2.0
"""The clean objects that the rules' bad examples differ from in one place."""

from __future__ import annotations

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: digits
  labels: {app: digits}
spec:
  replicas: 2
  selector:
    matchLabels: {app: digits}
  template:
    metadata:
      labels: {app: digits}
    spec:
      terminationGracePeriodSeconds: 60
      containers:
        - name: server
          image: registry.example.com/digits:1.4.2
          ports:
            - {name: http, containerPort: 8080}
          readinessProbe:
            httpGet: {path: /v2/health/ready, port: http}
          livenessProbe:
            httpGet: {path: /v2/health/live, port: http}
          resources:
            requests: {cpu: "1", memory: 2Gi}
            limits: {cpu: "2", memory: 2Gi}
"""

INFERENCE_SERVICE = """\
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata:
  name: digits
  annotations:
    serving.kserve.io/deploymentMode: Standard
    serving.kserve.io/autoscalerClass: none
spec:
  predictor:
    minReplicas: 2
    model:
      runtime: velaserve
      modelFormat: {name: onnx}
      protocolVersion: v2
      storageUri: pvc://models/digits/onnx
      ports:
        - {name: http1, containerPort: 8080, protocol: TCP}
      readinessProbe:
        httpGet: {path: /v2/health/ready, port: 8080}
      resources:
        requests: {cpu: "1", memory: 2Gi}
        limits: {cpu: "2", memory: 2Gi}
"""

SERVING_RUNTIME = """\
apiVersion: serving.kserve.io/v1alpha1
kind: ClusterServingRuntime
metadata:
  name: digits-server
spec:
  protocolVersions: [v2]
  supportedModelFormats:
    - {name: digits, version: "1", autoSelect: true, priority: 1}
  containers:
    - name: kserve-container
      image: registry.example.com/digits-server:1.4.2
      args: ["--model-name={{.Name}}"]
      ports:
        - {name: http1, containerPort: 8080, protocol: TCP}
      readinessProbe:
        httpGet: {path: /v2/health/ready, port: 8080}
      resources:
        requests: {cpu: "1", memory: 2Gi}
        limits: {cpu: "2", memory: 2Gi}
"""

HTTP_ROUTE = """\
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: digits
spec:
  parentRefs:
    - name: public
  hostnames: [digits.example.com]
  rules:
    - backendRefs:
        - {name: digits, port: 80, weight: 1}
"""

VOLUME_CLASS = """\
apiVersion: storage.k8s.io/v1
kind: VolumeAttributesClass
metadata:
  name: fast
driverName: disks.example.com
parameters: {iops: "4000"}
"""


def but(text: str, old: str, new: str) -> str:
    """The text with one difference."""
    if text.count(old) != 1:
        raise ValueError(f"{old!r} must stand in the example exactly once")
    return text.replace(old, new)
