#!/usr/bin/env bash
# The pages in web/. Use: scripts/web.sh STEP…   with STEP one of
#   install  packages as the lock file says     types   write the API's types anew
#   check    lints, types, drift from the API   test    unit tests
#   build    into web/dist, compressed          e2e     stories in a real browser
#   shots    pictures of every page, into SHOTS_DIR (default target/shots)
set -Eeuo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib.sh
use_node || fail "Node.js $NODE_MIN or newer is missing: run scripts/setup.sh web"
export npm_config_update_notifier=false npm_config_fund=false npm_config_audit=false PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

carillon() { cargo run --locked --quiet -p carillon -- "$@"; }
in_web() { (cd web && "$@"); }

install() {
  local stamp=web/node_modules/.lock
  cmp -s web/package-lock.json "$stamp" && return 0
  say "installing the packages of the pages"
  # Not `npm ci`: it refuses a lock without the linter's programs for other systems, which not every mirror carries.
  in_web npm install --no-save --loglevel=error
  cp web/package-lock.json "$stamp"
}

# Whether the built pages are younger than all that they are made of.
is_built() {
  [ -f web/dist/index.html ] && [ -z "$(find web/src web/public web/index.html web/vite.config.ts web/package-lock.json -newer web/dist/index.html -print -quit)" ]
}

build() {
  is_built && return 0
  say "building the pages"
  in_web npm run --silent build
}

browser() {
  CHROMIUM_BIN=$(chromium_bin) || fail "Chromium is missing: run scripts/setup.sh web-test"
  export CHROMIUM_BIN
  cargo build --locked --quiet -p carillon
}

# Each step is written line by line: in `a && b` a failure of `a` would not end the script.
check() {
  in_web npx biome check .
  in_web npx tsc --noEmit
  carillon openapi | in_web node scripts/types.mjs --check
}

stories() {
  build
  browser
  in_web npx playwright test "$@"
}

shots() {
  SHOTS_DIR="${SHOTS_DIR:-$PWD/target/shots}"
  export SHOTS_DIR
  stories --config playwright.shots.config.ts
}

install
for step in "$@"; do
  case "$step" in
    install) ;;
    types) carillon openapi | in_web npm run --silent types ;;
    check | build | shots) "$step" ;;
    test) in_web npx vitest run ;;
    e2e) stories ;;
    *) fail "unknown step '$step'" ;;
  esac
done
