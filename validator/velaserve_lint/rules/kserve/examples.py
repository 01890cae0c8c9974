# SPDX-License-Identifier: Apache-2.0
"""Clean objects of KServe that the examples of these rules differ from in one place."""

from __future__ import annotations

from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE as INFERENCE_SERVICE
from velaserve_lint.rules.example_manifests import but as but

# A server of one's own in place of a runtime.
CUSTOM = """\
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
    containers:
      - name: kserve-container
        image: registry.example.com/digits:1.4.2
        env:
          - {name: PROTOCOL, value: v2}
        ports:
          - {name: http1, containerPort: 8080, protocol: TCP}
        readinessProbe:
          httpGet: {path: /v2/health/ready, port: 8080}
        resources:
          requests: {cpu: "1", memory: 2Gi}
          limits: {cpu: "2", memory: 2Gi}
"""

_CLASS = "serving.kserve.io/autoscalerClass: none"

WITH_HPA = but(
    but(INFERENCE_SERVICE, _CLASS, "serving.kserve.io/autoscalerClass: hpa"),
    "minReplicas: 2\n",
    "minReplicas: 2\n    maxReplicas: 4\n    scaleMetric: cpu\n    scaleTarget: 70\n",
)

# An HPA by default.
WITHOUT_CLASS = but(WITH_HPA, "    serving.kserve.io/autoscalerClass: hpa\n", "")

WITH_KEDA = but(
    but(INFERENCE_SERVICE, _CLASS, "serving.kserve.io/autoscalerClass: keda"),
    "minReplicas: 2\n",
    """\
minReplicas: 2
    maxReplicas: 4
    autoScaling:
      metrics:
        - type: External
          external:
            metric:
              backend: prometheus
              serverAddress: http://prometheus.monitoring:9090
              query: sum(rate(nv_inference_request_success[1m]))
            target: {type: Value, value: "20"}
""",
)

IN_KNATIVE = but(
    but(INFERENCE_SERVICE, f"    {_CLASS}\n", ""),
    "deploymentMode: Standard",
    "deploymentMode: Knative",
)

RUNTIME = """\
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
      env:
        - {name: MODEL_NAME, value: "{{.Name}}"}
      ports:
        - {name: http1, containerPort: 8080, protocol: TCP}
      readinessProbe:
        httpGet: {path: /v2/health/ready, port: 8080}
      resources:
        requests: {cpu: "1", memory: 2Gi}
        limits: {cpu: "2", memory: 2Gi}
"""

GRAPH = """\
apiVersion: serving.kserve.io/v1alpha1
kind: InferenceGraph
metadata:
  name: digits
spec:
  nodes:
    root:
      routerType: Splitter
      steps:
        - {name: stable, serviceName: digits-1, weight: 90}
        - {name: next, serviceName: digits-2, weight: 10}
"""

TRAINED_MODEL = """\
apiVersion: serving.kserve.io/v1alpha1
kind: TrainedModel
metadata:
  name: digits
spec:
  inferenceService: many-models
  model:
    storageUri: s3://models/digits
    framework: sklearn
    memory: 1Gi
"""

# A transformer in the same pod as the model.
COLLOCATED = but(
    INFERENCE_SERVICE,
    "    minReplicas: 2\n",
    """\
    minReplicas: 2
    containers:
      - name: transformer-container
        image: registry.example.com/scaler:1.4.2
        env: [{name: SCALE, value: "255"}]
        ports:
          - {name: http2, containerPort: 8090, protocol: TCP}
        readinessProbe:
          httpGet: {path: /v2/health/ready, port: 8090}
        resources:
          requests: {cpu: "1", memory: 1Gi}
          limits: {cpu: "1", memory: 1Gi}
""",
)

# A transformer in pods of its own.
WITH_TRANSFORMER = (
    INFERENCE_SERVICE
    + """\
  transformer:
    minReplicas: 2
    containers:
      - name: kserve-container
        image: registry.example.com/scaler:1.4.2
        env: [{name: SCALE, value: "255"}]
        ports:
          - {name: http1, containerPort: 8080, protocol: TCP}
        readinessProbe:
          httpGet: {path: /v2/health/ready, port: 8080}
        resources:
          requests: {cpu: "1", memory: 1Gi}
          limits: {cpu: "1", memory: 1Gi}
"""
)

MULTI_NODE = but(
    but(
        INFERENCE_SERVICE,
        "    serving.kserve.io/autoscalerClass: none\n",
        """\
    serving.kserve.io/autoscalerClass: none
    serving.kserve.io/gpu-resource-types: '["google.com/tpu"]'
""",
    ),
    "    minReplicas: 2\n",
    """\
    minReplicas: 1
    workerSpec:
      pipelineParallelSize: 2
      tensorParallelSize: 1
      containers:
        - name: worker-container
          resources:
            requests: {cpu: "1", memory: 8Gi, google.com/tpu: 1}
            limits: {cpu: "2", memory: 8Gi, google.com/tpu: 1}
""",
)


def with_canary(setting: str, service: str = INFERENCE_SERVICE, percent: int = 0) -> str:
    """A new model beside the stable one, with one more setting of its predictor."""
    return f"""\
{service}\
  canary:
    - trafficPercent: {percent}
      predictor:
        name: next
        {setting}
        model:
          runtime: velaserve
          modelFormat: {{name: onnx}}
          protocolVersion: v2
          storageUri: pvc://models/digits-2/onnx
"""
