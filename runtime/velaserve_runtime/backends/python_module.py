# SPDX-License-Identifier: Apache-2.0
"""Imports one model.py under a name of its own and finds its class."""

from __future__ import annotations

import importlib.util
import itertools
import sys
from importlib.machinery import SourceFileLoader
from typing import TYPE_CHECKING

from velaserve_runtime.model import Model
from velaserve_runtime.protocol.errors import LoadFailed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import ModuleType

_NUMBERS = itertools.count(1)


class ModelModule:
    """A module that shares no name with other versions; relative imports find files beside it."""

    def __init__(self, file: Path) -> None:
        """Runs the file.

        Raises:
            LoadFailed: it cannot be read or raises.
        """
        self._file = file
        self._name = f"velaserve_model_{next(_NUMBERS)}"
        try:
            self._module = self._run()
        except OSError as err:
            self.forget()
            raise LoadFailed(f"{file} cannot be read: {err.strerror or err}") from err
        except (Exception, SystemExit) as err:  # whatever the author's code raises
            self.forget()
            raise LoadFailed(f"{file}: {type(err).__name__}: {err}") from err

    def model_class(self) -> type[Model]:
        """The one subclass of Model that the file defines.

        Raises:
            LoadFailed: there is none, or more than one.
        """
        found = [
            thing
            for thing in vars(self._module).values()
            if isinstance(thing, type)
            and issubclass(thing, Model)
            and thing.__module__ == self._name
        ]
        if len(found) != 1:
            names = ", ".join(thing.__name__ for thing in found) or "none"
            raise LoadFailed(
                f"{self._file}: expected one subclass of velaserve_runtime.model.Model, "
                f"found {names}"
            )
        return found[0]

    def forget(self) -> None:
        """Takes the module, and those it imported relatively, out of sys.modules."""
        prefix = self._name + "."
        for name in [name for name in sys.modules if name == self._name or name.startswith(prefix)]:
            del sys.modules[name]

    def _run(self) -> ModuleType:
        loader = _UncachedLoader(self._name, str(self._file))
        spec = importlib.util.spec_from_loader(self._name, loader)
        if spec is None:
            raise LoadFailed(f"{self._file} is not a Python file")
        spec.submodule_search_locations = [str(self._file.parent)]
        module = importlib.util.module_from_spec(spec)
        sys.modules[self._name] = module
        loader.exec_module(module)
        return module


class _UncachedLoader(SourceFileLoader):
    """Neither reads nor writes __pycache__, which misses an edit of the same size and second."""

    def path_stats(self, path: str) -> Mapping[str, object]:
        raise OSError(f"{path}: bytecode is not cached")
