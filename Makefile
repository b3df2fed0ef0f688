# Everything happens in .venv. What is set up once is not set up again, so a second run is quick and needs no network.

python = .venv/bin/python
lock = .venv-lock/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-options \
	--build-deps-for editable

# Tests wait for browsers and servers now and then: one more at a time than there are processors.
workers = $(shell echo $$(($$(nproc 2>/dev/null || echo 2) + 1)))

# What is compiled once is not compiled again by every process.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo test coverage format golden page screenshots reliability fuzz mutations wheel lock clean

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

setup: ## set up .venv with kg and all that its tests need
	@tools/setup.sh test

demo: ## check and build the example, ask it a question, and say which page to open
	@tools/setup.sh run
	.venv/bin/kg check
	.venv/bin/kg build
	.venv/bin/kg query parties --param pact=gsomia --evidence
	@$(python) -c 'import pathlib; print("\nOpen", pathlib.Path("site/index.html").resolve().as_uri())'

test: setup ## ruff, mypy, and the tests
	$(python) -m ruff check
	$(python) -m ruff format --check
	$(python) -m mypy
	$(python) -m pytest -n $(workers) --dist loadscope

coverage: setup ## the tests again, and which lines they run
	$(python) -m pytest -n $(workers) --dist loadscope --cov

format: setup ## put code into its form
	$(python) -m ruff check --fix
	$(python) -m ruff format

golden: setup ## rewrite tests/golden from what the code gives now; read the difference before committing it
	$(python) -m pytest -q --update

page: ## check, test and bundle the page's scripts (needs Node.js and npm)
	cd kg/page/scripts && npm ci --ignore-scripts && npm run format && npm run check && npm test && npm run build

screenshots: setup ## draw the pictures of the docs anew, in Chromium
	PYTHONPATH=. $(python) tests/screenshots.py

reliability: setup ## measure what THREAT_MODEL.md promises, beside other programs, and write docs/reliability.md (long)
	nice -n 10 $(python) benchmarks/reliability.py

# Each target runs for MINUTES (5); what breaks a law is written to a file crash-..., and is to become a test.
fuzz: ## fuzz what reads YAML, dates and queries, guided by coverage, in an environment of its own
	test -d .venv-fuzz || { $(or $(PYTHON),python3.11) -m venv .venv-fuzz && \
	.venv-fuzz/bin/python -m pip -q install --require-hashes --no-deps -r requirements/run.txt && \
	.venv-fuzz/bin/python -m pip -q install atheris==3.0.0; }
	for target in edtf query reader; do nice -n 10 .venv-fuzz/bin/python benchmarks/fuzz.py $$target \
	-max_total_time=$$(($(or $(MINUTES),5) * 60)) || exit 1; done

mutations: setup ## change the code in small ways, and count which of them the tests notice (long)
	nice -n 10 $(python) benchmarks/mutations.py

wheel: setup ## build the source archive and the wheel into dist/
	$(python) -m build --no-isolation

# The oldest Python requires most. It pins for the newer ones too.
lock: ## pin anew what setup.cfg asks for (needs a network)
	$(or $(PYTHON),python3.11) -m venv --clear .venv-lock
	.venv-lock/bin/python -m pip -q install pip-tools==7.6.2
	$(lock) -o requirements/run.txt setup.cfg
	$(lock) --extra test -c requirements/run.txt -o requirements/test.txt setup.cfg

clean: ## remove everything that was made here
	rm -rf .venv .venv-lock .venv-fuzz .venv-others site build dist *.egg-info .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
