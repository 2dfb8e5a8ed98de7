#!/usr/bin/env bash
# Everything that can be known without running the program's tests.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh test
export DJANGO_SETTINGS_MODULE=config.settings
RUANG_DATA=$(mktemp -d) # what is checked here is the code, not the data of this checkout
export RUANG_DATA
trap 'rm -rf "$RUANG_DATA"' EXIT
failed=()
run() {
    local name=$1
    shift
    printf '%-12s' "$name"
    if output=$("$@" 2>&1); then
        printf 'ok\n'
    else
        printf 'FAILED\n%s\n' "$output"
        failed+=("$name")
    fi
}
run lint .venv/bin/ruff check --quiet .
run format .venv/bin/ruff format --quiet --check .
run templates scripts/templates.sh --check
run types .venv/bin/mypy --strict ruang config
run imports .venv/bin/lint-imports
run migrations .venv/bin/python -m django makemigrations --check --dry-run
run words .venv/bin/python scripts/messages.py check
run settings .venv/bin/ruang check
[ ${#failed[@]} -eq 0 ] || { printf 'check: failed: %s\n' "${failed[*]}"; exit 1; }
printf 'check: ok\n'
