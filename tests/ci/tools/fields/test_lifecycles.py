# SPDX-License-Identifier: Apache-2.0
"""What Kubernetes' Go files say about the end of an API, and about choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ci.tools.fields import enums, lifecycles

if TYPE_CHECKING:
    from pathlib import Path

LIFECYCLE = """\
func (in *CronJob) APILifecycleIntroduced() (major, minor int) {
	return 1, 8
}

func (in *CronJob) APILifecycleDeprecated() (major, minor int) {
	return 1, 21
}

func (in *CronJob) APILifecycleReplacement() schema.GroupVersionKind {
	return schema.GroupVersionKind{Group: "batch", Version: "v1", Kind: "CronJob"}
}

func (in *CronJob) APILifecycleRemoved() (major, minor int) {
	return 1, 25
}

func (in *CronJobList) APILifecycleRemoved() (major, minor int) {
	return 1, 25
}

func (in *Job) APILifecycleIntroduced() (major, minor int) {
	return 1, 2
}
"""
OPENAPI = """\
func schema_k8sio_api_core_v1_Pod(ref common.ReferenceCallback) common.OpenAPIDefinition {
				Properties: map[string]spec.Schema{
					"policy": {
						SchemaProps: spec.SchemaProps{
							Enum:        []interface{}{"Always", "Never"},
						},
					},
					"modes": {
										Enum:    []interface{}{"Once"},
					},
func schema_pkg_apis_meta_v1_Other(ref common.ReferenceCallback) common.OpenAPIDefinition {
					"policy": {
							Enum:        []interface{}{"Else"},
"""


def test_an_api_that_ends(tmp_path: Path) -> None:
    folder = tmp_path / "batch" / "v1beta1"
    folder.mkdir(parents=True)
    (folder / lifecycles.FILE).write_text(LIFECYCLE, encoding="utf-8")
    (folder / "register.go").write_text('const GroupName = "batch"\n', encoding="utf-8")

    assert list(lifecycles.lifecycles(tmp_path)) == [
        lifecycles.Lifecycle("batch/v1beta1", "CronJob", (1, 21), (1, 25), "batch/v1")
    ]


def test_choices_by_struct_and_field(tmp_path: Path) -> None:
    file = tmp_path / enums.FILE
    file.parent.mkdir(parents=True)
    file.write_text(OPENAPI, encoding="utf-8")

    assert enums.choices(tmp_path) == {
        "#core.v1.Pod": {"policy": ["Always", "Never"], "modes": ["Once"]}
    }
