#!/usr/bin/env bash
# Puts the templates into one form, or with --check says which are not.
set -euo pipefail
cd "$(dirname "$0")/.."
mapfile -d '' -t pages < <(find ruang -name '*.html' -print0)
[ ${#pages[@]} -eq 0 ] || .venv/bin/djade --target-version 5.2 "$@" "${pages[@]}"
