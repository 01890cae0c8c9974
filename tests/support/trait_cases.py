# SPDX-License-Identifier: Apache-2.0
"""The golden cases of the traits, and what a trait makes of a component."""

from pathlib import Path
from typing import cast

import yaml

from ci.tools.schema import Json
from ci.tools.tree import ROOT
from support.vela_render import Object, Vela

TRAITS = sorted(file.stem for file in (ROOT / "traits").glob("*.cue"))
CASES = sorted(file.parent for file in (ROOT / "tests" / "traits").glob("*/*/app.yaml"))
_IDENTITY = ("apiVersion", "kind")


def case_id(case: Path) -> str:
    return f"{case.parent.name}/{case.name}"


def application(case: Path) -> Object:
    return cast("Object", yaml.safe_load((case / "app.yaml").read_text(encoding="utf-8")))


def component(app: Object) -> Object:
    """The one component of a case."""
    [only] = cast("list[Object]", cast("Object", app["spec"])["components"])
    return only


def properties(app: Object, trait: str) -> Object:
    traits = cast("list[Object]", component(app)["traits"])
    [found] = [each for each in traits if each["type"] == trait]
    return cast("Object", found.get("properties", {}))


def digits(*traits: Object, **changed: Json) -> Object:
    """An Application of one small component, with traits and changed properties."""
    small: Object = {"modelUri": "pvc://models/digits", "modelFormat": {"name": "onnx"}, **changed}
    one = {"name": "digits", "type": "model-serving", "properties": small, "traits": list(traits)}
    return {
        "apiVersion": "core.oam.dev/v1beta1",
        "kind": "Application",
        "metadata": {"name": "digits"},
        "spec": {"components": [cast("Json", one)]},
    }


def effect(vela: Vela, app: Object) -> list[Object]:
    """What the traits of an Application change in the component's objects, then their own objects.

    So a golden says what its trait does, and stays when the component learns something new.
    """
    bare = cast("Object", {**component(app), "traits": []})
    spec = cast("Object", app["spec"])
    before = vela.render({**app, "spec": {**spec, "components": [bare]}})
    after = vela.render(app)
    changed = [_with_identity(old, new) for old, new in zip(before, after, strict=False)]
    return [each for each in changed if each] + after[len(before) :]


def _with_identity(old: Object, new: Object) -> Object:
    """The objects come in one order: the component's first, in both."""
    assert [old[key] for key in _IDENTITY] == [new[key] for key in _IDENTITY]
    if old == new:
        return {}
    name = cast("Object", new["metadata"])["name"]
    change = cast("Object", _difference(old, new))
    identity: Object = {key: new[key] for key in _IDENTITY} | {"metadata": {"name": name}}
    return identity | change


def _difference(old: Json, new: Json) -> Json:
    """What is new or another value; of a list, the new items."""
    if isinstance(old, dict) and isinstance(new, dict):
        assert old.keys() <= new.keys(), f"taken away: {old.keys() - new.keys()}"
        changed = {key for key in new if key not in old or old[key] != new[key]}
        return {key: _difference(old.get(key), new[key]) for key in new if key in changed}
    if isinstance(old, list) and isinstance(new, list):
        assert all(item in new for item in old), f"taken away from {old}: now {new}"
        return [item for item in new if item not in old]
    return new
