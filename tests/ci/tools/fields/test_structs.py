# SPDX-License-Identifier: Apache-2.0
"""Equal structs are one, and each has a name by which a reader finds it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ci.tools.fields.structs import Structs

if TYPE_CHECKING:
    from ci.tools.schema import Json


def struct(**fields: Json) -> Json:
    return {"fields": fields, "required": []}


def named(root: Json) -> dict[str, Json]:
    structs = Structs()
    structs.add(root, ("Pod/v1",))
    made: dict[str, Json] = json.loads(structs.readable(json.dumps(structs.by_reference)))
    return made


def test_equal_structs_are_one_under_the_shortest_path() -> None:
    volume = struct(name="string")

    made = named(struct(deep=struct(volumes=[volume]), volumes=[volume]))

    assert made == {
        "#Pod/v1": struct(deep="#deep", volumes=["#volumes"]),
        "#deep": struct(volumes=["#volumes"]),
        "#volumes": struct(name="string"),
    }


def test_a_name_says_as_much_as_it_takes_to_be_the_only_one() -> None:
    made = named(struct(a=struct(env=struct(x="string")), b=struct(env=struct(y="string"))))

    assert made.keys() == {"#Pod/v1", "#a", "#b", "#a.env", "#b.env"}


def test_what_is_in_lists_mappings_and_limits_is_found() -> None:
    inner = struct(x="string")

    made = named(struct(a={"*": {"type": [inner], "maxItems": 2}}))

    assert made["#Pod/v1"] == struct(a={"*": {"type": ["#a"], "maxItems": 2}})


def test_the_order_of_what_is_added_changes_nothing() -> None:
    pod, job = struct(a=struct(x="string")), struct(b=struct(x="string"))
    texts = set()
    for roots in ((("Pod", pod), ("Job", job)), (("Job", job), ("Pod", pod))):
        structs = Structs()
        for name, root in roots:
            structs.add(root, (name,))
        texts.add(structs.readable(json.dumps(structs.by_reference, sort_keys=True)))

    assert len(texts) == 1
