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
