#!/bin/bash
# ssc run --card-target vpcd where there is no pcscd, and where pcscd has no virtual reader: one clear line, exit 3.
# SSC: the program under test. Exit 77: this system refuses namespaces.
set -uo pipefail

fail() {
  echo "without_vpcd: $*" >&2
  exit 1
}

complaint_is() {  # PATTERN
  local said status=0
  said=$(timeout 20 "$SSC" run scenarios --card-target vpcd 2>&1) || status=$?
  [ "$status" -eq 3 ] || fail "exit $status, not 3: $said"
  [ "$(wc -l <<<"$said")" -eq 1 ] || fail "more than one line: $said"
  grep -q "$1" <<<"$said" || fail "not \"$1\": $said"
}

pcscd_without_vpcd() {  # the configuration it had before vsmartcard-vpcd was installed
  local i
  setpriv --pdeathsig TERM pcscd --foreground --config /dev/null </dev/null >/dev/null 2>&1 &
  pcscd_id=$!
  trap 'kill "$pcscd_id" 2>/dev/null; wait "$pcscd_id" 2>/dev/null' EXIT
  for ((i = 0; i < 100; i++)); do
    ss -lxnH | grep -q " /run/pcscd/pcscd.comm " && return 0
    sleep 0.1
  done
  fail "pcscd does not start"
}

if [ "${1:-}" != --inside ]; then
  [ -e /etc/reader.conf.d/vpcd ] || { echo "vsmartcard-vpcd is not installed"; exit 77; }
  unshare -rmn true 2>/dev/null || { echo "this system refuses namespaces (unshare -rmn)"; exit 77; }
  exec unshare -rmn "${BASH_SOURCE[0]}" --inside
fi
ip link set lo up
[ -d /run/pcscd ] || { mount -t tmpfs tmpfs /run && mkdir /run/pcscd; }
mount -t tmpfs tmpfs /run/pcscd
complaint_is "pcscd is not running"
pcscd_without_vpcd
complaint_is "systemctl restart pcscd"
