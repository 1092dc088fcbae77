#!/usr/bin/env bash
# All checks in one go (`npm test`): what the tests need, lint, typecheck, jest, the MongoDB half.
# Every stage runs even if an earlier one failed; the last line is `N passed, N failed`.
# The status is 0 only when nothing failed. Needs neither a terminal nor input.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
exec </dev/null

# Where tests keep their storage each write waits for the disk. Memory that serves as a disk outlives a killed process as
# well; it is taken where there is plenty of it and no folder was named.
scratch() {
  if [ -z "${TMPDIR:-}" ] && [ -w /dev/shm ] && [ "$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')" -ge 2000000 ]; then
    echo /dev/shm
  else
    echo "${TMPDIR:-/tmp}"
  fi
}

results=$(mktemp -d "$(scratch)/yihao-test.XXXXXX")
trap 'rm -rf "$results"' EXIT
trap 'exit 130' INT TERM
export TMPDIR="$results/tmp"
mkdir "$TMPDIR"
passed=0
failed=0
readonly stage_limit_seconds=1200
workers=$(nproc 2>/dev/null || echo 2)
[ "$workers" -le 4 ] || workers=4

# stage NAME COMMAND...: runs a stage, says how long it took, returns its status.
stage() {
  local name=$1 started=$SECONDS status=0
  shift
  echo "== $name"
  "$@" 2>&1 || status=$?
  echo "== $name: $([ "$status" -eq 0 ] && echo ok || echo "status $status"), $((SECONDS - started)) s"
  return "$status"
}

# check NAME COMMAND...: a stage that counts as one check.
check() {
  if stage "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)) && return 1; fi
}

# count FILE STATUS: adds up jest's own report; a run without a report, or that fails without a failed test, is one failure.
count() {
  local counts
  counts=$(node test/support/count-results.mjs "$1" "$2")
  passed=$((passed + ${counts% *}))
  failed=$((failed + ${counts#* }))
}

have_browser() { [ -x "${CHROMIUM_PATH:-/usr/bin/chromium}" ]; }
have_fonts() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh family)" ]; }
have_redis() { command -v redis-server >/dev/null; }

missing() {
  have_browser || echo chromium
  have_fonts || echo fonts-noto-cjk
  have_redis || echo redis-server
}

# Debian's packages, so that a bare machine can run everything. Without them the tests that need them fail by name.
prerequisites() {
  local packages
  packages=$(missing | tr '\n' ' ')
  [ -n "$packages" ] || return 0
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "missing: ${packages}(cannot install here; as root on Debian: apt-get install ${packages% })"
    return 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086 # a list of package names
  if ! { apt-get -q update && apt-get -q install -y --no-install-recommends $packages; } >"$results/apt.log" 2>&1; then
    tail -n 5 "$results/apt.log"
    echo "missing: ${packages}(apt-get could not install them, see the lines above)"
    return 1
  fi
  echo "installed: ${packages% }"
}

run_jest() {
  NODE_OPTIONS='--experimental-vm-modules --no-warnings' timeout --kill-after=10 "$stage_limit_seconds" \
    npx jest --ci --maxWorkers="$workers" --testPathIgnorePatterns '/node_modules/' 'records-mongodb\.test\.ts$' \
    --json --outputFile="$results/jest.json"
}

# Status 3: the server could not be built here, which is no fault of the code under test.
run_mongo() {
  timeout --kill-after=10 "$stage_limit_seconds" \
    bash test/support/mongo/run.sh --json --outputFile="$results/mongo.json"
}

stage prerequisites prerequisites || true
check lint npm run --silent lint
check typecheck npm run --silent typecheck
# Tests that kill processes run the build; one made here serves them all.
check build npm run --silent build && export TEST_BUILD_FOLDER="$PWD/dist"

status=0
stage jest run_jest || status=$?
count "$results/jest.json" "$status"

status=0
stage mongodb run_mongo || status=$?
if [ -f "$results/mongo.json" ] || { [ "$status" -ne 0 ] && [ "$status" -ne 3 ]; }; then
  count "$results/mongo.json" "$status"
fi

echo "== all: $SECONDS s"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
