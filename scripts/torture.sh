#!/usr/bin/env bash
# Kill and stop loops against the carrier's ledger. Use: scripts/torture.sh short|long
# A run counts only when the checker has printed its verdict, so that a program that did nothing fails.
set -Eeuo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib.sh
[[ "${1:-}" =~ ^(short|long)$ ]] || fail "use: scripts/torture.sh short|long"
CARILLON_TEST_POSTGRES_BIN=$(postgres_bin) || fail "PostgreSQL's server programs are missing: run scripts/setup.sh test"
export CARILLON_TEST_POSTGRES_BIN

output=$(mktemp)
trap 'rm -f "$output"' EXIT
cargo build --locked --quiet -p carillon -p carillon-torture
cargo run --locked --quiet -p carillon-torture -- "$1" | tee "$output"
grep -q '^torture: ' "$output" || fail "the torture program printed no verdict (a line that begins with 'torture: ')"
