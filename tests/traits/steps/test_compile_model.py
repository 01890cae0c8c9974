# SPDX-License-Identifier: Apache-2.0
"""What compile-model does in each state of its Job, what is in the Job, and what the user reads."""

import argparse
import json
import os
import re
from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from ci.tools import programs
from ci.tools.cue import NEW
from ci.tools.errors import NotReady
from ci.tools.tree import ROOT
from support import release_world as world
from support.definition import needs_cue
from support.kubernetes_schemas import problems
from support.trait_definition import digits, evaluate
from support.vela_render import Vela
from support.vela_step import Action, Object, Question, StepFailed, VelaStep
from velaserve_lint.names import options, paths
from velaserve_runtime.cli import compile as compiling
from velaserve_runtime.settings import read_settings

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "compile-model.yaml").read_text(encoding="utf-8"))
MINIMAL = (HERE / "compile-model" / "minimal" / "app.yaml").read_text(encoding="utf-8")
GOLDEN = HERE / "compile-model" / "job.yaml"
RUNTIME = yaml.safe_load((ROOT / "ci/addon/runtimes/velaserve-ascend.yaml").read_text("utf-8"))
ENDS = {"builtin.fail": "failed", "builtin.message": "done", "builtin.wait": "waits"}
WANTED = ("parameter", "component", "traits", "runtime")
"""What of a case its Job is made of; the rest is what the cluster has."""
Case = dict[str, Any]  # Any: YAML
CACHE: Case = {"claim": {"size": "10Gi", "storageClassName": "nfs", "accessMode": "ReadWriteMany"}}


class World:
    """Evaluates the step for cases, with components that are really rendered."""

    def __init__(self, engine: VelaStep, vela: Vela) -> None:
        self._engine, self._vela = engine, vela
        self.seen = self._with_names(CASES)

    def ask(self, cases: Iterable[Case]) -> list[list[Action]]:
        answers = self._engine.ask(self._question(case) for case in cases)
        for each in answers:
            assert not isinstance(each, StepFailed), each
        return cast("list[list[Action]]", answers)

    def job(self, **changed: Any) -> Case:
        """What is applied for a component."""
        [actions] = self.ask([changed])
        [job] = [each.params["value"] for each in actions if each.path == "act.job"]
        return cast("Case", job)

    def _with_names(self, cases: list[Case]) -> list[tuple[str, list[Action]]]:
        """Each with the name of its Job, which the cases do not know."""
        wanted = [json.dumps({key: case[key] for key in case if key in WANTED}) for case in cases]
        distinct = list(dict.fromkeys(wanted))
        bare = self.ask(json.loads(text) for text in distinct)
        names = dict(zip(distinct, map(_name, bare), strict=True))
        pairs = [(names[text], case) for text, case in zip(wanted, cases, strict=True)]
        known = [json.loads(json.dumps(case).replace("JOB", name)) for name, case in pairs]
        return list(zip([name for name, _ in pairs], self.ask(known), strict=True))

    def _question(self, case: Case) -> Question:
        component = _component(case)
        returned = {
            "application": world.application(case.get("said", {}), []),
            "components": {"$returns": {"value": {"digits": component}}},
            "rendered": {"$returns": {"output": self._rendered(component)}},
            "runtime": _runtime(case.get("runtime", "cluster")),
            "live": {
                "job": {"$returns": _job(case)},
                "jobs": {"$returns": {"values": {"items": case.get("jobs", [])}}},
                "pods": {"$returns": {"values": {"items": case.get("pods", [])}}},
                "events": {"$returns": {"values": {"items": case.get("events", [])}}},
            },
        }
        parameter: Object = {"component": "digits", **case.get("parameter", {})}
        return Question("compile-model", world.CONTEXT, parameter, cast("Object", returned))

    def _rendered(self, component: Case) -> Object:
        app = yaml.safe_load(MINIMAL)
        app["spec"]["components"] = [component]
        del app["spec"]["workflow"]
        return self._vela.render(app)[0]


