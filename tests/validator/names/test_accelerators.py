# SPDX-License-Identifier: Apache-2.0
"""The table of accelerators: names that a Kubernetes API server takes, and no row in doubt."""

import re

import pytest

from velaserve_lint.names import Accelerator, accelerators, options

# Validation of Kubernetes: a domain, then a name of at most 63 characters.
RESOURCE = re.compile(r"(huawei|nvidia)\.com/[A-Za-z0-9]([-A-Za-z0-9._]{0,61}[A-Za-z0-9])?")


@pytest.mark.parametrize("row", accelerators().values(), ids=lambda row: row.chip)
def test_a_row_is_sound(row: Accelerator) -> None:
    assert not row.chip.isdecimal()
    parts = [name for name in (row.shared, row.memory, row.cores) if name]
    assert len(parts) in {0, 3}
    for name in [row.resource, *parts, *row.vnpu.values()]:
        assert RESOURCE.fullmatch(name), name
    assert (row.vendor == "nvidia") == row.resource.startswith("nvidia.com/") == bool(row.mig)


def test_the_server_knows_the_maker_of_every_chip() -> None:
    makers = {row.vendor for row in accelerators().values()}
    assert {*options()["device"].choices} == makers | {"cpu"}


@pytest.mark.parametrize("row", accelerators().values(), ids=lambda row: row.chip)
def test_a_template_and_its_resource_say_the_same(row: Accelerator) -> None:
    """vir10_3c_16g_nm is 10c.3cpu.16g.ndvpp: cores, CPUs, memory, whether with media units."""
    for template, resource in row.vnpu.items():
        cores, *rest = template.removeprefix("vir").split("_")
        words = {"nm": "ndvpp", "m": "dvpp"}
        want = [f"{int(cores)}c", *(words.get(w, w.replace("c", "cpu", 1)) for w in rest[:1])]
        want += [words.get(word, word) for word in rest[1:]]
        assert resource == f"{row.resource}-{'.'.join(want)}"


def test_a_slice_of_cores_is_smaller_than_its_card() -> None:
    rows = [row.npu_core for row in accelerators().values() if row.npu_core]
    assert rows
    for cores in rows:
        assert [*cores.parts] == sorted(cores.parts)
        assert max(cores.parts) < min(cores.whole)
        assert {*cores.level, *cores.dvpp} <= {*cores.parts}
        assert cores.product in {"ascend-310P", "ascend-910b"}
