# SPDX-License-Identifier: Apache-2.0
"""Objects that are put together layer by layer, and where each part is from."""

from __future__ import annotations

from velaserve_lint.checklist.derived import Origin
from velaserve_lint.checklist.keyed import keyed
from velaserve_lint.checklist.sketch import Sketch
from velaserve_lint.cursor import Cursor
from velaserve_lint.source import read

TEXT = """\
word: whole
below:
  env:
    - {name: a, value: 1}
    - {name: b, value: 2}
  plain: [1, 2]
over: {deep: {x: 9}}
"""


def written() -> Cursor:
    [document] = read(TEXT, "a.yaml").documents
    return Cursor(document, (), document.data)


def test_lists_of_named_things_are_keyed() -> None:
    assert keyed([{"name": "a", "x": 1}]) == {"name=a": {"x": 1}}
    for kept in ([], [1], [{"x": 1}], [{"name": "a"}, {"name": "a"}], [{"name": 1}]):
        assert keyed(kept) == kept  # type: ignore[arg-type]  # of several types


def test_layers_lie_over_each_other_and_under() -> None:
    sketch = Sketch(Origin(written().at("word")), {"a": {"x": 1, "env": [{"name": "e", "v": 1}]}})
    over = Origin(written().at("over"))

    sketch.lay(("a",), {"x": 2, "y": 3, "env": [{"name": "f"}]}, over)
    sketch.lay(("a",), {"y": 4, "z": 5, "env": [{"name": "e", "v": 2, "w": 3}]}, over, under=True)

    assert sketch.cursor("a.yaml").value == {
        "a": {
            "x": 2,
            "y": 3,
            "z": 5,
            "env": [{"name": "e", "v": 1, "w": 3}, {"name": "f"}],
        }
    }


def test_a_path_makes_what_is_missing() -> None:
    sketch = Sketch(Origin(written()))

    sketch.lay(("a", "name=x", "b"), 1, Origin(written()))
    sketch.drop(("a", "name=x", "missing"))
    sketch.drop(("nowhere", "at", "all"))

    assert sketch.cursor("a.yaml").value == {"a": [{"name": "x", "b": 1}]}
    assert sketch.value("a", "name=x", "b") == 1
    sketch.drop(("a",))
    assert sketch.keys() == []


def test_places_are_those_of_the_parts() -> None:
    root = written()
    sketch = Sketch(Origin(root.at("word")))
    sketch.lay(("copy",), root.at("below").value, Origin(root.at("below"), is_copy=True))
    sketch.lay(("copy", "env", "name=b", "value"), 3, Origin(root.at("over"), is_copy=True))
    made = sketch.cursor("a.yaml")

    assert made.at("copy", "env", 0, "value").place == root.at("below", "env", 0, "value").place
    assert made.at("copy", "env", 0, "value").key == root.at("below", "env", 0, "value").key
    assert made.at("copy", "plain", 1).place == root.at("below", "plain", 1).place
    assert made.at("copy", "env", 1, "value").place == root.at("over").place
    assert made.at("other", "thing").place == root.at("word").place
    assert made.at("other", "thing").key == root.at("word").place


def test_what_is_laid_into_a_copy_does_not_change_what_was_written() -> None:
    root = written()
    sketch = Sketch(Origin(root, is_copy=True), root.value)
    sketch.lay(("over", "deep", "x"), 1, Origin(root))

    assert root.at("over", "deep", "x").value == 9


def test_keys_that_look_like_names_are_no_trouble() -> None:
    [document] = read("name=a: {x: 1}\n", "a.yaml").documents
    root = Cursor(document, (), document.data)
    sketch = Sketch(Origin(root, is_copy=True), root.value)
    sketch.lay(("name=a",), {"y": 1}, Origin(root, is_copy=True), under=True)

    assert sketch.cursor("a.yaml").at("name=a", "y").place


def test_a_spot_is_where_its_part_is_from() -> None:
    root = written()
    sketch = Sketch(Origin(root.at("word")))
    sketch.lay(("deep",), {"x": 1}, Origin(root.at("over", "deep"), is_copy=True))
    found = sketch.cursor("a.yaml").at("deep", "x")

    assert found.spot.place == found.place == root.at("over", "deep", "x").place
