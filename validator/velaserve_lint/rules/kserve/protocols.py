# SPDX-License-Identifier: Apache-2.0
"""Which protocol a predictor will speak, and whether a runtime does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rules.kserve.components import predictor_of, variable
from velaserve_lint.rules.kserve.problem import Problem
from velaserve_lint.rules.kserve.served_model import V1, model_of
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.manifest import Manifest
    from velaserve_lint.rules.kserve.known_runtimes import Runtimes
    from velaserve_lint.rules.kserve.served_model import ServedModel

# Of those that a runtime speaks, KServe takes the first of these.
ORDER = ("v1", "v2", "grpc-v1", "grpc-v2")
VARIABLE = "PROTOCOL"

MESSAGES = sentences(
    chosen=Text(
        "KServe finds no runtime: {runtime} for '{format}' do not speak {protocol}",
        "KServe 找不到运行时：支持 '{format}' 的 {runtime} 不支持 {protocol}",
    ),
    named=Text(
        "runtime '{runtime}' does not speak {protocol}, only {spoken}",
        "运行时 '{runtime}' 不支持 {protocol}，只支持 {spoken}",
    ),
)


def protocol_of(manifest: Manifest, runtimes: Runtimes) -> str:
    """Empty where it cannot be told."""
    if model := model_of(manifest):
        if model.protocol or not model.runtime:
            return model.protocol or V1
        runtime = runtimes.named(model.runtime, manifest.namespace)
        spoken = runtime.protocols if runtime else ()
        return next((one for one in ORDER if one in spoken), "")
    predictor = predictor_of(manifest)
    server = predictor.main if predictor else None
    item = variable(server, VARIABLE) if server else None
    return item.at("value").text if item else ""


def problems(model: ServedModel, runtimes: Runtimes) -> Iterator[Problem]:
    """Of a named runtime that is known; without a name, where no protocol is written either."""
    written = model.at.at("protocolVersion")
    if model.runtime:
        named = runtimes.named(model.runtime, model.manifest.namespace)
        if named and written.text and not named.speaks(written.text):
            arguments = {
                "runtime": named.name,
                "protocol": written.text,
                "spoken": ", ".join(named.protocols),
            }
            yield Problem(written.place, "named", arguments)
    elif written.value is None:
        asked, takers = model.protocol or V1, runtimes.taking(model)
        if takers and not any(one.speaks(asked) for one in takers):
            names = ", ".join(one.name for one in takers)
            arguments = {"runtime": names, "format": model.format, "protocol": asked}
            yield Problem(model.at.key, "chosen", arguments)
