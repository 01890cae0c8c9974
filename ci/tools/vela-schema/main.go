// SPDX-License-Identifier: Apache-2.0

// Vela-schema asks KubeVela's own code for what it makes of definitions and of the forms of VelaUX.
//
// For each FILE.cue, a definition, it prints the OpenAPI schema that the controller would store; for
// each FILE.yaml the form as VelaUX would read it. What KubeVela refuses has its error.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/kubevela/pkg/cue/cuex"
)

type answer struct {
	Schema json.RawMessage `json:"schema,omitempty"`
	Error  string          `json:"error,omitempty"`
}

func main() {
	// Those are objects of a cluster, and there is none.
	cuex.EnableExternalPackageForDefaultCompiler = false
	answers := map[string]answer{}
	for _, file := range os.Args[1:] {
		answers[file] = ask(file)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func ask(file string) answer {
	text, err := os.ReadFile(file)
	if err != nil {
		return answer{Error: err.Error()}
	}
	read := openAPI
	if filepath.Ext(file) == ".yaml" {
		read = form
	}
	schema, err := read(text)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Schema: schema}
}
