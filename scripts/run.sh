#!/usr/bin/env bash
# Sets up, then serves, with the demo city when the database is empty.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh run
exec .venv/bin/ruang serve --demo "$@"
