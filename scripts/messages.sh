#!/usr/bin/env bash
# Compiles the translations and reports on them.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh run
.venv/bin/python scripts/messages.py compile
exec .venv/bin/python scripts/messages.py check
