#!/usr/bin/env bash
# Lets the vendor's own Python library judge what we sign, speak and write: four programs, one line each.
# Every one of them runs, and the end is an error if any says no. Set-up: scripts/setup.sh test
set -Eeuo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib.sh
[ -x .venv/bin/python ] || fail "the Python environment is missing: run scripts/setup.sh test"

work=$(mktemp -d)
simulators=()
trap 'kill "${simulators[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT

# Starts a simulated carrier of its own, with the given flags, and sets $address.
start_simulator() {
  local first_line="$work/address-${#simulators[@]}"
  # Here already, since the child may open it later than it is read.
  : >"$first_line"
  "${CARGO_TARGET_DIR:-target}/debug/examples/serve" --speed 20 --cps 0 "$@" >"$first_line" &
  simulators+=("$!")
  for _ in $(seq 300); do
    address=$(head -n 1 "$first_line")
    [ -z "$address" ] || return 0
    kill -0 "${simulators[-1]}" 2>/dev/null || fail "the simulator did not start"
    sleep 0.1
  done
  fail "the simulator gave no address"
}

# Runs one program and prints its closing line, or all that it says when it says no.
failed=0
opinion() {
  local name=$1 said
  shift
  if said=$(timeout 300 .venv/bin/python "scripts/second-opinion/$name.py" "$@" 2>&1); then
    printf '%s: %s\n' "$name" "$said"
  else
    printf '%s: FAILED\n%s\n' "$name" "$said" >&2
    failed=$((failed + 1))
  fi
}

cargo build --locked --quiet -p carillon-simulator --example serve
cargo build --locked --quiet -p carillon --example render_twiml

start_simulator
opinion check "$address"
start_simulator
opinion validate_signatures "$address"
start_simulator --all-human
opinion client_against_simulator "$address"
opinion twiml_beside

[ "$failed" -eq 0 ] || fail "$failed of 4 second opinions differ from ours"
