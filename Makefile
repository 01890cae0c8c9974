# SPDX-License-Identifier: Apache-2.0
# For GNU make 3.81 and any POSIX sh. pip's own settings apply (index, proxy, certificates).

PYTHON ?=
export PYTHON
BIN := .venv/bin
PIPFILES := pyproject.toml constraints.txt ci/setup.sh
DEV := .venv/.installed-dev
PLAIN := .venv/.installed-plain
# An environment of `make setup` also serves; without one, what a user would install is enough.
READY := $(if $(wildcard $(DEV)),$(DEV),$(PLAIN))
SOURCES := $(shell find runtime validator -type f ! -name '*.pyc')
# What must also work with the oldest numpy and protobuf that pyproject.toml allows.
OLDEST_TESTS := tests/runtime/protocol
# Torch and kserve beside it change what a process can import: that matters to the server, to its
# clients and to the models. CI's tools, the linter, definitions and documents import neither, and
# the protocol's packages are the same versions as without them: make test has those.
BESIDE_TORCH := tests/applications tests/docs/test_readme.py tests/runtime tests/test_layers.py
WITHOUT_TORCH := tests/applications/test_examples.py tests/runtime/protocol
# What runs with onnxruntime-cann, which never shares an environment with onnxruntime.
CANN_TESTS := tests/runtime/backends/ascend
# In a process for each core: tests/support/side_by_side.py says which tests share one.
SIDE_BY_SIDE := -n logical --maxprocesses 8

.PHONY: help setup fmt lint test test-all test-ascend golden demo up bench generate tools cluster cluster-down cluster-status cluster-env e2e e2e-all images install addon clean

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z0-9\/-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

setup: $(DEV) ## .venv with everything that fmt, lint and test need

$(DEV): $(PIPFILES)
	@ci/setup.sh .venv 3.14 constraints.txt -e '.[dev]'
	@rm -f $(PLAIN)
	@touch $@

$(PLAIN): $(PIPFILES) $(SOURCES)
	@ci/setup.sh .venv 3.14 constraints.txt '.[onnx,grpc]'
	@touch $@

.venv-all/.installed: $(PIPFILES)
	@ci/setup.sh .venv-all 3.13 constraints.txt -e '.[dev,torch,kserve]' scikit-learn
	@touch $@

.venv-oldest/.installed: pyproject.toml constraints-oldest.txt ci/setup.sh
	@ci/setup.sh .venv-oldest 3.12 constraints-oldest.txt -e '.[runtime]' pytest hypothesis
	@touch $@

# numpy 1, which onnxruntime-cann is built for, ends at Python 3.12.
.venv-cann/.installed: pyproject.toml constraints-ascend.txt ci/setup.sh
	@ci/setup.sh .venv-cann 3.12 constraints-ascend.txt -e '.[ascend,grpc]' hypothesis onnx pytest
	@touch $@

fmt: $(DEV) ## format and mend what can be mended
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/ruff format .
	$(BIN)/python -m ci.tools.check_cue --fix

lint: $(DEV) ## ruff, mypy, CUE, licence lines
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m ci.tools.check_cue
	$(BIN)/python -m ci.tools.check_spdx

test: $(DEV) ## the tests that need no heavy package
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) -m 'not heavy and not e2e and not cann'

test-all: .venv-all/.installed .venv-oldest/.installed ## what make test leaves out; the core with the oldest packages
	# What skips here, for want of grpcio-tools and tritonclient, runs in make test.
	VELASERVE_REQUIRE_ALL=0 .venv-oldest/bin/python -m pytest $(OLDEST_TESTS)
	.venv-all/bin/python -c 'import kserve, onnx, sklearn, torch'
	.venv-all/bin/python -m pytest $(SIDE_BY_SIDE) -m 'not e2e and not cann' $(BESIDE_TORCH) $(WITHOUT_TORCH:%=--ignore=%)
	# Clusters: there can be one at a time, and it takes all cores.
	.venv-all/bin/python -m pytest -m heavy tests/ci

test-ascend: .venv-cann/.installed ## ONNX by the real onnxruntime-cann, on a simulator of CANN's libraries
	.venv-cann/bin/python -m pytest -m cann $(CANN_TESTS)

golden: $(DEV) ## rewrite what the golden tests expect; then look at the difference
	VELASERVE_UPDATE_GOLDEN=1 $(BIN)/python -m pytest -q -k golden tests/components tests/traits tests/validator/test_golden.py tests/validator/rules

demo: ## serve a digit classifier, ask it over REST and gRPC, stop
	@start=$$(date +%s); $(MAKE) -s $(READY) && \
	VELASERVE_INSTALL_S=$$(($$(date +%s) - start)) $(BIN)/velaserve demo

up: $(READY) ## serve applications/digits.yaml until Ctrl-C
	@$(BIN)/velaserve up applications/digits.yaml --pvc models=applications/models

bench: $(DEV) ## requests a second, what probes wait, beside a bare echo; what linting costs
	$(BIN)/python ci/bench/quick.py
	$(BIN)/python -m ci.bench.probe
	$(BIN)/python ci/bench/lint.py

generate: $(DEV) ## rewrite the files that are made from others
	$(BIN)/python -m ci.tools.names
	$(BIN)/python -m ci.tools.policy
	$(BIN)/python -m ci.tools.definitions
	$(BIN)/python -m ci.tools.schema
	$(BIN)/python -m ci.tools.builtins
	$(BIN)/python -m ci.tools.fields
	$(BIN)/python -m ci.tools.kserve_tables
	$(BIN)/python -m ci.tools.promql
	$(BIN)/python -m ci.tools.checklist
	$(BIN)/python -m ci.tools.reference
	$(BIN)/python -m ci.tools.rule_pages
	$(BIN)/python -m ci.tools.protobuf
	$(BIN)/python -m ci.images.dockerfile

tools: ## build the programs of a cluster with Go, into the user's cache; one: make tools/cue
	@ci/tools/tools.sh build

tools/%:
	@ci/tools/tools.sh build $*

install: $(DEV) ## put runtime and definitions on the cluster of KUBECONFIG, once it has what they need
	@$(BIN)/python -m ci.install

addon: $(DEV) ## dist/addon/velaserve for `vela addon enable`, dist/velaserve.yaml for `kubectl apply`
	@$(BIN)/python -m ci.addon

images: $(DEV) ## make the images without Docker, into the user's cache (root, Debian)
	@$(BIN)/python -m ci.images

cluster: $(DEV) ## a Kubernetes cluster on this machine with KubeVela, KServe, a gateway and velaserve (root, Debian)
	@$(BIN)/python -m ci.cluster up

cluster-down: $(DEV) ## remove everything that make cluster made, also after a crash
	@$(BIN)/python -m ci.cluster down

cluster-status: $(DEV) ## what of the cluster runs, and where its log is
	@$(BIN)/python -m ci.cluster status

cluster-env: ## print what a shell evaluates to use the cluster: eval "$$(make -s cluster-env)"
	@$(BIN)/python -m ci.cluster env

e2e: $(DEV) ## the end-to-end tests, on the cluster of KUBECONFIG or else of make cluster
	$(BIN)/python -m pytest -m 'not long' tests/e2e

e2e-all: $(DEV) ## those, too, that take long: every bad release, time-outs of minutes, load for half an hour
	$(BIN)/python -m pytest tests/e2e

clean: ## remove the virtual environments and what the tools left
	rm -rf .venv .venv-all .venv-cann .venv-oldest .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
