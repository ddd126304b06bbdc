# shellcheck shell=bash
# Sourced by the parts that run a command of the README as a newcomer would: in a Debian 12 that has nothing but debootstrap's smallest set,
# on a plain clone of this checkout, without the folder of real captures and without a compiler cache. Mirror and proxy are those that this
# machine's apt uses. The mounts live in a mount namespace of their own and end with it, and whatever runs there ends with the script,
# however that happens.

# targets FIELDS: one line for each package index of this Debian release that the machine's apt is set up for.
targets() {
    apt-get indextargets --format "$1" 'Created-By: Packages' 'Component: main' | awk -v c="$codename" '$2 ~ "^" c "(-updates|-security)?$"' | sort -u
}

# bare_machine ROOT: builds the system and the clone below ROOT.
bare_machine() {
    local root=$1 codename mirror
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
    mirror=$(targets '$(SITE) $(RELEASE)' | awk -v c="$codename" '$2 == c {print $1; exit}')
    [ -n "$mirror" ] || { echo "weir: apt names no mirror of '$codename' here" >&2; return 2; }
    apt-config dump | grep -E '^(Acquire|APT::Sandbox)::' >"$root.apt"
    local proxy
    eval "$(apt-config shell proxy Acquire::http::Proxy)"
    http_proxy=${http_proxy:-${proxy:-}} debootstrap --variant=minbase "$codename" "$root" "$mirror" >"$root.log" 2>&1 ||
        { tail -20 "$root.log" >&2; return 1; }
    targets '$(SITE) $(RELEASE) $(COMPONENT)' | sed 's/^/deb /' >"$root/etc/apt/sources.list"
    mv "$root.apt" "$root/etc/apt/apt.conf.d/99machine"
    find /etc/apt/trusted.gpg.d /etc/apt/keyrings /usr/share/keyrings -name '*.gpg' \
        -exec cp -n -t "$root/etc/apt/trusted.gpg.d" {} + 2>/dev/null || true
    cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
    git clone -q --no-local . "$root/root/weir"
    git -C "$root/root/weir" log -1 --format='weir: %h %s'
    [ -z "$(git status --porcelain --untracked-files=no)" ] || echo "weir: changes that are not committed are not in the clone"
}

# in_bare_machine ROOT COMMAND...: runs it in the clone, as root, without a display.
in_bare_machine() {
    local root=$1
    shift
    setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child bash -c '
        root=$1; shift
        mount -t proc proc "$root/proc" && mount --rbind /dev "$root/dev" && mount -t sysfs -o ro sysfs "$root/sys" || exit 2
        exec chroot "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb \
            ${http_proxy:+"http_proxy=$http_proxy"} ${https_proxy:+"https_proxy=$https_proxy"} \
            bash -c "cd /root/weir && exec \"\$@\"" - "$@"' - "$root" "$@"
}

# on_bare_machine COMMAND...: all of the above in a temporary folder; prints times, returns the command's exit code.
on_bare_machine() {
    [ "$(id -u)" -eq 0 ] || { echo "weir: this part builds a chroot and needs root" >&2; return 2; }
    local folder status=0 from=$SECONDS
    folder=$(mktemp -d)
    # shellcheck disable=SC2064  # the folder of now
    trap "rm -rf --one-file-system -- '$folder'" EXIT
    bare_machine "$folder/root"
    echo "weir: bare system ready after $((SECONDS - from)) s"
    from=$SECONDS
    in_bare_machine "$folder/root" "$@" || status=$?
    echo "weir: $* on a bare machine: exit $status after $((SECONDS - from)) s"
    return "$status"
}
