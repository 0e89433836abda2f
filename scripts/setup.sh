#!/usr/bin/env bash
# Installs what the given parts of the workshop need, and only what is missing.
# Use: scripts/setup.sh PART…   with PART one of build, web, web-test, test, bench, check, tools
# As root, or with a sudo that asks nothing, it installs by apt; else it says what to install and fails.
set -Eeuo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib.sh

NEXTEST_VERSION=0.9.143
DENY_VERSION=0.20.2
NODE_VERSION=22
NO_CLUSTER=/etc/postgresql-common/createcluster.d/carillon-setup.conf

missing=()
want() { missing+=("$@"); }

want_build() {
  have gcc || want gcc libc6-dev
  have pkg-config || want pkg-config
  have git || want git
  have make || want make
  have cargo || fail "cargo is missing: install Rust 1.95 or newer (https://rustup.rs)"
}

want_test() {
  have g++ || want g++
  postgres_bin >/dev/null || want postgresql
  have python3 || want python3
  python3 -c 'import ensurepip, venv' 2>/dev/null || want python3-venv
}

want_web() { have npm || want nodejs npm; }

want_web_test() {
  want_web
  chromium_bin >/dev/null || want chromium
}

want_bench() {
  postgres_bin >/dev/null || want postgresql
  want_web
}

# Debian 12's own is too old to build the pages: a newer one is put beside the project, for the project alone.
own_node() {
  use_node && return 0
  have npm || fail "npm is missing: install Node.js $NODE_MIN or newer, with npm"
  say "installing Node.js $NODE_VERSION into .tools"
  npm install --silent --no-audit --no-fund --prefix .tools/node "node@$NODE_VERSION"
  use_node || fail "Node.js $NODE_MIN or newer could not be installed: install it by hand"
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
  have apt-get && { [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; }
}

# Tests start a private PostgreSQL of their own: the package must not leave one running.
install_missing() {
  [ ${#missing[@]} -gt 0 ] || return 0
  may_install || fail "missing: ${missing[*]}. Install them, on Debian: sudo apt-get install ${missing[*]}"
  say "installing ${missing[*]}"
  as_root mkdir -p "$(dirname "$NO_CLUSTER")"
  echo 'create_main_cluster = false' | as_root tee "$NO_CLUSTER" >/dev/null
  local status=0
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq || say "apt-get update failed; trying with what is known"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null || status=$?
  as_root rm -f "$NO_CLUSTER"
  [ "$status" -eq 0 ] || fail "apt could not install: ${missing[*]}"
}

# Makes a Python environment in the given folder with what scripts/NAME/requirements.txt lists.
make_venv() {
  local folder=$1 name=$2
  local wanted=scripts/$name/requirements.txt stamp=$folder/.requirements
  cmp -s "$wanted" "$stamp" && return 0
  say "making the Python environment of $name"
  rm -rf "$folder"
  python3 -m venv "$folder"
  "$folder/bin/python" -m pip install --quiet --disable-pip-version-check -r "$wanted"
  cp "$wanted" "$stamp"
}

cargo_tool() {
  have "cargo-$1" || { say "installing cargo-$1 $2"; cargo install --locked "cargo-$1@$2"; }
}

for part in "$@"; do
  case "$part" in
    build | web | web-test | test | bench) "want_${part//-/_}" ;;
    check | tools) ;;
    *) fail "unknown part '$part'" ;;
  esac
done
install_missing
for part in "$@"; do
  case "$part" in
    web | web-test | bench) own_node ;;
    test)
      postgres_bin >/dev/null || fail "PostgreSQL's server programs are missing after set-up (looked at CARILLON_TEST_POSTGRES_BIN, pg_config and /usr/lib/postgresql)"
      make_venv .venv second-opinion
      make_venv "$CONTRACT_VENV" schemathesis
      ;;
    check) cargo_tool deny "$DENY_VERSION" ;;
    tools)
      cargo_tool deny "$DENY_VERSION"
      cargo_tool nextest "$NEXTEST_VERSION"
      ;;
  esac
done
