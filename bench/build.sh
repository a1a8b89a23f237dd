#!/bin/bash
# Build the benchmark programs over a stack described by stack_NAME.sh (INC, SRC, HTTPD_SRC, APPS).
#   build.sh host NAME OUT [CFLAGS]              native, -O2: bench.c
#   build.sh mcu  NAME OUT -Os|-O2 [CFLAGS]      Cortex-M (CPU=cortex-m4), for QEMU: bench.c
#   build.sh sim  NAME OUT [CFLAGS]              native: goodput, sim/sim.c (WND=octets of window)
#   build.sh size NAME CONFIG OUT [CFLAGS]       Cortex-M, sections collected: size/main.c (CPU, OPT)
set -e
cd "$(dirname "$0")"
kind=$1 stack=$2
shift 2
PORT="-Iport"
# shellcheck disable=SC1090
. "./stack_$stack.sh"
# A failing file of a stack that is being written must not hide the others: list all errors at once.
case $kind in
  host)
    out=$1; shift
    [ -n "$HTTPD_SRC" ] && HTTPD_SRC="-DH_HTTPD $HTTPD_SRC"
    # shellcheck disable=SC2086
    exec gcc -O2 -g -DH_CALLGRIND $PORT $INC -I. "$@" -fno-lto -o "$out" bench.c harness.c $SRC $HTTPD_SRC ;;
  mcu)
    out=$1 opt=$2; shift 2
    [ -n "$HTTPD_SRC" ] && HTTPD_SRC="-DH_HTTPD $HTTPD_SRC"
    # shellcheck disable=SC2086
    exec arm-none-eabi-gcc -mcpu=${CPU:-cortex-m4} -mthumb $opt -g -ffunction-sections -fdata-sections -DH_MCU \
      -DH_MAXCONN=1100 -DH_MAXPBUF=${PBUFS:-512} -DMEM_SIZE=1048576 -DMEMP_NUM_UDP_PCB=1100 -DMEMP_NUM_SYS_TIMEOUT=1100 \
      $PORT $INC -I. "$@" --specs=nano.specs -nostartfiles -Wl,--gc-sections -T mcu/mps2.ld -o "$out" \
      mcu/start.c bench.c harness.c $SRC $HTTPD_SRC ;;
  sim)
    out=$1; shift
    # shellcheck disable=SC2086
    exec gcc -O2 -g -DH_MAXCONN=16 -DH_MAXPBUF=8192 -DMEM_SIZE=33554432 -DMEMP_NUM_UDP_PCB=8 -DMEMP_NUM_SYS_TIMEOUT=32 \
      -DH_WND=${WND:-1048576} $PORT $INC "$@" -o "$out" sim/sim.c $SRC ;;
  size)
    c=$1 out=$2; shift 2
    D=-DSIZE_ALL=0
    if [ "$c" = e ]; then D=-DSIZE_ALL=1; else APPS=""; fi
    # shellcheck disable=SC2086
    exec arm-none-eabi-gcc $D -mcpu=${CPU:-cortex-m4} -mthumb ${OPT:--Os} -ffunction-sections -fdata-sections \
      -Isize/port -Isize/cfg/$c $INC "$@" --specs=nano.specs --specs=nosys.specs -Wl,--gc-sections -Wl,-Map="$out.map" \
      -o "$out" size/main.c size/stubs.c $SRC $APPS ;;
esac
echo "build.sh: host, mcu, sim or size?" >&2
exit 2