def _component(case: Case) -> Case:
    [component] = deepcopy(yaml.safe_load(MINIMAL)["spec"]["components"])
    properties = component["properties"] | case.get("component", {})
    component["properties"] = {key: value for key, value in properties.items() if value is not None}
    component["traits"] = case.get("traits", component["traits"])
    return cast("Case", component)


def _runtime(where: str) -> Object:
    absent: Object = {"value": {"metadata": {}}, "err": "not found"}
    found: Object = {"value": RUNTIME}
    return {
        kind: cast("Object", {"$returns": found if kind == where else absent})
        for kind in ("own", "cluster")
    }


def _job(case: Case) -> Object:
    if not case.get("job"):
        return {"value": {"metadata": {}}, "err": 'jobs.batch "digits-compile" not found'}
    metadata: Object = {
        "uid": "a",
        **({"deletionTimestamp": world.TIME} if case.get("ends") else {}),
    }
    return {"value": {"metadata": metadata, "status": case["job"]}}


def _name(actions: list[Action]) -> str:
    names = [each.params["value"]["metadata"]["name"] for each in actions if each.path == "act.job"]
    return cast("str", (names or ["none"])[0])


@pytest.fixture(scope="module")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> Vela:
    """Of one version: what another one renders is the same, by the goldens."""
    try:
        return Vela(programs.path("vela"), tmp_path_factory.mktemp("vela"))
    except NotReady as err:
        pytest.skip(str(err))


@pytest.fixture(scope="module")
def worlds() -> dict[VelaStep, World]:
    return {}


@pytest.fixture
def seen(vela_step: VelaStep, renderer: Vela, worlds: dict[VelaStep, World]) -> World:
    if vela_step not in worlds:
        worlds[vela_step] = World(vela_step, renderer)
    return worlds[vela_step]


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: CASES[number]["case"])
def test_step(number: int, seen: World) -> None:
    name, actions = seen.seen[number]
    want = dict(CASES[number]["want"])
    acts = {each.path: each for each in actions if each.path.startswith(("accepted", "act."))}
    end = acts.pop("accepted" if "accepted" in acts else "act.end")
    does = want.pop("does", [])
    assert {ENDS[end.do]: end.params["message"].replace(name, "JOB")} == want
    done = [path.removeprefix("act.").replace('"', "") for path in acts]
    assert [each.replace(name, "JOB") for each in done] == does


def test_job_is_the_golden_one(seen: World) -> None:
    job = seen.job()
    if os.environ.get("VELASERVE_UPDATE_GOLDEN") == "1":
        GOLDEN.write_text(yaml.safe_dump(job, width=100), encoding="utf-8")
    assert yaml.safe_load(GOLDEN.read_text(encoding="utf-8")) == job
    assert problems(job) == []


def test_command_is_one_of_ours(seen: World) -> None:
    [container] = seen.job()["spec"]["template"]["spec"]["containers"]
    commands = argparse.ArgumentParser().add_subparsers()
    compiling.add_parser(commands)
    parsed = commands.choices["compile"].parse_args(container["args"][1:])
    assert parsed.model_directory == Path(paths()["model"])
    variables = {each["name"]: each["value"] for each in container["env"]}
    settings = read_settings({}, variables)
    assert (settings.device, settings.explicit["gears_batch"]) == ("ascend", (1, 8))
    assert settings.compile_cache_dir == "/var/cache/velaserve/310P"


def test_same_content_is_the_same_job_and_another_one_is_not(seen: World) -> None:
    name = seen.job()["metadata"]["name"]
    assert seen.job(parameter={"timeoutSeconds": 60})["metadata"]["name"] == name
    serving = {"minReplicas": 3, "drainDelaySeconds": 5, "queue": {"maxQueueSize": 9}}
    assert seen.job(component=serving)["metadata"]["name"] == name
    for changed in ({"modelUri": "pvc://models/2"}, {"accelerator": {"chip": "910B4"}}):
        assert seen.job(component=changed)["metadata"]["name"] != name


