# shellcheck shell=bash
# A flood with forged sources, seen from the side whose addresses are forged: only the victims' replies come in.
# The attacker's own packets run between remote hosts and never cross the border.

# forge FROM(local address) COUNT MICROSECONDS hping3-options...
forge() { quiet inside forge1 hping3 -q -n -a "$1" -c "$2" -i "u$3" "${@:4}"; }

# Each takes its lowest forged port. vic1, unknown to the local network: few forged addresses, so no count-based verdict.
flood_few() {
    local from
    for from in 172.20.9.90 "$(ip4 pc7)" "$(ip4 pc8)"; do
        forge "$from" 24 400000 -S -s "$1" -p 80 "$(ip4 vic1)"
        forge "$from" 8 400000 -S -s $(($1 + 1000)) -p 443 "$(ip4 vic1)"
        forge "$from" 6 400000 -2 -s $(($1 + 2000)) -p 9999 -d 20 "$(ip4 vic1)"
        forge "$from" 3 900000 -1 "$(ip4 vic1)"
    done
}

# vic2: sixty forged addresses, so its replies look like a scan.
flood_many() {
    local n
    for n in $(seq 1 60); do
        forge "172.20.11.$n" 4 250000 -S -s $((30000 + n * 16)) -p 80 "$(ip4 vic2)"
        forge "172.20.11.$n" 1 100000 -S -s $((40000 + n)) -p 23 "$(ip4 vic2)"
    done
}

# vic3: forged name queries, answered to the forged address.
flood_names() {
    local from
    for from in 172.20.9.91 "$(ip4 pc7)"; do
        forge "$from" 20 300000 -2 -s 26000 -p 53 -d "$(stat -c %s "$OUT/run/query")" -E "$OUT/run/query" "$(ip4 vic3)"
    done
}

# rweb1 is used by six local hosts (nominal for TRW), the forged ones are two others that are up but silent.
flood_nominal() {
    local from
    for from in "$(ip4 pc7)" "$(ip4 pc8)"; do
        forge "$from" 20 400000 -S -s "$1" -p 80 "$(ip4 rweb1)"
    done
}

# rweb2 is used by two local hosts; the forged addresses are theirs.
flood_known() {
    local from
    for from in "$(ip4 pc1)" "$(ip4 pc2)"; do
        forge "$from" 20 400000 -S -s 24000 -p 80 "$(ip4 rweb2)"
    done
}

start_backscatter() {
    printf '\022\064\001\000\000\001\000\000\000\000\000\000\003www\003lab\007example\000\000\001\000\001' >"$OUT/run/query"
    at 1.08 flood_few 10000
    at 1.35 flood_nominal 16000
    at 1.50 flood_known
    at 1.70 flood_names
    at 1.80 flood_many
    at 2.35 flood_nominal 17000
    at 2.50 flood_known
    at 2.65 flood_few 20000
    at 3.05 flood_nominal 18000
}

claim_backscatter() {
    claim hping3 Backscatter tcp vic1 80 '*' '*' 'SYN-ACK of a victim to forged addresses'
    claim hping3 Backscatter tcp vic1 443 '*' '*' 'RST of a victim to forged addresses'
    claim hping3 Backscatter icmp vic1 '*' '*' '*' 'ICMP reply of a victim to forged addresses'
    claim hping3 Backscatter tcp vic2 80 '*' '*' 'SYN-ACK of a victim to sixty forged addresses'
    claim hping3 Backscatter tcp vic2 23 '*' '*' 'RST of a victim to sixty forged addresses'
    claim hping3 Backscatter udp vic3 53 '*' '*' 'answer to a name query with forged source'
    claim hping3 Backscatter tcp rweb1 80 pc7,pc8 '*' 'SYN-ACK of a popular server to forged addresses'
    claim hping3 Backscatter tcp rweb2 80 pc1,pc2 '*' 'SYN-ACK of a server to forged addresses of its own clients'
}
