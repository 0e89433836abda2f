# Shared by the scripts beside it: small words and where PostgreSQL is. Sourced, not run.

say() { printf '\n── %s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# Prints the folder with initdb and postgres, the newest first; fails when there is none.
postgres_bin() {
  local candidates=("${CARILLON_TEST_POSTGRES_BIN:-}")
  have pg_config && candidates+=("$(pg_config --bindir 2>/dev/null || true)")
  mapfile -t -O "${#candidates[@]}" candidates < <(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV)
  local folder
  for folder in "${candidates[@]}"; do
    if [ -n "$folder" ] && [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then
      printf '%s\n' "$folder"
      return 0
    fi
  done
  return 1
}

# Where setup.sh puts schemathesis, which asks whether a server keeps its OpenAPI document.
CONTRACT_VENV=${CARGO_TARGET_DIR:-target}/schemathesis

NODE_MIN=20
# Where setup.sh puts a Node.js of its own when the system's is missing or too old.
OWN_NODE=.tools/node/node_modules/node/bin

is_new_enough() { [ "$("$1" -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)" -ge "$NODE_MIN" ]; }

# Puts a Node.js that is new enough first on the path; fails when there is none.
use_node() {
  have node && is_new_enough node && have npm && return 0
  [ -x "$OWN_NODE/node" ] && is_new_enough "$OWN_NODE/node" || return 1
  PATH="$PWD/$OWN_NODE:$PATH"
  export PATH
}

# Prints the browser for stories; fails when there is none.
chromium_bin() {
  local name
  for name in "${CHROMIUM_BIN:-}" chromium chromium-browser google-chrome; do
    [ -n "$name" ] && command -v "$name" && return 0
  done
  return 1
}
