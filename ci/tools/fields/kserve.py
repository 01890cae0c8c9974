# SPDX-License-Identifier: Apache-2.0
"""Where KServe's webhook changes an InferenceService before its schema is asked.

It reads the object into Go structs, fills in what is missing and writes all of it back: pkg/apis/
serving/v1beta1 of the module. The other kinds reach their schema as they are written.
"""

import re

_KIND = "InferenceService"
_DEFAULTED = re.compile(
    r"spec\.(predictor|transformer|explainer|canary\.\[\]\.predictor)\."
    r"(containers\.\[\]\.name"  # kserve-container
    r"|workerSpec\.containers"  # of the runtime
    # Of the frameworks' containers, which have the runtime's name.
    r"|(art|huggingface|lightgbm|model|onnx|paddle|pmml|pytorch|sklearn|tensorflow|triton|xgboost)"
    r"\.name)"
)


def defaulted(kind: str, path: tuple[str, ...]) -> bool:
    """Whether nobody has to write that field, although the schema requires it."""
    return kind == _KIND and _DEFAULTED.fullmatch(".".join(path)) is not None


def takes_fractions(kind: str) -> bool:
    """Whether a quantity may be 0.5 without quotes, which the schema does not know."""
    return kind == _KIND
