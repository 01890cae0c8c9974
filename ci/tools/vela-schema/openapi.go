// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/oam-dev/kubevela/apis/core.oam.dev/v1beta1"
	"github.com/oam-dev/kubevela/pkg/controller/utils"
	"github.com/oam-dev/kubevela/pkg/definition"
)

// OpenAPI is what the controller does of a definition that has come to the cluster.
func openAPI(text []byte) ([]byte, error) {
	read := definition.Definition{Unstructured: unstructured.Unstructured{Object: map[string]any{}}}
	if err := read.FromCUEString(string(text), nil); err != nil {
		return nil, err
	}
	switch kind := read.GetKind(); kind {
	case v1beta1.ComponentDefinitionKind:
		var typed v1beta1.ComponentDefinition
		if err := into(read, &typed); err != nil {
			return nil, err
		}
		capability := utils.NewCapabilityComponentDef(&typed)
		return capability.GetOpenAPISchema(context.Background(), typed.Name)
	case v1beta1.TraitDefinitionKind:
		var typed v1beta1.TraitDefinition
		if err := into(read, &typed); err != nil {
			return nil, err
		}
		capability := utils.NewCapabilityTraitDef(&typed)
		return capability.GetOpenAPISchema(context.Background(), typed.Name)
	case v1beta1.WorkflowStepDefinitionKind:
		var typed v1beta1.WorkflowStepDefinition
		if err := into(read, &typed); err != nil {
			return nil, err
		}
		capability := utils.NewCapabilityStepDef(&typed)
		return capability.GetOpenAPISchema(context.Background(), typed.Name)
	default:
		return nil, fmt.Errorf("%s is none of component, trait and workflow step", kind)
	}
}

func into(read definition.Definition, typed any) error {
	return runtime.DefaultUnstructuredConverter.FromUnstructured(read.Object, typed)
}
