// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"cuelang.org/go/cue"
	"github.com/kubevela/pkg/cue/cuex"
	cuexruntime "github.com/kubevela/pkg/cue/cuex/runtime"
	"github.com/kubevela/pkg/util/runtime"
	"github.com/kubevela/workflow/pkg/providers/builtin"
	"github.com/kubevela/workflow/pkg/providers/http"
	"github.com/kubevela/workflow/pkg/providers/kube"
	"github.com/kubevela/workflow/pkg/providers/time"
	"github.com/oam-dev/kubevela/pkg/workflow/providers/oam"
	kubejson "k8s.io/apimachinery/pkg/util/json"
)

// One evaluation. Its actions have KubeVela's own templates, and do nothing.
type run struct {
	returns map[string]json.RawMessage
	actions []action
}

// What ends an evaluation: a step that waits or fails does nothing after that.
var errEnd = errors.New("the evaluation ends")

func (r *run) evaluate(ctx context.Context, template string, asked question) error {
	compiler := cuex.NewCompilerWithInternalPackages(
		r.pretended("builtin", builtin.GetTemplate(), builtin.GetProviders()),
		r.pretended("http", http.GetTemplate(), http.GetProviders()),
		r.pretended("kube", kube.GetTemplate(), kube.GetProviders()),
		r.pretended("oam", oam.GetTemplate(), oam.GetProviders()),
		r.pretended("time", time.GetTemplate(), time.GetProviders()),
	)
	given := fmt.Sprintf("context: %s\nparameter: %s", asked.Context, asked.Parameter)
	value, err := compiler.CompileString(ctx, strings.Join([]string{template, given}, "\n"))
	if err != nil {
		if called, is := err.(cuex.FunctionCallError); is && called.Err == errEnd {
			return nil
		}
		return err
	}
	return value.Err()
}

func (r *run) pretended(name, template string, real map[string]cuexruntime.ProviderFn) cuexruntime.Package {
	providers := map[string]cuexruntime.ProviderFn{}
	for do := range real {
		providers[do] = pretence{run: r, do: name + "." + do}
	}
	return runtime.Must(cuexruntime.NewInternalPackage(name, template, providers))
}

type pretence struct {
	run *run
	do  string
}

// Call notes the action and fills in what it returns.
func (p pretence) Call(_ context.Context, value cue.Value) (cue.Value, error) {
	path := value.Path().String()
	params, err := value.LookupPath(cue.ParsePath("$params")).MarshalJSON()
	if err != nil {
		return value, fmt.Errorf("%s: %w", path, err)
	}
	p.run.actions = append(p.run.actions, action{Path: path, Do: p.do, Params: params})
	switch p.do {
	case "builtin.fail", "builtin.wait":
		return value, errEnd
	}
	if returned, known := p.run.returns[path]; known {
		var decoded any
		// Kubernetes' own: a count is no float.
		if err := kubejson.Unmarshal(returned, &decoded); err != nil {
			return value, err
		}
		return value.FillPath(cue.ParsePath("$returns"), decoded), nil
	}
	return value, nil
}