def test_pod_is_fetched_for_and_placed_as_the_server_s(seen: World) -> None:
    changed = {
        "modelUri": "s3://models/digits",
        "storage": {"key": "minio", "parameters": {"region": "eu"}},
        "storageContainerName": "velaserve-hardened",
        "runtime": "velaserve-ascend",
        "image": "registry.test/npu:910b",
        "accelerator": {"chip": "310P", "slice": {"npuCore": 2}},
        "placement": {"schedulerName": "volcano", "nodeSelector": {"accelerator": "x"}},
        "labels": {"sidecar.istio.io/inject": "false"},
        "annotations": {"example.com/ticket": "7"},
        "metrics": {},
        "imagePullSecrets": ["harbor"],
        "serviceAccountName": "models",
    }
    traits = [{"type": "hardening"}, {"type": "compile-cache", "properties": CACHE}]
    job = seen.job(component=changed, traits=traits)
    assert problems(job) == []
    template = job["spec"]["template"]
    assert template["metadata"]["labels"] == {
        "serving.kserve.io/inferenceservice": "digits-compile",
        "sidecar.istio.io/inject": "false",
        "ring-controller.atlas": "ascend-310P",
    }
    internal = "internal.serving.kserve.io"
    assert template["metadata"]["annotations"] == {
        f"{internal}/storage-initializer-sourceuri": "s3://models/digits",
        f"{internal}/storage-spec": "true",
        f"{internal}/storage-spec-key": "minio",
        f"{internal}/storage-spec-param": '{"region":"eu"}',
        f"{internal}/storage-container-name": "velaserve-hardened",
        "example.com/ticket": "7",
    }
    pod = template["spec"]
    assert (pod["schedulerName"], pod["nodeSelector"]) == ("volcano", {"accelerator": "x"})
    assert (pod["serviceAccountName"], pod["enableServiceLinks"]) == ("models", False)
    assert pod["imagePullSecrets"] == [{"name": "harbor"}]
    assert pod["securityContext"] == {
        "fsGroup": 1000,
        "fsGroupChangePolicy": "OnRootMismatch",
        "runAsNonRoot": True,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    [container] = pod["containers"]
    assert container["image"] == "registry.test/npu:910b"
    assert container["resources"]["limits"] == {"huawei.com/npu-core": 2}
    assert container["securityContext"]["readOnlyRootFilesystem"]


def test_model_of_a_storage_is_fetched_by_its_path(seen: World) -> None:
    job = seen.job(component={"modelUri": None, "storage": {"path": "/digits"}})
    annotations = job["spec"]["template"]["metadata"]["annotations"]
    uri = "internal.serving.kserve.io/storage-initializer-sourceuri"
    assert annotations[uri] == "<scheme-placeholder>://digits"


def test_what_is_left_out_of_the_pod_are_options_of_the_server() -> None:
    text = (ROOT / "traits/steps/compile-model/job.cue").read_text(encoding="utf-8")
    [names] = re.findall(r'_ofServing: "\^VELASERVE_\(([^)]+)\)\$"', text)
    assert {f"VELASERVE_{name}" for name in names.split("|")} <= {
        option.env for option in options().values()
    }


@needs_cue
def test_claim_is_the_one_that_the_trait_makes(seen: World) -> None:
    """It must be there before the trait is, and be no other one then."""
    [actions] = seen.ask([{"traits": [{"type": "compile-cache", "properties": CACHE}]}])
    [claim] = [each.params["value"] for each in actions if each.path == "act.claim"]
    rendered = digits({"accelerator": {"chip": "310P"}})
    made: Case = evaluate("compile-cache", CACHE, NEW, rendered)
    assert claim["metadata"].pop("namespace") == world.CONTEXT["namespace"]
    assert claim == made["outputs"]["claim"]
