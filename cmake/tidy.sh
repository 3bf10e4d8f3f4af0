#!/usr/bin/env bash
# Runs clang-tidy 14 over rooms of the house: cmake/tidy.sh [ROOM...], default
# domain. Exit code 1 if there is a finding.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. cmake/setup.sh

tidy=$(command -v clang-tidy-14 || command -v clang-tidy || true)
[ -n "$tidy" ] || fail "clang-tidy is missing" "apt-get install clang-tidy"
"$tidy" --version | grep -q 'version 14\.' \
  || fail "$tidy is not version 14; other versions know other checks"
# How each file is compiled by itself.
cmake --preset release -B build/tidy -DRINGSIDE_UNITY=OFF --log-level=NOTICE

[ $# -gt 0 ] || set -- domain
mapfile -t files < <(find "$@" -name '*.cpp' | sort)
[ ${#files[@]} -gt 0 ] || fail "no C++ file in: $*"
say "clang-tidy 14 over ${#files[@]} files of: $*"
printf '%s\0' "${files[@]}" \
  | xargs -0 -n 1 -P "$jobs" "$tidy" -p build/tidy --quiet \
    --extra-arg=-Wno-unknown-warning-option 2>&1 \
  | sed -E '/^[0-9]+ warnings? (and [0-9]+ errors? )?generated\.$/d' \
  || fail "clang-tidy found something; see above"
say "clang-tidy is content after $SECONDS s"
