# SPDX-License-Identifier: Apache-2.0
"""The table of pins, and the keys that the cache is ordered by."""

from dataclasses import replace
from pathlib import Path

import pytest

from ci.tools.cue import NEW, OLD
from ci.tools.errors import NotReady, PinsError
from ci.tools.pins import Module, Program, load, module, named, programs
from support.go_modules import write_local, write_pins

KUBERNETES = "kube-apiserver kube-controller-manager kube-scheduler kube-proxy kubelet kubectl"
OTHERS = (
    "vela vela-core vela-schema vela-step cue etcd kserve-manager kserve-router kserve-agent "
    "traefik pause"
)
METRICS = "prometheus metrics-server keda-operator keda-adapter"
PINNED = Module("example.test/hello", "1.2.3", "h1:a", programs={"hello": "cmd", "other": "b"})


def test_every_program_of_a_cluster_is_pinned() -> None:
    wanted = set(f"{KUBERNETES} {OTHERS} {METRICS}".split())
    assert {program.name for program in programs(load())} == wanted


def test_the_versions_that_others_rely_on() -> None:
    for name in ("vela", "vela-schema", "vela-step"):
        assert [str(program) for program in named(load(), name)] == [
            f"{name} 1.10.9",
            f"{name} 1.11.0",
        ]
    assert [program.module.version for program in named(load(), "cue")] == [OLD, NEW]
    assert module(load(), "sigs.k8s.io/gateway-api").version == "1.4.0"
    assert module(load(), "github.com/kedacore/keda/v2").version == "2.18.1"


def test_no_two_programs_share_a_key() -> None:
    keys = [program.key for program in programs(load())]
    assert len(set(keys)) == len(keys)


def test_a_version_is_built_in() -> None:
    kubernetes = module(load(), "k8s.io/kubernetes")
    for text in ("gitVersion=v1.34.4", "gitMajor=1", "gitMinor=34"):
        assert f"-X k8s.io/component-base/version.{text}" in kubernetes.flags[-1]


@pytest.mark.parametrize(
    "changed",
    [
        replace(PINNED, version="1.2.4"),
        replace(PINNED, sum="h1:b"),
        replace(PINNED, staging="0.2.3"),
        replace(PINNED, symbols={"main.version": "v{version}"}),
        replace(PINNED, cut={"main.go": ""}),
        replace(PINNED, programs={"hello": "cmd/hello"}),
    ],
    ids=["version", "sum", "staging", "symbols", "cut", "package"],
)
def test_a_key_changes_with_each_pin(changed: Module) -> None:
    assert Program("hello", changed).key != Program("hello", PINNED).key


def test_a_key_stays_when_other_programs_change() -> None:
    changed = replace(PINNED, programs={"hello": "cmd", "other": "c"}, ask={"hello": "--version"})
    assert Program("hello", changed).key == Program("hello", PINNED).key
    assert Program("other", changed).key != Program("other", PINNED).key


def test_a_key_changes_with_a_source_of_ours(tmp_path: Path) -> None:
    before = programs(load(write_local(tmp_path)))[0].key
    assert programs(load(write_local(tmp_path)))[0].key == before
    assert programs(load(write_local(tmp_path, "func main() { println() }")))[0].key != before


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ('version = "v1.2.3"\nsum = "h1:a"', "version must be like 1.2.3, without a v"),
        ('version = "1.2.3"\nfolder = "hi"\nsum = "a"', "sum must be the module's hash, 'h1:…'"),
        ('version = "1.2.3"', "sum must be the module's hash, 'h1:…'"),
        ('version = "1.2.3"\nsum = "h1:a"\nask = { hi = "-v" }', "ask names hi, which programs"),
        ('version = "1.2.3"\nsums = "h1:a"', "unexpected keyword argument 'sums'"),
        ("version = 1.2.3", "line 3"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, row: str, problem: str) -> None:
    pins = write_pins(tmp_path, f'[[module]]\npath = "example.test/hi"\n{row}\n')
    with pytest.raises(PinsError) as caught:
        load(pins)
    assert str(caught.value).startswith(str(pins))
    assert problem in str(caught.value)


def test_what_is_pinned_is_listed_when_a_name_is_not() -> None:
    with pytest.raises(NotReady, match=r"^helm is not pinned; these are: vela 1\.10\.9, vela-core"):
        named(load(), "helm")
    with pytest.raises(NotReady, match=r"^cue 9\.9\.9 is not pinned"):
        named(load(), "cue", "9.9.9")
    with pytest.raises(
        NotReady, match=r"^k8s\.io/metrics is not pinned; .*k8s\.io/kubernetes 1\.34\.4"
    ):
        module(load(), "k8s.io/metrics")
