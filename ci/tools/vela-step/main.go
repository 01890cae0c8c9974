// SPDX-License-Identifier: Apache-2.0

// Vela-step evaluates a workflow step with KubeVela's own code, once, without a cluster.
//
// From stdin it reads a JSON list of questions: `definition`, the step's CUE; `context` and
// `parameter`; and `returns`, what an action gives back by its path in the template, without which it
// gives nothing. It prints a list of answers: which actions ran, in their order, each with its
// `$params`, and the error where there was one.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/kubevela/pkg/cue/cuex"
	"github.com/oam-dev/kubevela/pkg/definition"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

type question struct {
	Definition string                     `json:"definition"`
	Context    json.RawMessage            `json:"context"`
	Parameter  json.RawMessage            `json:"parameter"`
	Returns    map[string]json.RawMessage `json:"returns"`
}

type action struct {
	Path   string          `json:"path"`
	Do     string          `json:"do"`
	Params json.RawMessage `json:"params,omitempty"`
}

type answer struct {
	Actions []action `json:"actions"`
	Error   string   `json:"error,omitempty"`
}

func main() {
	// Those are objects of a cluster, and there is none.
	cuex.EnableExternalPackageForDefaultCompiler = false
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		fail(err)
	}
	answers := make([]answer, 0, len(questions))
	for _, each := range questions {
		answers = append(answers, ask(each))
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fail(err)
	}
}

func ask(asked question) answer {
	template, err := templateOf(asked.Definition)
	if err != nil {
		return answer{Error: err.Error()}
	}
	ran := run{returns: asked.Returns, actions: []action{}}
	answered := answer{}
	if err := ran.evaluate(context.Background(), template, asked); err != nil {
		answered.Error = err.Error()
	}
	answered.Actions = ran.actions
	return answered
}

// The text that the controller has of a definition.
func templateOf(text string) (string, error) {
	read := definition.Definition{Unstructured: unstructured.Unstructured{Object: map[string]any{}}}
	if err := read.FromCUEString(text, nil); err != nil {
		return "", err
	}
	template, _, err := unstructured.NestedString(read.Object, "spec", "schematic", "cue", "template")
	return template, err
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
