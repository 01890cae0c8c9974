# SPDX-License-Identifier: Apache-2.0
"""The components of an InferenceService, as KServe sees them once its defaulter has run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from velaserve_lint.container import MODEL_CONTAINER
from velaserve_lint.rules.kserve.deployment_mode import MODEL_MESH, mode_of
from velaserve_lint.suggest import misspelt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest

ComponentRole: TypeAlias = Literal["predictor", "transformer", "explainer", "canary"]

# In the order in which the defaulter looks for one to turn into `model`.
FRAMEWORKS = (
    *("sklearn", "tensorflow", "xgboost", "pytorch", "triton"),
    *("onnx", "huggingface", "pmml", "lightgbm", "paddle"),
)
STORAGE_URI = "STORAGE_URI"
_SERVERS = (*FRAMEWORKS, "model", "containers", "art")
# Of KFServing's time.
_OLD = ("custom", "alibi", "aix")


@dataclass(frozen=True, slots=True)
class Component:
    """What stands at `at`; `turned`: the defaulter turns a framework into `model`."""

    role: ComponentRole
    at: Cursor
    turned: bool = False

    @property
    def frameworks(self) -> tuple[Cursor, ...]:
        """The old manner of naming a format: sklearn, xgboost and so on."""
        return tuple(one for name in FRAMEWORKS if _is_mapping(one := self.at.at(name)))

    @property
    def model(self) -> Cursor:
        """What becomes `model`: where a framework stands beside one, KServe drops that one."""
        frameworks = self.frameworks if self.turned else ()
        return frameworks[0] if frameworks else self.at.at("model")

    @property
    def containers(self) -> tuple[Cursor, ...]:
        return tuple(one for one in self.at.at("containers").items() if _is_mapping(one))

    @property
    def main(self) -> Cursor | None:
        """The container that serves, where the component is made of containers."""
        containers = self.containers
        named = [one for one in containers if one.at("name").text == MODEL_CONTAINER]
        return named[0] if named else containers[0] if containers else None

    @property
    def implementations(self) -> tuple[Cursor, ...]:
        """What KServe counts: there must be exactly one."""
        if self.role == "transformer":
            return self.containers[:1]
        if self.role == "explainer":
            art = self.at.at("art")
            return (*((art,) if _is_mapping(art) else ()), *self.containers[:1])
        kept = self.frameworks[1:] if self.turned else self.frameworks
        model = (self.model,) if _is_mapping(self.model) else ()
        named = tuple(one for one in self.containers if one.at("name").text == MODEL_CONTAINER)
        return (*model, *kept, *named) or self.containers[:1]

    @property
    def hints_at_server(self) -> bool:
        """A slip of the hand, an old name, a wrong type: its field says already what is wrong."""
        return any(
            key in _OLD or (misspelt(key, _SERVERS) and (key not in _SERVERS or value.value))
            for key, value in self.at.entries()
        )

    @property
    def storage_uri(self) -> Cursor | None:
        """Where the component says what to fetch: a field of the model, a variable otherwise."""
        first = next(iter(self.implementations), None)
        if first is None:
            return None
        if first.path[-1] == "art":
            return first.at("storageUri") if first.at("storageUri").text else None
        if isinstance(first.path[-1], str):
            return first.at("storageUri") if first.at("storageUri").value is not None else None
        item = variable(first, STORAGE_URI)
        return item.at("value") if item else None

    @property
    def uri(self) -> str:
        """What the storage URI says, where it is a text that is written there."""
        return self.storage_uri.text if self.storage_uri else ""


def components_of(manifest: Manifest) -> Iterator[Component]:
    """Predictor, transformer and explainer, those that there are."""
    turned = mode_of(manifest) != MODEL_MESH
    roles: tuple[ComponentRole, ...] = ("predictor", "transformer", "explainer")
    for role in roles:
        if _is_mapping(at := manifest.spec.at(role)):
            yield Component(role, at, turned=turned and role == "predictor")


def annotations_of(manifest: Manifest) -> Iterator[Cursor]:
    """Those of the InferenceService and of its components; both reach the pods."""
    yield manifest.annotations
    for component in components_of(manifest):
        yield component.at.at("annotations")


def predictor_of(manifest: Manifest) -> Component | None:
    return next((one for one in components_of(manifest) if one.role == "predictor"), None)


def canaries_of(manifest: Manifest) -> Iterator[Component]:
    """The predictors below `canary`, whose frameworks the defaulter leaves as they are."""
    for canary in manifest.spec.at("canary").items():
        if _is_mapping(at := canary.at("predictor")):
            yield Component("canary", at)


def servers_of(manifest: Manifest) -> Iterator[Component]:
    """All of them: what a component must be is asked of canaries, too."""
    yield from components_of(manifest)
    yield from canaries_of(manifest)


def variable(container: Cursor, name: str) -> Cursor | None:
    """The first item of `env` with that name, as KServe looks for it."""
    return next((e for e in container.at("env").items() if e.at("name").text == name), None)


def _is_mapping(cursor: Cursor) -> bool:
    return isinstance(cursor.value, dict)
