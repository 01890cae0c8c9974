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


def changed(old: str, new: str) -> str:
    """The Application with one difference."""
    if APPLICATION.count(old) != 1:
        raise ValueError(f"{old!r} must stand in the example exactly once")
    return APPLICATION.replace(old, new)
