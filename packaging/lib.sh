# shellcheck shell=bash
# Sourced by the scripts beside it and by .ci/run: what to install, and how to build.

# shellcheck disable=SC2034 # the lists are for the scripts that source this file
build_packages=(cmake ninja-build g++ qt6-base-dev qt6-svg-dev qt6-charts-dev libqt6opengl6-dev libgl1-mesa-dev zlib1g-dev libcurl4-openssl-dev libpsl-dev
    qtkeychain-qt6-dev libsecret-1-0 libyaml-cpp-dev libqt6sql6-sqlite libqt6svg6 fonts-dejavu-core)
# shellcheck disable=SC2034
test_packages=(python3-jsonschema nghttp2-server openssl gnome-keyring dbus curl httpie nodejs)
# shellcheck disable=SC2034
lint_packages=(ccache clang-14 clang-format-14 clang-tidy-14 clazy shellcheck)
# shellcheck disable=SC2034
deb_packages=(dpkg-dev file)

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck disable=SC2034
jobs=$(getconf _NPROCESSORS_ONLN)

# Messages go to stderr: stdout belongs to the program that is run.
note() { printf '%s\n' "$*" >&2; }
die() {
    note "$*"
    exit 1
}

# Qt wants a UTF-8 locale and says so at every start where there is none.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *[Uu][Tt][Ff]*) ;;
    *) export LC_ALL=C.UTF-8 ;;
esac

as_root() {
    if [[ $(id -u) -eq 0 ]]; then
        "$@"
    else
        sudo "$@"
    fi
}

missing_packages() {
    local installed
    # shellcheck disable=SC2016 # a format of dpkg-query
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
    local package
    for package in "$@"; do
        grep -qFx "installed $package" <<<"$installed" || printf '%s\n' "$package"
    done
}

# install_missing PACKAGE...: asks apt only if one of them is not there.
install_missing() {
    command -v apt-get >/dev/null || return 0
    local missing
    mapfile -t missing < <(missing_packages "$@")
    [[ ${#missing[@]} -gt 0 ]] || return 0
    if [[ $(id -u) -ne 0 ]] && ! command -v sudo >/dev/null; then
        die "Not installed: ${missing[*]}
Neither root nor sudo is at hand. As root, run: apt-get install ${missing[*]}"
    fi
    note "Installing ${missing[*]}"
    as_root apt-get -qq update >&2 || note "apt-get update failed; trying with the package lists that are here."
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 \
        --no-install-recommends install "${missing[@]}" >&2 || die "apt could not install: ${missing[*]}
(On Ubuntu they are in the component \"universe\".)"
}

name_packages() {
    note "Without apt, please install these first:
  Fedora    dnf install cmake ninja-build gcc-c++ qt6-qtbase-devel qt6-qtsvg-devel qt6-qtcharts-devel qtkeychain-qt6-devel zlib-devel libcurl-devel libpsl-devel yaml-cpp-devel dejavu-sans-fonts python3-jsonschema nghttp2 httpie nodejs
  Arch      pacman -S --needed cmake ninja gcc qt6-base qt6-svg qt6-charts qtkeychain-qt6 zlib curl libpsl yaml-cpp ttf-dejavu python-jsonschema nghttp2 httpie nodejs
  Homebrew  brew install cmake ninja qt qtkeychain curl yaml-cpp nghttp2 httpie node libpsl && pip3 install jsonschema"
}

# configure PRESET [CMAKE ARGS]: once, and again when the presets change; CMake sees to the rest.
configure() {
    local preset=$1
    shift
    local stamp=$root/build/$preset/configured
    [[ ! -f $stamp || $root/CMakePresets.json -nt $stamp || ${BASH_SOURCE[0]} -nt $stamp ]] || return 0
    if command -v ccache >/dev/null; then
        export CMAKE_CXX_COMPILER_LAUNCHER=ccache
    fi
    # A hundred test programs: ld takes a tenth of the build, gold a third of that. (mold makes them four times as large.)
    if [[ $preset != release ]] && command -v ld.gold >/dev/null; then
        export LDFLAGS="${LDFLAGS:-} -fuse-ld=gold"
    fi
    mkdir -p "$root/build/$preset"
    local log=$root/build/$preset/configure.log
    if ! (cd "$root" && cmake --preset "$preset" "$@") >"$log" 2>&1; then
        cat "$log" >&2
        command -v apt-get >/dev/null || name_packages
        exit 1
    fi
    touch "$stamp"
}

# build PRESET [CMAKE ARGS]: shows its progress the first time, later only what goes wrong.
build() {
    local preset=$1
    local built=$root/build/$preset/built
    if ! command -v cmake >/dev/null || ! command -v ninja >/dev/null; then
        name_packages
        exit 1
    fi
    configure "$@" -DERRATA_PCH=ON
    # Without this ccache does not touch what uses a precompiled header.
    export CCACHE_SLOPPINESS=pch_defines,time_macros
    if [[ ! -f $built ]]; then
        cmake --build "$root/build/$preset" >&2
        touch "$built"
    else
        local log
        log=$(cmake --build "$root/build/$preset" -- --quiet 2>&1) || die "$log"
    fi
}
