# Everything is in tools/, in Python's standard library. `make run` is all you need.
PYTHON ?= python3

.PHONY: run test check docs bench clean

run: ## The whole program with demo data: make run, make run PORT=8001
	@exec $(PYTHON) -m tools.run $(if $(PORT),--port $(PORT))

test: ## Set up and run all tests: make test, make test ARGS="tests/audit -x"
	@exec $(PYTHON) -m tools.test $(ARGS)

check: ## Lint, format, templates, migrations, and docs/ against the code
	@exec $(PYTHON) -m tools.check

docs: ## Print docs/rules.md and docs/workflow.md from the code
	@exec $(PYTHON) -m tools.manage print_docs

bench: ## Queries and milliseconds per page, as each role, on the demo data
	@exec $(PYTHON) -m tools.bench

clean: ## Throw away the demo database, documents and mails; keep what was fetched
	@exec $(PYTHON) -m tools.clean
