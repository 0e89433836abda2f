#!/usr/bin/env bash
# Licenses, banned crates and sources, always; advisories wherever their database can be reached.
# CARILLON_ADVISORIES=required turns an unreachable database into a failure (a release needs it).
set -Eeuo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib.sh
cargo deny --locked check licenses bans sources
if cargo deny --locked fetch db >/dev/null 2>&1; then
  cargo deny --locked --offline check advisories
elif [ "${CARILLON_ADVISORIES:-}" = required ]; then
  fail "the advisory database cannot be reached"
else
  say "advisories NOT checked: their database cannot be reached from here"
fi
