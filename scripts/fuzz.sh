#!/usr/bin/env bash
# Throws made-up input at what reads lists, phone numbers, schedules and links. Needs no nightly Rust and no clang.
# Use: scripts/fuzz.sh short | SECONDS [TARGET…]   (short: what is in fuzz/corpus, then a few seconds each)
# What makes a target fail is kept in fuzz/corpus/TARGET/regression-…: mend the code, then commit it with the change.
set -Eeuo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib.sh

SHORT_SECONDS=4
INPUT_SECONDS_MAX=5
MEMORY_MIB_MAX=1024
# The counters by which the fuzzer sees what is new, as libFuzzer wants them.
COUNTERS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4
  -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table
  -Cllvm-args=-sanitizer-coverage-trace-compares"

seconds=${1:?say short, or for how many seconds}
shift
profile=(long long)
[ "$seconds" != short ] || { seconds=$SHORT_SECONDS profile=(dev debug); }
[ $# -gt 0 ] || set -- lists phones schedules sheet_links

# Named, so that only our code and what it uses is built with counters, not what runs while building.
host=$(rustc -vV | sed -n 's/^host: //p')
RUSTFLAGS=$(echo $COUNTERS) cargo build --quiet --locked --manifest-path fuzz/Cargo.toml --target "$host" --profile "${profile[0]}"

for target in "$@"; do
  say "$target, $seconds s"
  found=fuzz/target/found/$target
  mkdir -p "$found"
  dictionary=()
  [ ! -f "fuzz/dictionaries/$target" ] || dictionary=(-dict="fuzz/dictionaries/$target")
  log=fuzz/target/$target.log
  "fuzz/target/$host/${profile[1]}/$target" "$found" "fuzz/corpus/$target" "${dictionary[@]}" -max_total_time="$seconds" \
    -timeout="$INPUT_SECONDS_MAX" -rss_limit_mb="$MEMORY_MIB_MAX" -artifact_prefix="fuzz/corpus/$target/regression-" \
    -print_final_stats=1 >"$log" 2>&1 || { tail -n 40 "$log"; fail "$target: see above; the input is kept in fuzz/corpus/$target"; }
  grep -E '^(#[0-9]+.*DONE|stat::number_of_executed_units)' "$log"
done
