# SPDX-License-Identifier: Apache-2.0
"""What KServe asks of `spec.canary`, new predictors beside the stable one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Related
from velaserve_lint.rules.kserve.components import Component, predictor_of
from velaserve_lint.rules.kserve.deployment_mode import DEPLOYMENT_MODE, STANDARD, mode_of
from velaserve_lint.rules.kserve.problem import Problem
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest

FIXED = ("workerSpec", "scaleTarget", "scaleMetric", "autoScaling")
WHOLE = 100

MESSAGES = sentences(
    mode=Text(
        "spec.canary is for Standard mode only, not {mode}",
        "spec.canary 仅用于 Standard 模式，不能用于 {mode}",
    ),
    canary=Text("the canary", "金丝雀"),
    model=Text(
        "a canary needs a stable predictor with a model", "金丝雀需要带有模型的稳定 predictor"
    ),
    name=Text("a canary's predictor needs a name", "金丝雀的 predictor 需要名称"),
    duplicate=Text(
        "'{name}' is already the name of another predictor", "'{name}' 已是另一个 predictor 的名称"
    ),
    first=Text("the other one", "另一个在此"),
    sum=Text(
        "all canaries together get {sum} % of the requests", "所有金丝雀共分得 {sum} % 的请求"
    ),
    fixed=Text(
        "a canary cannot set {name}: its size is fixed", "金丝雀不能设置 {name}：其规模是固定的"
    ),
    replicas=Text(
        "a canary's minReplicas {found} is more than the stable predictor's {stable}",
        "金丝雀的 minReplicas {found} 大于稳定 predictor 的 {stable}",
    ),
)


def problems(manifest: Manifest) -> Iterator[Problem]:
    """Their servers, replicas and loggers are looked at by the rules about all components."""
    canaries = [*manifest.spec.at("canary").items()]
    stable = predictor_of(manifest)
    if not canaries or stable is None:
        return
    mode = mode_of(manifest)
    if mode not in (None, STANDARD):
        place = manifest.annotations.at(DEPLOYMENT_MODE).place
        beside = Related(manifest.spec.at("canary").key, "canary")
        yield Problem(place, "mode", {"mode": mode or "''"}, beside)
    if stable.implementations and not _has_model(stable):
        yield Problem(stable.at.key, "model")
    yield from _names([stable.at, *(canary.at("predictor") for canary in canaries)])
    yield from _shares([canary.at("trafficPercent") for canary in canaries])
    for canary in canaries:
        yield from _sizes(canary.at("predictor"), stable.at.at("minReplicas"))


def _has_model(stable: Component) -> bool:
    return isinstance(stable.model.value, dict) or stable.storage_uri is not None


def _names(predictors: Sequence[Cursor]) -> Iterator[Problem]:
    seen: dict[str, Cursor] = {}
    for index, predictor in enumerate(predictors):
        name = predictor.at("name")
        if name.text and seen.setdefault(name.text, name) is not name:
            beside = Related(seen[name.text].place, "first")
            yield Problem(name.place, "duplicate", {"name": name.text}, beside)
        elif index and name.value in (None, "") and isinstance(predictor.value, dict):
            yield Problem(predictor.key, "name")


def _shares(shares: Sequence[Cursor]) -> Iterator[Problem]:
    """That each is from 0 to 100 is what the field asks for."""
    numbers = [share.number for share in shares if share.number is not None]
    if all(0 <= one <= WHOLE for one in numbers) and sum(numbers) > WHOLE:
        yield Problem(shares[-1].place, "sum", {"sum": sum(numbers)})


def _sizes(predictor: Cursor, stable: Cursor) -> Iterator[Problem]:
    for name in FIXED:
        if predictor.at(name).value is not None:
            yield Problem(predictor.at(name).key, "fixed", {"name": name})
    if (predictor.at("maxReplicas").number or 0) > 0:
        yield Problem(predictor.at("maxReplicas").key, "fixed", {"name": "maxReplicas"})
    least, most = predictor.at("minReplicas"), 1 if stable.value is None else stable.number
    if least.number is not None and most is not None and least.number > most:
        yield Problem(least.place, "replicas", {"found": least.number, "stable": most})
