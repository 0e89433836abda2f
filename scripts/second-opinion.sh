#!/usr/bin/env bash
# Starts the simulated carrier and lets the vendor's own Python library judge it. Set-up: scripts/setup.sh test
set -Eeuo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib.sh
[ -x .venv/bin/python ] || fail "the Python environment is missing: run scripts/setup.sh test"

first_line=$(mktemp)
cargo build --locked --quiet -p carillon-simulator --example serve
"${CARGO_TARGET_DIR:-target}/debug/examples/serve" --speed 20 --cps 0 >"$first_line" &
simulator=$!
trap 'kill "$simulator" 2>/dev/null || true; rm -f "$first_line"' EXIT
for _ in $(seq 300); do
  [ -s "$first_line" ] && break
  kill -0 "$simulator" 2>/dev/null || fail "the simulator did not start"
  sleep 0.1
done
[ -s "$first_line" ] || fail "the simulator gave no address"
.venv/bin/python scripts/second-opinion/check.py "$(head -n 1 "$first_line")"
