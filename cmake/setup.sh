# Shared by ./run and ./test; sourced, never started. Finds missing packages,
# installs them, configures and builds. Debian 12 only.
# shellcheck shell=bash

if [ -n "${NO_COLOR:-}" ] || ! [ -t 1 ]; then
  bold='' red='' plain=''
else
  bold=$'\e[1m' red=$'\e[31m' plain=$'\e[0m'
fi

# One line about what happens now.
say() {
  printf '%s==> %s%s\n' "$bold" "$*" "$plain"
}

# Ends the script: what is wrong, then what to do about it.
fail() {
  printf '%serror: %s%s\n' "$red" "$1" "$plain" >&2
  shift
  for line in "$@"; do
    printf '       %s\n' "$line" >&2
  done
  exit 1
}

# -- packages -----------------------------------------------------------------

# Every name that a CMake file of ours looks for, one per line.
names_looked_for() {
  local files
  mapfile -t files < <(find . \( -path ./build -o -path ./data \
    -o -name node_modules -o -name '.?*' \) -prune -o \
    -name CMakeLists.txt -print -o -name '*.cmake' -print)
  sed -nE -e 's/^ *find_package\(([A-Za-z0-9_+-]+).*/\1/p' \
    -e 's/^ *pkg_check_modules\(([^)]*)\).*/\1/p' "${files[@]}" \
    | tr ' ' '\n' | sort -u
}

# packages_for run|test: the packages that stage needs, one per line.
packages_for() {
  local wanted=$1 names package stage name
  names=$(names_looked_for)
  while read -r package stage name; do
    case "$package" in '' | '#'*) continue ;; esac
    [ "$stage" = run ] || [ "$wanted" = test ] || continue
    if [ "$name" = - ] || grep -qxF -- "$name" <<<"$names"; then
      printf '%s\n' "$package"
    fi
  done <cmake/packages.txt
}

is_installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Boost 1.81 and Debian's default Boost 1.74 exclude each other. Removing
# packages is the owner's decision, so this only says how.
refuse_other_boost() {
  local package others=()
  is_installed libboost1.81-dev && return
  for package in libboost-dev libboost1.74-dev libboost1.80-dev; do
    if is_installed "$package"; then
      others+=("$package")
    fi
  done
  [ ${#others[@]} -eq 0 ] && return
  fail "libboost1.81-dev cannot be installed beside ${others[*]}" \
    "Remove the other Boost headers, then start this script again:" \
    "  sudo apt-get remove ${others[*]}" \
    "Programs that are already built keep working; only the headers go."
}

require_debian_12() {
  local id='' version=''
  if ! command -v apt-get >/dev/null; then
    fail "this system has no apt-get; the set-up knows only Debian 12" \
      "Install by hand what cmake/packages.txt lists, then start again with" \
      "  RINGSIDE_SKIP_SETUP=1 $0"
  fi
  if [ -r /etc/os-release ]; then
    id=$(sed -nE 's/^ID="?([^"]*)"?$/\1/p' /etc/os-release)
    version=$(sed -nE 's/^VERSION_ID="?([^"]*)"?$/\1/p' /etc/os-release)
  fi
  if [ "$id $version" != "debian 12" ]; then
    say "This is ${id:-unknown} ${version:-}, not Debian 12; trying anyway"
  fi
}

# ensure_packages run|test: installs what that stage misses, after saying so.
ensure_packages() {
  local package needed missing=() as_root=()
  [ -z "${RINGSIDE_SKIP_SETUP:-}" ] || return 0
  require_debian_12
  needed=$(packages_for "$1")
  for package in $needed; do
    is_installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if grep -qxF libboost1.81-dev <<<"$needed"; then
    refuse_other_boost
  fi
  say "Missing Debian packages: ${missing[*]}"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null \
      || fail "installing them needs root, and there is no sudo here" \
        "Ask an administrator of this machine to run:" \
        "  apt-get install --no-install-recommends ${missing[*]}"
    as_root=(sudo)
    say "Not root: sudo may ask for your password"
  fi
  say "Installing them now with apt-get"
  "${as_root[@]}" apt-get update -q \
    || fail "apt-get update failed; is the package mirror reachable?"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "${missing[@]}" \
    || fail "apt-get could not install: ${missing[*]}" \
      "The lines above say why. Nothing was built."
}

# -- building -----------------------------------------------------------------

jobs=${RINGSIDE_JOBS:-$(nproc)}

# configure PRESET [-DNAME=VALUE...]
configure() {
  say "Configuring build/$1"
  cmake --preset "$@" --log-level=NOTICE \
    || fail "CMake could not configure build/$1; see above"
}

# build PRESET [TARGET...]: everything if no target is named.
build() {
  local preset=$1
  shift
  say "Building build/$preset: ${*:-everything}"
  cmake --build --preset "$preset" -j "$jobs" ${1:+--target "$@"} \
    || fail "the build of build/$preset failed; see above"
}
