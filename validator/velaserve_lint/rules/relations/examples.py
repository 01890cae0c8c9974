# SPDX-License-Identifier: Apache-2.0
"""Clean objects that stand beside the Deployment of the examples."""

from __future__ import annotations

from velaserve_lint.rules.example_manifests import DEPLOYMENT, but

CONFIG_MAP = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  LOG_LEVEL: info
"""
REGISTRY_LOGIN = """\
apiVersion: v1
kind: Secret
metadata:
  name: registry
type: kubernetes.io/dockerconfigjson
stringData:
  .dockerconfigjson: '{"auths": {}}'
"""
SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: digits
  labels: {app: digits}
spec:
  selector: {app: digits}
  ports:
    - {name: http, port: 80, targetPort: http}
"""
INGRESS = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: digits
spec:
  ingressClassName: nginx
  rules:
    - host: digits.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: digits
                port: {number: 80}
"""
MONITOR = """\
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: digits
spec:
  selector:
    matchLabels: {app: digits}
  endpoints:
    - port: http
"""
POLICY = """\
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
        - podSelector:
            matchLabels: {app: digits}
      ports:
        - {protocol: TCP, port: 8080}
"""
AUTOSCALER = """\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: digits
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: digits}
  minReplicas: 2
  maxReplicas: 4
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: {type: Utilization, averageUtilization: 80}
"""
BUDGET = """\
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: digits
spec:
  minAvailable: 1
  selector:
    matchLabels: {app: digits}
"""
CLAIM = """\
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: models
spec:
  accessModes: [ReadWriteMany]
  resources:
    requests: {storage: 10Gi}
"""

_IMAGE = "          image: registry.example.com/digits:1.4.2\n"
_SECONDS = "      terminationGracePeriodSeconds: 60\n"

CONTAINER_AUTOSCALER = but(
    AUTOSCALER,
    "    - type: Resource\n      resource:\n        name: cpu\n",
    "    - type: ContainerResource\n      containerResource:\n        name: cpu\n"
    "        container: server\n",
)
LETTERS = DEPLOYMENT.replace("  name: digits\n", "  name: letters\n").replace(
    "app: digits", "app: letters"
)
SCALED_DEPLOYMENT = but(DEPLOYMENT, "  replicas: 2\n", "")


def renamed(text: str, name: str) -> str:
    """The example under another name."""
    return but(text, "\n  name: digits\n", f"\n  name: {name}\n")


def together(*texts: str) -> str:
    """A file of several documents."""
    return "---\n".join(texts)


def with_container_field(field: str, deployment: str = DEPLOYMENT) -> str:
    """The Deployment with one more field of its container, in flow style."""
    return but(deployment, _IMAGE, f"{_IMAGE}          {field}\n")


def with_pod_field(field: str, deployment: str = DEPLOYMENT) -> str:
    """The Deployment with one more field of its pods."""
    return but(deployment, _SECONDS, f"{_SECONDS}      {field}\n")


WITH_CLAIM = with_pod_field(
    "volumes: [{name: models, persistentVolumeClaim: {claimName: models}}]",
    with_container_field("volumeMounts: [{name: models, mountPath: /srv/models}]"),
)
