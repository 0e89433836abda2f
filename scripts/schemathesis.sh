#!/usr/bin/env bash
# Asks schemathesis whether a running server keeps what its OpenAPI document says. Use: scripts/schemathesis.sh short|long
# The seed is printed; CARILLON_CONTRACT_SEED sets it. Further words go to schemathesis (--include-path …).
# Set-up: scripts/setup.sh test
set -Eeuo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib.sh
[[ "${1:-}" =~ ^(short|long)$ ]] || fail "use: scripts/schemathesis.sh short|long [WORDS FOR SCHEMATHESIS]"
form=$1
shift
[ -x "$CONTRACT_VENV/bin/schemathesis" ] || fail "schemathesis is missing: run scripts/setup.sh test"

work=$(mktemp -d)
children=()
finish() {
  kill "${children[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

programs=${CARGO_TARGET_DIR:-target}/debug
carillon() { "$programs/carillon" "$@"; }

# Waits until the file has a first line, which the running child writes when it is ready.
first_line() {
  local file=$1 child=$2
  for _ in $(seq 300); do
    if [ -s "$file" ]; then
      head -n 1 "$file"
      return 0
    fi
    kill -0 "$child" 2>/dev/null || fail "a program of the set-up ended at once"
    sleep 0.1
  done
  fail "a program of the set-up did not start"
}

start_carrier() {
  "$programs/examples/serve" --speed 20 --cps 0 >"$work/carrier" &
  children+=("$!")
  CARILLON_TWILIO_BASE_URL=$(first_line "$work/carrier" "$!")
  export CARILLON_TWILIO_BASE_URL
}

start_server() {
  local port
  port=$(free_port)
  export CARILLON_LISTEN=127.0.0.1:$port CARILLON_PUBLIC_URL=http://127.0.0.1:$port CARILLON_DATA_DIR=$work/data
  # Nobody listens there: nothing is fetched from the world.
  export CARILLON_GOOGLE_SHEETS_BASE_URL=http://127.0.0.1:9
  carillon organization create Contract >/dev/null
  carillon user create --email "$CONTRACT_ADMINISTRATOR" --role admin --password-stdin <<<"$CONTRACT_PASSWORD" >/dev/null
  CARILLON_TOKEN=$(carillon token create --email "$CONTRACT_ADMINISTRATOR")
  export CARILLON_TOKEN
  "$programs/carillon" serve >"$work/log" 2>&1 &
  children+=("$!")
  CONTRACT_FURNISHED=$(python3 scripts/schemathesis/furnish.py) || {
    tail -n 20 "$work/log" >&2
    fail "the server did not start, or could not be furnished"
  }
  export CONTRACT_FURNISHED
}

# The hooks use what furnish.py uses.
export PYTHONPATH=scripts/schemathesis PYTHONDONTWRITEBYTECODE=1
export CONTRACT_ADMINISTRATOR=contract@example.com CONTRACT_PASSWORD="Seven small bells at noon"
seed=${CARILLON_CONTRACT_SEED:-20261122}
case $form in
  short) bounds=(--max-examples 3 --phases examples,coverage,fuzzing) ;;
  long) bounds=(--max-examples 60) ;;
esac

cargo build --locked --quiet -p carillon-simulator --example serve
cargo build --locked --quiet -p carillon
start_carrier
start_server

say "schemathesis, $form, seed $seed"
result=0
"$CONTRACT_VENV/bin/schemathesis" --config-file scripts/schemathesis/schemathesis.toml run "$CARILLON_PUBLIC_URL/api/openapi.json" \
  --seed "$seed" "${bounds[@]}" "$@" || result=$?
if [ "$result" -ne 0 ]; then
  grep -E 'ERROR' "$work/log" | head -n 20 >&2 || true
  fail "the server and its OpenAPI document differ (CARILLON_CONTRACT_SEED=$seed scripts/schemathesis.sh $form)"
fi
say "schemathesis found nothing in $SECONDS s"
