#!/usr/bin/env bash
# Renders every page for looking at.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh test
exec .venv/bin/python -m scripts.shots "$@"
