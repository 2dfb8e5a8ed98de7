#!/usr/bin/env bash
# Runs the command line of a checkout that is set up.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh run
exec .venv/bin/ruang "$@"
