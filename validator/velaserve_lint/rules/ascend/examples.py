# SPDX-License-Identifier: Apache-2.0
"""The clean examples with an NPU that the rules' bad examples differ from in one place."""

from __future__ import annotations

from velaserve_lint.rules.example_manifests import DEPLOYMENT, INFERENCE_SERVICE, but
from velaserve_lint.rules.examples import changed

_CPUS = """\
            requests: {cpu: "1", memory: 2Gi}
            limits: {cpu: "2", memory: 2Gi}
"""
_CARDS = """\
            requests: {cpu: "4", memory: 16Gi, huawei.com/Ascend910: 2}
            limits: {cpu: "8", memory: 16Gi, huawei.com/Ascend910: 2}
"""
SELECTOR = """\
      nodeSelector: {accelerator: huawei-Ascend910, accelerator-type: module-910b-8}
"""
_PLACE = f"      schedulerName: volcano\n{SELECTOR}      containers:\n"
VISIBLE = """valueFrom: {fieldRef: {fieldPath: "metadata.annotations['huawei.com/Ascend910']"}}"""
_ENV = f"""\
          env:
            - name: ASCEND_VISIBLE_DEVICES
              {VISIBLE}
          ports:
"""
_STRATEGY = """\
  replicas: 2
  strategy:
    rollingUpdate: {maxSurge: 0, maxUnavailable: 1}
"""


def _npu_deployment() -> str:
    text = but(DEPLOYMENT, "      containers:\n", _PLACE)
    text = but(text, "          ports:\n", _ENV)
    return but(but(text, _CPUS, _CARDS), "  replicas: 2\n", _STRATEGY)


# Two whole cards of an Ascend 910B for each pod, by MindCluster and Volcano.
NPU_DEPLOYMENT = _npu_deployment()


def in_container(text: str, lines: str) -> str:
    """With more lines in its container."""
    return but(text, "          ports:\n", f"{lines}          ports:\n")


# A part of a card of an Ascend 910B3, by HAMi.
HAMI_DEPLOYMENT = but(
    but(
        DEPLOYMENT,
        'limits: {cpu: "2", memory: 2Gi}',
        'limits: {cpu: "2", memory: 2Gi, huawei.com/Ascend910B3: 1, '
        "huawei.com/Ascend910B3-memory: 16384, huawei.com/Ascend910B3-core: 50}",
    ),
    "      labels: {app: digits}\n",
    "      labels: {app: digits}\n      annotations: {huawei.com/vnpu-mode: hami-core}\n",
)

# A slice that Volcano cuts from an Ascend 310P when the pod comes.
VNPU_DEPLOYMENT = but(
    but(
        but(DEPLOYMENT, "      containers:\n", "      schedulerName: volcano\n      containers:\n"),
        _CPUS,
        """\
            requests: {cpu: "1", memory: 2Gi, huawei.com/npu-core: 4}
            limits: {cpu: "2", memory: 2Gi, huawei.com/npu-core: 4}
""",
    ),
    "      labels: {app: digits}\n",
    "      labels: {app: digits, ring-controller.atlas: ascend-310P}\n",
)

# One card of an Ascend 310P, by KServe.
NPU_SERVICE = but(
    but(
        but(INFERENCE_SERVICE, "runtime: velaserve\n", "runtime: velaserve-ascend\n"),
        """\
        requests: {cpu: "1", memory: 2Gi}
        limits: {cpu: "2", memory: 2Gi}
""",
        """\
        requests: {cpu: "4", memory: 8Gi, huawei.com/Ascend310P: 1}
        limits: {cpu: "8", memory: 8Gi, huawei.com/Ascend310P: 1}
""",
    ),
    "    minReplicas: 2\n",
    """\
    minReplicas: 2
    deploymentStrategy:
      rollingUpdate: {maxSurge: 0, maxUnavailable: 1}
""",
)

# The same by a component of ours.
NPU_APPLICATION = changed(
    "        minReplicas: 2\n",
    """\
        accelerator: {chip: 310P, gears: {batch: [1, 4, 8]}}
        resources:
          requests: {cpu: 4, memory: 8Gi}
          limits: {memory: 8Gi}
        minReplicas: 2
        deploymentStrategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}
""",
)

# An image of CANN's own.
CANN_IMAGE = "quay.io/ascend/cann:8.5.1-910b-ubuntu22.04-py3.11"
CANN_DEPLOYMENT = but(NPU_DEPLOYMENT, "registry.example.com/digits:1.4.2", CANN_IMAGE)

# Kernels are kept in a claim that all pods have; each chip has a folder of its own.
CACHE_DEPLOYMENT = (
    in_container(
        but(
            NPU_DEPLOYMENT,
            "          env:\n",
            "          env:\n            - {name: ASCEND_CACHE_PATH, value: /cache/kernels}\n",
        ),
        "          volumeMounts: [{name: cache, mountPath: /cache, subPath: 910b4}]\n",
    )
    + "      volumes: [{name: cache, persistentVolumeClaim: {claimName: cache}}]\n"
)
