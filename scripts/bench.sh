#!/usr/bin/env bash
# Measures: bench.sh NAME [DATA]; NAME is "all" or one of `ruang bench --help`.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh test
if [ -n "${2:-}" ]; then set -- "$1" --data "$2"; else set -- "$1"; fi
exec .venv/bin/ruang bench "$@"
