# Carillon: the commands of the workshop. `make help` lists them.
SHELL := bash
.SHELLFLAGS := -Eeuo pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help demo setup web web-types test test-web test-web-long test-zones fuzz check fmt tidy bench bench-short torture second-opinion contract shots docs tools

help: ## List these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

demo: ## Build the program and run it with the simulated carrier and sample campaigns
	@scripts/setup.sh build web
	@scripts/web.sh build
	cargo run --locked -p carillon -- demo

web: ## Build the pages that the program serves
	@scripts/setup.sh build web
	@scripts/web.sh build

web-types: ## Write the types of the API, which the pages use, anew
	@scripts/setup.sh build web
	@scripts/web.sh types

setup: ## Install what building and testing need, or say what is missing
	@scripts/setup.sh build test web-test

test: ## Every test: rules, simulator, server on both databases, pages in a browser, short torture, second opinion, contract
	@scripts/setup.sh build test web-test
	@scripts/test.sh

test-web: ## The tests of the pages alone
	@scripts/setup.sh build web-test
	@scripts/web.sh check test e2e

test-zones: ## Schedules around every clock change of every zone from 2025 to 2034
	CARILLON_ZONES=all cargo test --locked -p carillon-domain --test laws -- --nocapture around_every_clock_change

shots: ## Pictures of every page, light and dark, wide and narrow, into target/shots
	@scripts/setup.sh build web-test
	@scripts/web.sh shots

test-web-long: ## The tests of the pages, with every page walked through by keyboard
	@scripts/setup.sh build web-test
	@CARILLON_LONG=1 scripts/web.sh check test e2e

check: ## Format, lints, tidy rules, state diagrams, licenses and advisories, SQLite version
	@scripts/setup.sh build check
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	@$(MAKE) tidy
	cargo run --locked --quiet -p xtask -- sqlite-pin
	cargo run --locked --quiet -p xtask -- diagrams --check
	@scripts/deny.sh

fmt: ## Format the Rust code
	cargo fmt --all

tidy: ## The project's own style rules: file, line and what to do
	cargo run --locked --quiet -p xtask -- tidy

bench: ## The benchmarks, as ratios against limits measured in the same run
	@scripts/setup.sh build bench
	cargo run --locked --release -p carillon-bench -- all

bench-short: ## Every benchmark with small sizes: shows that they run, not how fast
	@scripts/setup.sh build
	cargo run --locked --release -p carillon-bench -- all --short

torture: ## Long kill and stop loops, checked against the carrier's ledger
	@scripts/setup.sh build test
	@scripts/torture.sh long

SECONDS ?= 60
fuzz: ## Made-up input for what reads lists, numbers, schedules and links, SECONDS=60 each
	@scripts/setup.sh build test
	@scripts/fuzz.sh $(SECONDS)

second-opinion: ## The vendor's own Python library judges what we sign, speak and write
	@scripts/setup.sh build test
	@scripts/second-opinion.sh

contract: ## schemathesis asks at length whether a running server keeps its OpenAPI document
	@scripts/setup.sh build test
	@scripts/schemathesis.sh long

docs: ## Reference pages of the code and the OpenAPI document, in target/doc; the state diagrams of docs/states.md
	cargo run --locked --quiet -p xtask -- diagrams
	cargo doc --locked --workspace --no-deps --document-private-items
	cargo run --locked --quiet -p carillon -- openapi >target/doc/openapi.json

tools: ## Install the optional tools (cargo-nextest, cargo-deny)
	@scripts/setup.sh build tools
