#!/usr/bin/env bash
# Mends what tools can mend.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh test
.venv/bin/ruff check --fix-only --quiet .
.venv/bin/ruff format .
scripts/templates.sh || true
