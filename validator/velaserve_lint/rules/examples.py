# SPDX-License-Identifier: Apache-2.0
"""The clean Application that the rules' bad examples differ from in one place."""

from __future__ import annotations

APPLICATION = """\
apiVersion: core.oam.dev/v1beta1
kind: Application
metadata:
  name: digits
spec:
  components:
    - name: digits
      type: model-serving
      properties:
        modelUri: pvc://models/digits/onnx
        modelFormat: {name: onnx}
        minReplicas: 2
"""
# The same with traits.
TRAITS = f"""\
{APPLICATION}\
      traits:
        - type: autoscaler
          properties:
            maxReplicas: 4
            metrics: {{cpuUtilization: 70}}
        - type: canary
          properties: {{weights: [10, 50]}}
"""
# The same on an Ascend chip, where what is compiled stays.
CACHE = f"""\
{APPLICATION}\
        accelerator: {{chip: 310P}}
        resources: {{requests: {{cpu: 4, memory: 8Gi}}, limits: {{memory: 8Gi}}}}
        deploymentStrategy: {{rollingUpdate: {{maxSurge: 0, maxUnavailable: 1}}}}
      traits:
        - type: compile-cache
          properties:
            claim: {{accessMode: ReadWriteMany, size: 10Gi}}
"""
# Two models behind one address.
GRAPH = """\
apiVersion: core.oam.dev/v1beta1
kind: Application
metadata:
  name: both
spec:
  components:
    - name: both
      type: inference-graph
      properties:
        nodes:
          root:
            routerType: Splitter
            steps:
              - {serviceName: digits, weight: 90}
              - {serviceName: letters, weight: 10}
"""
# The same with a workflow.
WORKFLOW = f"""\
{APPLICATION}\
  workflow:
    steps:
      - name: digits
        type: apply-component
        properties: {{component: digits}}
      - name: approval
        type: suspend
        timeout: 24h
      - name: told
        type: print-message-in-status
        if: status.approval.timeout
        properties: {{message: nobody approved it}}
"""
# Released step by step.
RELEASE = f"""\
{APPLICATION}\
      traits: [{{type: canary}}]
  workflow:
    steps:
      - name: release
        type: canary-release
        properties: {{component: digits}}
"""
# With more of it where it counts, and elsewhere.
OVERRIDE = f"""\
{APPLICATION}\
  policies:
    - name: here
      type: topology
      properties: {{clusters: [local]}}
    - name: large
      type: override
      properties:
        components:
          - name: ^digits$
            properties: {{minReplicas: 4}}
  workflow:
    steps:
      - name: deploy
        type: deploy
        properties: {{policies: [here, large]}}
"""
# With a type of a cluster's own, whose schema KubeVela has made.
FOREIGN = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: component-schema-coffee
  labels: {definition.oam.dev: schema, definition.oam.dev/name: coffee}
data:
  openapi-v3-json-schema: |
    {"type": "object", "required": ["bean", "cups"], "properties":
      {"bean": {"type": "string"}, "cups": {"type": "integer", "default": 1}}}
---
apiVersion: core.oam.dev/v1beta1
kind: Application
metadata:
  name: breakfast
spec:
  components:
    - name: coffee
      type: coffee
      properties: {bean: arabica, cups: 2}
"""


def changed(old: str, new: str) -> str:
    """The Application with one difference."""
    if APPLICATION.count(old) != 1:
        raise ValueError(f"{old!r} must stand in the example exactly once")
    return APPLICATION.replace(old, new)
