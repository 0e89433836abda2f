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
broken=0
cargo run --locked --quiet -p carillon-torture -- "$1" 2>&1 | tee "$output" || broken=1
if [ "$broken" -ne 0 ]; then
  # Once more at the very end, where whoever reads a long log looks first.
  say "what broke"
  grep -E -A6 '^(BREACH|torture: .*FAILED|Error)' "$output" >&2 || tail -n 20 "$output" >&2
  fail "the torture found a promise broken, or could not run"
fi
grep -q '^torture: ' "$output" || fail "the torture program printed no verdict (a line that begins with 'torture: ')"
