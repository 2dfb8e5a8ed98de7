#!/usr/bin/env bash
# Runs tests: `all` (SQLite, then PostgreSQL), `fast` (the inner loop), `fuzz`, `soak`.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh test
# The tests are rewritten and compiled once, not by each process of each run: half a minute.
export PYTHONDONTWRITEBYTECODE='' PYTHONPYCACHEPREFIX=$PWD/.build/compiled
tests=(.venv/bin/python -m pytest -q)
stores=(tests/audit tests/vault tests/territory tests/identity tests/clocks tests/filters tests/intake
    tests/cases tests/dossier tests/plans tests/consents tests/notify tests/register
    tests/prevention tests/planner tests/triage tests/referrals tests/jobs tests/live)
case ${1:-all} in
fast)
    exec "${tests[@]}" -n 2 -m "not browser and not slow"
    ;;
all)
    printf 'On SQLite\n'
    "${tests[@]}" -n 2 -m "not browser and not slow"
    printf 'Browsers and other slow tests, two files at a time\n'
    "${tests[@]}" -n 2 --dist loadfile -m "(browser or slow) and not alone"
    printf 'Kills, and what is timed, one after the other\n'
    "${tests[@]}" -m alone
    printf 'On PostgreSQL\n'
    exec scripts/postgres.sh "${tests[@]}" -n 2 -m "not browser and not slow" "${stores[@]}"
    ;;
fuzz)
    RUANG_STEPS=${STEPS:-200000} exec "${tests[@]}" -s tests/vault/test_give_and_revoke.py
    ;;
soak)
    RUANG_LIFE=${STEPS:-50000} "${tests[@]}" -s tests/life
    RUANG_KILLS=$((${2:-10} * 60)) exec "${tests[@]}" -s tests/attacks/test_kill.py
    ;;
*)
    printf 'test.sh: all, fast, fuzz or soak\n' >&2
    exit 2
    ;;
esac
