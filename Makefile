# The commands.  Everything real happens in tools/, bench/, test/ and CMake; see docs/ and DEVELOPERS.md.
.DEFAULT_GOAL := help
.PHONY: help run test bench size goodput sim fuzz firmware format check install-deps unit clean

help: ## this list
	@echo "STM32duino LwIP: make TARGET"
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  \1\t/' | expand -t 16

run: ## boot the firmware in QEMU and serve its status page on http://127.0.0.1:8080/ until Ctrl-C
	@tools/run

test: ## everything that can run here: unit, simulation, wire scripts, fuzz smoke, compat, interop, firmware
	@tools/test

unit: ## only the unit tests, the quick way (tools/unit NAME for one)
	@tools/unit

sim: ## the simulator of several stacks over bad links, all seeds (SEEDS=1-10000)
	@test/sim/run --seeds $(or $(SEEDS),1-10000)

fuzz: ## each fuzz target for a while (SECONDS_EACH=60, ONLY=name)
	@test/fuzz/run --seconds $(or $(SECONDS_EACH),60) $(ONLY)

firmware: ## build the Cortex-M images for the emulated boards
	@tools/build-firmware

bench: ## instructions per operation, ours beside lwIP 2.1.3 (ARGS="--quick", "--host", "--mcu")
	@bench/bench-run $(ARGS)

size: ## code and data size by configuration and CPU, sizeof of the public structs
	@bench/size-run $(ARGS)

goodput: ## a TCP sender over an emulated link, in virtual time, beside lwIP 2.1.3
	@bench/goodput-run $(ARGS)

format: ## clang-format over the tree
	@tools/format

check: ## format check, header check, cppcheck, gcc -fanalyzer, shellcheck
	@tools/check

install-deps: ## install what the other targets need (Debian packages)
	@tools/install-deps

clean: ## remove everything built
	rm -rf build
