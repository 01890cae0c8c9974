# SPDX-License-Identifier: Apache-2.0
"""The workload that the checklist finds nothing to say of, with what stands beside it."""

from __future__ import annotations

PRODUCTION = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: digits
  labels: {app: digits}
spec:
  replicas: 3
  selector:
    matchLabels: {app: digits}
  template:
    metadata:
      labels: {app: digits}
    spec:
      automountServiceAccountToken: false
      terminationGracePeriodSeconds: 60
      securityContext:
        runAsNonRoot: true
        seccompProfile: {type: RuntimeDefault}
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels: {app: digits}
      containers:
        - name: server
          image: registry.example.com/digits:1.4.2
          args: [--log-format=json]
          env:
            - {name: OTEL_EXPORTER_OTLP_ENDPOINT, value: "http://collector.monitoring:4317"}
          ports:
            - {name: http, containerPort: 8080}
          readinessProbe:
            httpGet: {path: /v2/health/ready, port: http}
          livenessProbe:
            httpGet: {path: /v2/health/live, port: http}
          lifecycle: {preStop: {sleep: {seconds: 10}}}
          resources:
            requests: {cpu: "1", memory: 2Gi}
            limits: {memory: 2Gi}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: [ALL]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: digits
spec:
  maxUnavailable: 1
  selector:
    matchLabels: {app: digits}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: digits
spec:
  podSelector:
    matchLabels: {app: digits}
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector:
            matchLabels: {kubernetes.io/metadata.name: gateways}
      ports:
        - {protocol: TCP, port: 8080}
---
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata:
  name: digits
spec:
  selector:
    matchLabels: {app: digits}
  podMetricsEndpoints:
    - {port: http, path: /metrics}
"""


def changed(old: str, new: str) -> str:
    """The workload with one difference."""
    if PRODUCTION.count(old) != 1:
        raise ValueError(f"{old!r} must stand in the example exactly once")
    return PRODUCTION.replace(old, new)


def without(kind: str) -> str:
    """The workload without what stands beside it of a kind."""
    documents = PRODUCTION.split("---\n")
    left = [document for document in documents if f"\nkind: {kind}\n" not in document]
    if len(left) != len(documents) - 1:
        raise ValueError(f"there must be exactly one {kind} in the example")
    return "---\n".join(left)


WITH_FOLDER = changed(
    "      containers:\n",
    "      volumes: [{name: data, hostPath: {path: /srv}}]\n      containers:\n",
).replace(
    "          env:\n",
    "          volumeMounts: [{name: data, mountPath: /srv}]\n          env:\n",
)
