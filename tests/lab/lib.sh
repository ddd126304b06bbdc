# shellcheck shell=bash
# Time, processes and claims: what every part of the lab uses. Sourced by record.sh.
# Globals: OUT (output directory), BIN (seconds of one interval), FIRST (epoch second at which interval 1 begins),
# END (epoch second at which the recording ends), JOBS (ids of our background jobs).

say() { printf '%s %s\n' "$(date -u +%H:%M:%S)" "$*" >&2; }

# Name of the namespace of a host.
ns() { printf 'wl-%s' "$1"; }

# inside HOST COMMAND...: run a program on a host, under the host's own name and with no resolver.
inside() {
    local host=$1
    shift
    ip netns exec "$(ns "$host")" unshare --uts --mount -- "$OUT/run/enter" "$host.lab.example" "$@"
}

write_enter() {
    : >"$OUT/run/resolv.conf"
    printf '127.0.0.1 localhost\n' >"$OUT/run/hosts"
    cat >"$OUT/run/enter" <<END
#!/bin/sh
hostname "\$1"
shift
mount --bind "$OUT/run/resolv.conf" /etc/resolv.conf
mount --bind "$OUT/run/hosts" /etc/hosts
exec "\$@"
END
    chmod +x "$OUT/run/enter"
}

# quiet COMMAND...: output is of no interest, and a program that gets no answer fails by design.
quiet() { "$@" >>"$OUT/run/programs.log" 2>&1 </dev/null || true; }

# Background job with its own process group, remembered for the end.
background() {
    "$@" &
    JOBS+=("$!")
}

now() { date +%s; }
running() { (($(now) < END)); }

# nap SECONDS: a pause of the real plan; a rehearsal with short intervals pauses less. Whole seconds or tenths.
nap() { sleep "$(awk -v s="$1" -v b="$BIN" 'BEGIN { printf "%.2f", s * b / 600 }')"; }

sleep_until() {
    local left=$(($1 - $(now)))
    if ((left > 0)); then sleep "$left"; fi
}

# at POSITION COMMAND...: run at a place of the plan. 1.25 = a quarter into interval 1; 0.8 = a fifth of an
# interval before interval 1 begins.
at() {
    local when
    when=$(awk -v p="$1" -v b="$BIN" -v f="$FIRST" 'BEGIN { printf "%d", f + (p - 1) * b }')
    shift
    background at_job "$when" "$@"
}

at_job() {
    sleep_until "$1"
    shift
    if running; then "$@"; fi
}

# every SECONDS COMMAND...: repeat until the end.
every() {
    local pause=$1
    shift
    while running; do
        "$@"
        nap "$pause"
    done
}

# every_until POSITION SECONDS COMMAND...
every_until() {
    local stop
    stop=$(awk -v p="$1" -v b="$BIN" -v f="$FIRST" 'BEGIN { printf "%d", f + (p - 1) * b }')
    shift
    local pause=$1
    shift
    while running && (($(now) < stop)); do
        "$@"
        nap "$pause"
    done
}

# IPv4 or IPv6 address of a host.
ip4() { awk -v h="$1" '$1 == h { print $3 }' "$LAB/hosts.txt"; }
ip6() { awk -v h="$1" '$1 == h { print $4 }' "$LAB/hosts.txt"; }

# claim PROGRAM CLASS PROTO SRC SPORT DST DPORT WHY: "flows like this were made by that program". SRC and DST are host
# names, prefixes or *; the class counts for unanswered flows only. labels.py takes the first claim that fits.
claim() {
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$(places "$4")" "$5" "$(places "$6")" "$7" "$8" \
        >>"$OUT/claims.tsv"
}

# Host names to addresses (comma separated); prefixes and * stay.
places() {
    local out="" word words
    IFS=, read -ra words <<<"$1"
    for word in "${words[@]}"; do
        case $word in
        '*' | *.* | *:*) out+=",$word" ;;
        *) out+=",$(host_places "$word")" ;;
        esac
    done
    printf '%s' "${out#,}"
}

host_places() {
    awk -v h="$1" '$1 == h { print $3 ($4 == "-" ? "" : "," $4) }' "$LAB/hosts.txt"
}
