# SPDX-License-Identifier: Apache-2.0
"""What KServe takes and does not do: L1-L21."""

from __future__ import annotations

from support.faults.edits import (
    add,
    beside,
    both,
    drop,
    each,
    ensure,
    has,
    lacks,
    put,
    where,
    within,
)
from support.faults.kserve import (
    CLASS,
    GROUP,
    MODE,
    NOTES,
    PREDICTOR,
    QUERY,
    by_class,
    canary,
    in_model,
    of,
    standard,
    without_start,
)

_FREE = both(lacks(*PREDICTOR, "model", "runtime"), has(*PREDICTOR, "model"))
_CONFIG = {
    "apiVersion": "v1",
    "kind": "ConfigMap",
    "metadata": {"name": "inferenceservice-config", "namespace": "kserve"},
    "data": {"storageInitializer": '{"enableModelcar": false}'},
}
FAULTS = (
    of("VS441", "a share in Standard mode", standard(put(10, *PREDICTOR, "canaryTrafficPercent"))),
    of("VS441", "a limit in Standard mode", standard(put(4, *PREDICTOR, "containerConcurrency"))),
    of(
        "VS442",
        "requests, by the default HPA",
        each(by_class("none", put("rps", *PREDICTOR, "scaleMetric")), drop(*NOTES, CLASS)),
    ),
    of("VS443", "an HPA that scales to zero", by_class("hpa", put(0, *PREDICTOR, "minReplicas"))),
    of("VS444", "no maximum", by_class("hpa", put("cpu", *PREDICTOR, "scaleMetric"))),
    of("VS445", "KEDA by nothing", by_class("keda")),
    of(
        "VS446",
        "a protocol that our runtime does not speak",
        within(
            *PREDICTOR,
            "model",
            then=each(ensure("velaserve", "runtime"), put("v1", "protocolVersion")),
        ),
    ),
    of(
        "VS447",
        "a misspelt format",
        where(
            _FREE,
            ensure({"name": "lightbgm"}, *PREDICTOR, "model", "modelFormat"),
        ),
    ),
    of(
        "VS447",
        "a format that our runtime does not take",
        within(
            *PREDICTOR,
            "model",
            then=each(ensure("velaserve", "runtime"), put({"name": "xgboost"}, "modelFormat")),
        ),
    ),
    of("VS447", "no format", drop(*PREDICTOR, "model", "modelFormat")),
    of("VS448", "a misspelt annotation", put("none", *NOTES, f"{GROUP}/autoscalerClas")),
    of("VS448", "a misspelt group", put("none", *NOTES, "serving.kserv.io/autoscalerClass")),
    of("VS448", "a misspelt mode", put("Raw", *NOTES, MODE)),
    of("VS448", "a mode of one component", put("Standard", *PREDICTOR, "annotations", MODE)),
    of(
        "VS449",
        "KEDA with policies",
        by_class(
            "keda",
            put(
                {
                    "metrics": [QUERY],
                    "behavior": {
                        "scaleDown": {
                            "policies": [{"type": "Pods", "value": 1, "periodSeconds": 60}]
                        }
                    },
                },
                *PREDICTOR,
                "autoScaling",
            ),
        ),
    ),
    of(
        "VS450",
        "no readiness probe",
        standard(
            where(
                both(has(*PREDICTOR, "containers", 0), lacks(*PREDICTOR, "model")),
                put({"tcpSocket": {"port": 8080}}, *PREDICTOR, "containers", 0, "readinessProbe"),
            ),
            without_start,
        ),
    ),
    of(
        "VS451",
        "gRPC before REST",
        standard(
            in_model(
                put(
                    [
                        {"name": "h2c", "containerPort": 9000},
                        {"name": "http1", "containerPort": 8080},
                    ],
                    "ports",
                )
            )
        ),
    ),
    of(
        "VS452",
        "a batcher of v2",
        each(
            within(*PREDICTOR, "model", then=ensure("v2", "protocolVersion")),
            put({"maxBatchSize": 8}, *PREDICTOR, "batcher"),
        ),
    ),
    of("VS453", "a template of nothing", in_model(add("--a={{.Model}}", "args"))),
    of("VS453", "an open template", in_model(add("--a={{.Name", "args"))),
    of(
        "VS454",
        "Knative's way of scraping",
        standard(put("true", *NOTES, f"{GROUP}/enable-prometheus-scraping")),
    ),
    of(
        "VS455",
        "a canary past the transformer",
        where(has("spec", "transformer"), standard(canary(10))),
    ),
    of("VS455", "a canary that KEDA scales", by_class("keda", canary(10))),
    of("VS456", "a canary without pods", by_class("none", canary(0))),
    of(
        "VS457",
        "too little time to drain",
        each(
            within(*PREDICTOR, "model", then=put("velaserve", "runtime")),
            put(5, *PREDICTOR, "terminationGracePeriodSeconds"),
        ),
    ),
    of(
        "VS458",
        "a model in an image, switched off",
        each(in_model(put("oci://example.com/a:1", "storageUri")), beside(_CONFIG)),
    ),
    of(
        "VS459",
        "a flag of the runtime",
        within(
            *PREDICTOR,
            "model",
            then=each(
                put("kserve-sklearnserver", "runtime"),
                ensure({"name": "sklearn"}, "modelFormat"),
                add("--http-port=9090", "args"),
            ),
        ),
    ),
    of(
        "VS460",
        "an Ascend server without a card",
        where(
            lacks(*PREDICTOR, "model", "resources"),
            within(*PREDICTOR, "model", then=put("velaserve-ascend", "runtime")),
        ),
    ),
    of("VS461", "an annotation that nothing reads", put("70", *NOTES, f"{GROUP}/target")),
    of(
        "VS461",
        "Knative's annotation in Standard mode",
        standard(put("2", *NOTES, "autoscaling.knative.dev/target")),
    ),
)
