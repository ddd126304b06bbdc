"""Labels of the sample: labels.py ADDRESSES.MAP CLAIMS.tsv WHOLE.pcap > LABELS.csv.

record.sh wrote a claim for everything it started: program, class, protocol, source, port, destination, port, reason.
Here each conversation of the capture finds its claim by who began it. One row per 5-tuple and ten-minute interval,
like the flows of the workbench; ICMP has ports 0. A row is `two-way` when both directions are seen in its interval,
or in the interval before or after within the same conversation.
"""
import collections
import csv
import datetime
import ipaddress
import struct
import sys

from prefixes import Prefixes, frames

INTERVAL = 600 * 1_000_000
GAP = 120 * 1_000_000  # a longer silence ends a conversation
NAMES = {1: "icmp", 6: "tcp", 17: "udp", 58: "icmp6"}

Packet = collections.namedtuple("Packet", "when proto src sport dst dport")


def parse(when, data):
    kind = struct.unpack_from(">H", data, 12)[0]
    if kind == 0x0800:
        proto, at = data[23], 14 + (data[14] & 15) * 4
        src, dst = ipaddress.ip_address(data[26:30]), ipaddress.ip_address(data[30:34])
    elif kind == 0x86DD:
        proto, at = data[20], 54
        src, dst = ipaddress.ip_address(data[22:38]), ipaddress.ip_address(data[38:54])
    else:
        return None
    sport, dport = struct.unpack_from(">HH", data, at) if proto in (6, 17) else (0, 0)
    return Packet(when, proto, src, sport, dst, dport)


class Claim:
    def __init__(self, words, prefixes):
        self.program, self.label, self.proto, src, self.sport, dst, self.dport, self.why = words
        self.src, self.dst = self.places(src, prefixes), self.places(dst, prefixes)

    @staticmethod
    def places(text, prefixes):
        if text == "*":
            return None
        return [prefixes.of_network(ipaddress.ip_network(word)) for word in text.split(",")]

    @staticmethod
    def port_fits(port, text):
        if text == "*":
            return True
        for part in text.split(","):
            low, _, high = part.partition("-")
            if int(low) <= port <= int(high or low):
                return True
        return False

    @staticmethod
    def place_fits(address, places):
        return places is None or any(address.version == p.version and address in p for p in places)

    def fits(self, packet):
        name = NAMES.get(packet.proto, "other")
        return (self.proto in ("*", name, name.removesuffix("6")) and self.place_fits(packet.src, self.src)
                and self.place_fits(packet.dst, self.dst) and self.port_fits(packet.sport, self.sport)
                and self.port_fits(packet.dport, self.dport))


def conversations(packets):
    """Lists of packets between the same two sockets, cut at long silences, in order of their first packet."""
    active, done = {}, []
    for packet in packets:
        ends = sorted([(packet.src.version, int(packet.src), packet.sport),
                       (packet.dst.version, int(packet.dst), packet.dport)])
        key = (packet.proto, *ends)
        if key in active and packet.when - active[key][-1].when <= GAP:
            active[key].append(packet)
            continue
        active[key] = [packet]
        done.append(active[key])
    return done


def rows_of(conversation, claims):
    first = conversation[0]
    claim = next((c for c in claims if c.fits(first)), None)
    directions, starts = collections.defaultdict(set), {}
    for packet in conversation:
        interval = packet.when // INTERVAL
        forth = (packet.src, packet.sport) == (first.src, first.sport)
        directions[interval].add(forth)
        starts.setdefault(interval, packet)
    for interval, start in starts.items():
        seen = directions[interval]
        near = directions.get(interval - 1, set()) | directions.get(interval + 1, set())
        yield start, *judge(first, start, seen, near, claim)


def judge(first, start, seen, near, claim):
    """(packet that gives the 5-tuple, program, class, why) of one row."""
    program, label, why = (claim.program, claim.label, claim.why) if claim else ("unknown", "Other", "no claim fits")
    if len(seen | near) == 2:
        return first, program, "two-way", why
    if seen == {False}:
        return start, program, "Suspected Benign", f"late answer: {why}"
    return first, program, label, why


def main():
    prefixes = Prefixes(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as lines:
        claims = [Claim(line.rstrip("\n").split("\t"), prefixes) for line in lines]
    packets = filter(None, (parse(when, data) for when, data in frames(sys.argv[3])))
    rows = [row for conversation in conversations(packets) for row in rows_of(conversation, claims)]
    rows.sort(key=lambda row: row[0].when)
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow("first proto src sport dst dport program class why".split())
    for start, end, program, label, why in rows:
        moment = datetime.datetime.fromtimestamp(start.when // 1_000_000, datetime.timezone.utc)
        stamp = f"{moment:%Y-%m-%dT%H:%M:%S}.{start.when % 1_000_000:06d}Z"
        table.writerow([stamp, NAMES.get(end.proto, end.proto), end.src, end.sport, end.dst, end.dport,
                        program, label, why])
    unknown = sum(row[2] == "unknown" for row in rows)
    print(f"{len(rows)} rows, {unknown} without claim", file=sys.stderr)


main()
