# Two commands do everything on a fresh machine with Python 3.11+, make and git:
#
#     make serve            set up, build the seed index, open the chat page at http://127.0.0.1:7860
#     make test             lint, types, every test, eval gate
#
# While developing: `make unit` runs what needs neither PyTorch nor a browser, on a small install, in under two minutes.
# Beside them: make install | dev | full | ask Q="…" | lint | types | integration | eval | baseline | test-slow | test-gguf | test-cluster | golden | fuzz | format | clean

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check
INDEX  := indexes/seeds/current
UNSEEN := indexes/written/current
SOURCES = $(shell find qa/corpus qa/index qa/language -name '*.py') $(wildcard seeds/*.txt qa/models/encoder/*)

# llama.cpp is compiled: only what opening a file takes, which is six minutes of one core.
LLAMA = -DGGML_OPENMP=OFF -DGGML_LLAMAFILE=OFF -DLLAVA_BUILD=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_SERVER=OFF -DLLAMA_BUILD_TOOLS=OFF

.PHONY: serve ask test test-slow test-gguf test-cluster lint types unit integration eval baseline golden fuzz format install dev full clean

serve: $(INDEX)
	$(BIN)/qa serve --open

ask: $(INDEX)
	@$(BIN)/qa ask "$(Q)"

# What needs one core each runs side by side, once all is installed; the browser and the servers then have the machine to themselves.
test: full $(INDEX) $(UNSEEN)
	$(MAKE) --jobs=3 --output-sync=target lint types unit eval
	$(MAKE) integration

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.full
	$(BIN)/mypy

# Two processes with one thread each for arithmetic. Each runs whole files while it can, so that what the tests of a file share is made once;
# the one that is done first takes tests from the other.
unit: $(VENV)/.dev
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest --unit --numprocesses=2 --dist=worksteal

# What `make unit` leaves out: both together are every test but the slow ones.
integration: $(VENV)/.full
	$(BIN)/python -m pytest -m "(extra or browser or integration) and not slow and not gguf and not gpu and not cluster"

# The gate: articles that no fit has seen, then the seeds.
eval: $(VENV)/.dev $(INDEX) $(UNSEEN)
	$(BIN)/qa eval evals/written.jsonl --index written --baseline evals/written/baseline.json
	$(BIN)/qa eval evals/seeds.jsonl --baseline evals/baseline.json

baseline: $(VENV)/.dev $(INDEX) $(UNSEEN)
	$(BIN)/qa eval evals/written.jsonl --index written --baseline evals/written/baseline.json --update-baseline
	$(BIN)/qa eval evals/seeds.jsonl --baseline evals/baseline.json --update-baseline

test-slow: $(VENV)/.gguf
	$(BIN)/python -m pytest -m "slow or gguf"

test-gguf: $(VENV)/.gguf
	$(BIN)/python -m pytest -m "gguf"

# A Milvus of ten processes with a query node killed: some two GB of memory and four minutes. It takes etcd (apt-get install etcd-server) and
# the server's wheel, unpacked: pip download --no-deps milvus==2.3.5; python -m zipfile -e milvus-2.3.5-*.whl DIR; make test-cluster MILVUS_WHEEL=DIR
test-cluster: $(VENV)/.full
	$(BIN)/python -m pytest -m "cluster"

golden: $(VENV)/.dev
	$(BIN)/python -m pytest tests/corpus --update-golden -p no:randomly

# A million inputs over readers, masks, spans, dates, the page and the endpoints' bodies; about ten minutes of one free core.
fuzz: $(VENV)/.dev
	OMP_NUM_THREADS=1 $(BIN)/python evals/bench/attack/fuzz.py --inputs 1000000

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

install: $(VENV)/.installed

dev: $(VENV)/.dev

full: $(VENV)/.full

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Sitasi needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V). Cure: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(PIP) install --constraint constraints.txt --editable '.[dev]'
	@touch $@

$(VENV)/.full: $(VENV)/.dev
	$(PIP) install --constraint constraints.txt --editable '.[encoders,train,chat,mcp,milvus,postgres,dask,dev,test]'
	@touch $@

$(VENV)/.gguf: $(VENV)/.full
	CMAKE_ARGS="$(LLAMA)" $(PIP) install --constraint constraints.txt --editable '.[gguf]'
	@touch $@

$(INDEX): $(VENV)/.installed $(SOURCES)
	$(BIN)/qa build seeds --index seeds
	@touch $@

$(UNSEEN): $(VENV)/.installed $(SOURCES) evals/written/articles.jsonl
	$(BIN)/qa build evals/written/articles.jsonl --index written
	@touch $@

clean:
	rm -rf $(VENV) indexes/seeds indexes/written .mypy_cache .ruff_cache .pytest_cache .hypothesis
