# SPDX-License-Identifier: Apache-2.0
# The single door. `make run` shows Một Cửa with a sample province; `make test` proves it.

SHELL := /bin/bash
FLAGS := --explicit-target-dependency-import-check error
PATHS := Sources Tests Package.swift

.PHONY: help run test build test-fast test-deep test-tsan test-asan coverage format lint tidy smoke bench house configuration clean

help: ## what can be asked for
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

run: ## install what is missing, build (release), start the sample province
	@scripts/install-dependencies build
	@scripts/build-release
	@exec "$$(swift build -c release --static-swift-stdlib --show-bin-path)/motcua" demo

test: ## everything that a change must pass (.ci/run calls this)
	@scripts/test

build: ## debug build of the product
	@scripts/install-dependencies build
	swift build $(FLAGS)

test-fast: ## floors without HTTP, each in its own build folder, SQLite alone
	MOTCUA_FLOOR=core swift test --scratch-path .build-core $(FLAGS)
	MOTCUA_FLOOR=services swift test --scratch-path .build-services $(FLAGS)

test-deep: ## slow suites: optimised, sanitizers, all screens, figures
	@scripts/test-deep

test-tsan: ## Swift tests under the thread sanitizer
	@scripts/test-deep unit-tsan

test-asan: ## Swift tests under the address sanitizer
	@scripts/test-deep unit-asan

coverage: ## Swift tests with a table of covered lines
	swift test --scratch-path .build-coverage --enable-code-coverage $(FLAGS)
	llvm-cov report .build-coverage/debug/MotCuaPackageTests.xctest \
		-instr-profile .build-coverage/debug/codecov/default.profdata -ignore-filename-regex='Tests|\.build'

format: ## write every Swift file as `swift format` does
	git ls-files -z -- '*.swift' | xargs -0 swift format format --parallel --in-place

lint: ## what `make test` checks of the form
	@scripts/test format lint

tidy: ## lengths, headers, imports, calls, addresses, references
	MOTCUA_FLOOR=TidyTests swift test --scratch-path .build-tidy $(FLAGS)

smoke: ## boot the release binary and ask for a page
	@scripts/install-dependencies test
	@scripts/build-release
	@scripts/smoke

bench: ## the figures of docs/measurements.md
	@scripts/install-dependencies test
	@scripts/build-release
	@scripts/bench

house: ## draw docs/diagrams/house.svg from the manifest
	python3 scripts/draw-house.py

configuration: ## write the table of docs/configuration.md from the code
	python3 scripts/write-configuration.py

clean: ## throw away what was built (data/ stays)
	rm -rf .build .build-*
