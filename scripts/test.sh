#!/usr/bin/env bash
# Runs every test and prints each runner's closing lines. Set-up is done (scripts/setup.sh build test).
# Uses cargo-nextest when it is installed, else `cargo test`.
set -Eeuo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib.sh
CARILLON_TEST_POSTGRES_BIN=$(postgres_bin) || fail "PostgreSQL's server programs are missing: run scripts/setup.sh test"
export CARILLON_TEST_POSTGRES_BIN

# First, so that the program is built with its pages.
scripts/web.sh build

say "rules, simulator, server on SQLite and PostgreSQL"
if have cargo-nextest; then
  cargo nextest run --locked --workspace --no-fail-fast --status-level slow --final-status-level slow
else
  cargo test --locked --workspace --no-fail-fast
fi

say "made-up input, a few seconds each"
scripts/fuzz.sh short

say "pages, in a real browser"
scripts/web.sh check test e2e

say "short torture"
scripts/torture.sh short

say "second opinion"
scripts/second-opinion.sh

say "the server and its OpenAPI document"
scripts/schemathesis.sh short

say "all tests passed in $((SECONDS / 60)) min $((SECONDS % 60)) s"
