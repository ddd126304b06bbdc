# Sourced by run.sh and test.sh: installs the Debian packages of the given lists that are missing.

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
        echo "weir: '$*' needs root: run as root or install sudo" >&2
        return 1
    fi
}

# need_packages LIST...: apt-get installs what dpkg does not know as installed.
need_packages() {
    local missing=() name
    if ! command -v apt-get >/dev/null; then
        echo "weir: no apt-get here; install the packages named in $* by hand" >&2
        return 0
    fi
    while read -r name; do
        dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || missing+=("$name")
    done < <(grep -hv '^#' "$@")
    [ "${#missing[@]}" -eq 0 ] && return 0
    echo "weir: installing ${missing[*]}"
    as_root apt-get -q update
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "${missing[@]}"
}

# build_preset PRESET [TARGET...]: configures and builds.
build_preset() {
    local preset=$1
    shift
    cmake --preset "$preset" -Wno-dev >"build/$preset.log" 2>&1 || { cat "build/$preset.log" >&2; return 1; }
    if [ "$#" -gt 0 ]; then cmake --build --preset "$preset" --target "$@"; else cmake --build --preset "$preset"; fi
}
