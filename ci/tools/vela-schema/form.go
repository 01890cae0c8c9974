// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"

	"github.com/oam-dev/kubevela/pkg/utils/schema"
	"sigs.k8s.io/yaml"
)

// Form reads a UI schema as KubeVela does, and besides refuses what it would pass over.
func form(text []byte) ([]byte, error) {
	var read schema.UISchema
	if err := yaml.UnmarshalStrict(text, &read, yaml.DisallowUnknownFields); err != nil {
		return nil, err
	}
	if err := read.Validate(); err != nil {
		return nil, err
	}
	return json.Marshal(read)
}
