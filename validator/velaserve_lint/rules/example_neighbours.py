# SPDX-License-Identifier: Apache-2.0
"""Clean examples of what stands beside workloads."""

from __future__ import annotations

CRON_JOB = """\
apiVersion: batch/v1
kind: CronJob
metadata:
  name: refresh
spec:
  schedule: "15 3 * * 1-5"
  timeZone: Asia/Shanghai
  startingDeadlineSeconds: 600
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers:
            - name: refresh
              image: registry.example.com/refresh:2.1.0
              resources:
                requests: {cpu: "1", memory: 1Gi}
                limits: {cpu: "1", memory: 1Gi}
"""

AUTOSCALER = """\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: digits
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: digits}
  minReplicas: 2
  maxReplicas: 8
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: {type: Utilization, averageUtilization: 70}
"""

BUDGET = """\
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: digits
spec:
  maxUnavailable: 1
  selector:
    matchLabels: {app: digits}
"""

NETWORK_POLICY = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: digits
spec:
  podSelector:
    matchLabels: {app: digits}
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - namespaceSelector:
            matchLabels: {team: shop}
          podSelector:
            matchLabels: {app: web}
      ports:
        - {protocol: TCP, port: 8080}
  egress:
    - to:
        - ipBlock: {cidr: 10.0.0.0/8, except: [10.96.0.0/12]}
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
          - path: /v2
            pathType: Prefix
            backend:
              service: {name: digits, port: {number: 80}}
"""

ROUTE = """\
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: digits
spec:
  parentRefs:
    - name: inference
  rules:
    - matches:
        - path: {type: PathPrefix, value: /v2}
      backendRefs:
        - {name: digits, port: 80, weight: 90}
        - {name: digits-canary, port: 80, weight: 10}
"""

ROLE = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: model-reader
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get, list]
"""

BINDING = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: model-reader
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: model-reader
subjects:
  - kind: ServiceAccount
    name: digits
"""

CONFIG_MAP = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: labels
data:
  labels.txt: zero one two
"""

ALERT = """\
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: digits
spec:
  groups:
    - name: digits
      rules:
        - alert: ManyErrors
          expr: sum(rate(http_requests_total{code=~"5.."}[5m])) > 1
          for: 10m
"""
