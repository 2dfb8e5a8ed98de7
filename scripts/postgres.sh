#!/usr/bin/env bash
# Runs a command with RUANG_DATABASE_URL naming a PostgreSQL of its own, gone afterwards.
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
place=$(mktemp -d /tmp/ruang-postgres.XXXXXX)
as=()
if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$place"
    as=(setpriv --reuid postgres --regid postgres --clear-groups env -i "PATH=$PATH" LC_ALL=C.UTF-8)
fi
"${as[@]}" "$bin/initdb" --no-sync --auth=trust --username=ruang --encoding=UTF8 \
    --pgdata="$place/data" >/dev/null
stop() {
    "${as[@]}" "$bin/pg_ctl" stop --mode=immediate --pgdata="$place/data" >/dev/null 2>&1 || true
    rm -rf "$place"
}
trap stop EXIT
"${as[@]}" "$bin/pg_ctl" start --wait --pgdata="$place/data" --log="$place/log" \
    --options="-c listen_addresses='' -c unix_socket_directories=$place -c fsync=off" >/dev/null
RUANG_DATABASE_URL="postgresql://ruang@${place//\//%2F}/postgres" "$@"
