#!/bin/bash
# Rewrites the addresses of a lab recording and makes the sample of it.
#
#   rewrite.sh RECORDING-DIRECTORY SAMPLE.pcapng LABELS.csv
#
# tcprewrite maps the prefixes of addresses.map; quoted.py does the same inside quoted headers of ICMP errors;
# labels.py writes the labels; editcap makes the pcapng and keeps 96 bytes of a packet;
# neutral.py takes the name of the writing program out of its head.
set -euo pipefail

export PYTHONDONTWRITEBYTECODE=1
LAB=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# prefix:prefix,... as tcprewrite wants it; IPv6 prefixes in brackets.
pseudo_nat() {
    awk -v want="$1" '/^#/ || NF != 2 { next }
        { v6 = index($1, ":") > 0 }
        want == 6 && v6 { printf "%s[%s]:[%s]", sep, $1, $2; sep = "," }
        want == 4 && !v6 { printf "%s%s:%s", sep, $1, $2; sep = "," }' "$LAB/addresses.map"
}

main() {
    if (($# != 3)); then
        sed -n '2,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
        exit 2
    fi
    local from=$1 sample=$2 labels=$3 work
    work=$(mktemp -d)
    # shellcheck disable=SC2064
    trap "rm -rf '$work'" EXIT
    tcprewrite --pnat="$(pseudo_nat 4),$(pseudo_nat 6)" --fixcsum \
        --infile="$from/lab.raw.pcap" --outfile="$work/outer.pcap" 2>"$work/log" ||
        { cat "$work/log" >&2 && exit 1; }
    python3 "$LAB/quoted.py" "$LAB/addresses.map" "$work/outer.pcap" "$work/quoted.pcap"
    reordercap "$work/quoted.pcap" "$work/whole.pcap" >&2 # two processors may deliver two packets in the wrong order
    python3 "$LAB/labels.py" "$LAB/addresses.map" "$from/claims.tsv" "$work/whole.pcap" >"$labels"
    editcap -F pcapng -s 96 --discard-capture-comment "$work/whole.pcap" "$work/cut.pcapng"
    python3 "$LAB/neutral.py" "$work/cut.pcapng" "$sample"
}

main "$@"
