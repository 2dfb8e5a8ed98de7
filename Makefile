# Two commands are enough: `make run` and `make test`. Each target is one script.
PORT ?= 8000
BENCH ?= all
.DEFAULT_GOAL := help

help: ## Say what there is.
	@scripts/help.sh
run: ## Install, migrate, load the demo city into an empty database, serve. PORT=8000
	@scripts/run.sh --port $(PORT)
test: ## Run every test on SQLite, and those that touch the database on PostgreSQL too.
	@scripts/test.sh all
test-fast: ## Run the tests without browsers, kills and PostgreSQL.
	@scripts/test.sh fast
check: ## Lint, types, import directions, migrations, translations, settings.
	@scripts/check.sh
fix: ## Mend what tools can mend: format, imports, templates.
	@scripts/fix.sh
where: ## Print the code behind a page. URL=/kasus/
	@scripts/ruang.sh where "$(URL)"
shots: ## Render every page, phone and desktop, both languages, into the folder shots.
	@scripts/shots.sh
bench: ## Measure. BENCH=intake for one, DATA=folder for public instances.
	@scripts/bench.sh "$(BENCH)" "$(DATA)"
fuzz: ## Run the long random tests.
	@scripts/test.sh fuzz
soak: ## Live 50,000 steps of case life, then serve under load and kills for a while. MINUTES=10
	@scripts/test.sh soak "$(MINUTES)"
messages: ## Compile the translations and report what is missing, unused or in conflict.
	@scripts/messages.sh
.PHONY: help run test test-fast check fix where shots bench fuzz soak messages
