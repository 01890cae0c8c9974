# SPDX-License-Identifier: Apache-2.0
"""What a model process finds around it."""

from __future__ import annotations

import functools
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.models import write_python
from velaserve_runtime.backends.process.instance import ProcessInstance
from velaserve_runtime.backends.python_model import PythonInstance
from velaserve_runtime.protocol.errors import LoadFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_runtime.backends.instance import Arrays

SEEING = '''
    """Tells what stood in the environment when its libraries were imported."""

    import os
    at_import = dict(os.environ)
    inputs = (TensorSpec("names", "BYTES", (-1,)),)
    outputs = (TensorSpec("values", "BYTES", (-1,)), TensorSpec("directory", "BYTES", (1,)))

    def predict(self, inputs):
        import os
        import numpy as np
        values = [self.at_import.get(name.decode(), "") for name in inputs["names"]]
        return {"values": np.array(values), "directory": np.array([os.getcwd()])}
'''


def seen(
    folder: Path, names: list[bytes], directory: Path | None, environment: Mapping[str, str] | None
) -> Arrays:
    """What a model in a process sees."""
    build = functools.partial(PythonInstance, write_python(folder, SEEING) / "model.py")
    instance = ProcessInstance(build, directory, environment)
    try:
        instance.load()
        return instance.execute({"names": np.array(names, np.object_)})
    finally:
        instance.close()


def test_the_server_s_surroundings_are_inherited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASCEND_RT_VISIBLE_DEVICES", "3")

    outputs = seen(tmp_path, [b"ASCEND_RT_VISIBLE_DEVICES"], None, None)

    assert outputs["values"].tolist() == [b"3"]
    assert outputs["directory"].tolist() == [os.fsencode(Path.cwd())]


def test_the_builder_s_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASCEND_RT_VISIBLE_DEVICES", "3")
    monkeypatch.setenv("OF_THE_SERVER", "kept")
    cache = tmp_path / "cache"
    cache.mkdir()
    names = [b"ASCEND_RT_VISIBLE_DEVICES", b"OF_THE_SERVER"]

    outputs = seen(tmp_path, names, cache, {"ASCEND_RT_VISIBLE_DEVICES": "5"})

    assert outputs["values"].tolist() == [b"5", b"kept"]
    assert outputs["directory"].tolist() == [os.fsencode(cache)]
    assert os.environ["ASCEND_RT_VISIBLE_DEVICES"] == "3"


def test_files_in_the_folder_are_no_modules(tmp_path: Path) -> None:
    for name in ("logging", "numpy", "pickle", "velaserve_runtime"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('imported from the folder')\n")

    outputs = seen(tmp_path / "model", [], tmp_path, None)

    assert outputs["directory"].tolist() == [os.fsencode(tmp_path)]


def test_a_process_that_cannot_be_started_is_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))

    with pytest.raises(LoadFailed, match=f"cannot be started: .*No such file.*{tmp_path}/python"):
        seen(tmp_path, [], None, None)


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "cache"

    with pytest.raises(LoadFailed, match=f"cannot work in {missing}: No such file"):
        seen(tmp_path, [], missing, None)
