# Everything a checkout needs is python3.11, make and pip. The first target that is asked for installs it.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BUILD ?= build
PYTHONS ?= 3.11 3.12 3.13
INSTALLED := $(VENV)/.installed
RUN := $(VENV)/bin/python -m
EXAMPLE ?= $(firstword $(wildcard examples/*.assess))
GATE := $(BUILD)/gate
ALONE := HOME=$(abspath $(GATE)) XDG_CONFIG_HOME=$(abspath $(GATE)) $(VENV)/bin/assesslint # whom it trusts stays in the folder

.PHONY: demo test bench quality lint rules site licences wheel textmate bundle lock golden

demo: $(INSTALLED)  ## check the examples, compare with what is expected of them, leave annotated copies of the office files, publish and verify
	$(RUN) tests.examples
	@mkdir -p $(BUILD)/annotated
	@$(VENV)/bin/assesslint check $(wildcard examples/*.docx examples/*.xlsx) --annotate $(BUILD)/annotated/ \
	  --opinion $(BUILD)/annotated/审核意见.docx > /dev/null || test $$? -eq 1
	@rm -rf $(GATE) && mkdir -p $(GATE)
	$(ALONE) keys new --out $(GATE)/keys
	$(ALONE) keys trust $(GATE)/keys/signing-key.pub.pem
	$(ALONE) publish examples/15-good-government-services.assess --key $(GATE)/keys/signing-key.pem -o $(GATE)/published
	$(ALONE) verify $(GATE)/published
	$(ALONE) publish examples/17-word-draft.docx --key $(GATE)/keys/signing-key.pem -o $(GATE)/refused > $(GATE)/refused.txt; test $$? -eq 1
	@tail -n 2 $(GATE)/refused.txt && test ! -e $(GATE)/refused
	$(ALONE) waive examples/12-refilling-data-that-hardly-change.md obtainable-data --reason 全省普查 --approver 减负办 --until 2099-12-31 \
	  --key $(GATE)/keys/signing-key.pem -o $(GATE)/waiver.json
	$(ALONE) keys trust $(GATE)/keys/signing-key.pub.pem --for waivers --name 减负办 --rules obtainable-data
	$(ALONE) publish examples/12-refilling-data-that-hardly-change.md --waivers $(GATE)/waiver.json --key $(GATE)/keys/signing-key.pem -o $(GATE)/waived
	$(ALONE) verify $(GATE)/waived
	$(ALONE) keys trust $(GATE)/keys/signing-key.pub.pem --for register
	$(ALONE) register add $(GATE)/register.db $(GATE)/published $(GATE)/waived --key $(GATE)/keys/signing-key.pem
	$(ALONE) register list $(GATE)/register.db --for 清河县双桥镇
	$(ALONE) register audit $(GATE)/register.db
	@cp -r $(GATE)/published $(GATE)/altered && echo >> $(GATE)/altered/report.json
	$(ALONE) verify $(GATE)/altered; test $$? -eq 1

test: $(INSTALLED)
	$(RUN) pytest

bench: $(INSTALLED)  ## measure speed; see docs/benchmarks.md
	$(RUN) pytest tests/benchmarks -o python_files="bench_*.py" -p no:xdist

quality: $(INSTALLED)
	$(RUN) tests.quality

lint: $(INSTALLED)
	$(RUN) ruff check
	$(RUN) mypy

rules: $(INSTALLED)  ## try the rules on their examples, put them to the solver, and show that the example pack that tightens conforms to them
	$(VENV)/bin/assesslint rules check rules
	$(VENV)/bin/assesslint rules test rules
	$(VENV)/bin/assesslint rules test examples/packs/hunan
	mkdir -p $(BUILD)
	$(VENV)/bin/assesslint rules prove rules > $(BUILD)/proofs.txt
	tail -n 1 $(BUILD)/proofs.txt
	$(VENV)/bin/assesslint rules prove examples/packs/hunan --conforms-to rules

site: $(INSTALLED)  ## the rules as a static site
	mkdir -p $(BUILD)
	$(VENV)/bin/assesslint rules docs rules -o $(BUILD)/site

licences: $(INSTALLED)
	$(RUN) tests.licences

wheel: $(INSTALLED)  ## build the wheel, install it elsewhere, and use it there
	rm -rf $(BUILD)/wheel $(BUILD)/venv $(BUILD)/new
	$(VENV)/bin/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir $(BUILD)/wheel .
	$(PYTHON) -m venv $(BUILD)/venv
	$(BUILD)/venv/bin/pip install --quiet --require-hashes -r requirements.lock
	$(BUILD)/venv/bin/pip install --quiet --no-deps $(BUILD)/wheel/*.whl
	$(BUILD)/venv/bin/assesslint rules
	$(BUILD)/venv/bin/assesslint init $(BUILD)/new
	$(BUILD)/venv/bin/assesslint check $(EXAMPLE) || test $$? -eq 1

textmate:  ## the engine that colours texts in VS Code, for the tests of our grammars; needs npm
	rm -rf $(BUILD)/textmate && mkdir -p $(BUILD)/textmate
	cp tests/lsp/textmate/package.json tests/lsp/textmate/package-lock.json $(BUILD)/textmate
	npm ci --silent --ignore-scripts --prefix $(BUILD)/textmate

bundle: $(INSTALLED)  ## a folder for office machines without a network, for each of PYTHONS: wheels, a start script, a guide
	$(VENV)/bin/python .bundle/build.py $(BUILD)/bundle $(PYTHONS)

COMPILE := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

lock: $(INSTALLED)  ## resolve the dependencies anew
	$(VENV)/bin/pip install --quiet uv
	$(COMPILE) --extra all pyproject.toml -o requirements.lock
	$(COMPILE) --extra desk -c requirements.lock pyproject.toml -o requirements-desk.lock
	$(COMPILE) --extra all pyproject.toml --group dev -o requirements-dev.lock

golden: $(INSTALLED)  ## write all golden files anew; review them as a diff
	GOLDEN=write $(RUN) pytest
	$(RUN) tests.examples --write

$(INSTALLED): requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --require-hashes -r requirements-dev.lock
	$(VENV)/bin/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@
