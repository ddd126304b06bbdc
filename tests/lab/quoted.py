"""Rewrites the packet headers quoted inside ICMP errors: quoted.py ADDRESSES.MAP IN.pcap OUT.pcap.

tcprewrite changes the addresses of the outer header only; what an error quotes would otherwise name the lab's
addresses. Checksums of the quoted header, of the quoted TCP or UDP header and of the ICMP message stay right.
"""
import struct
import sys

from prefixes import Prefixes, frames, write_frames

ERRORS_V4 = {3, 4, 5, 11, 12}
ERRORS_V6 = {1, 2, 3, 4}


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def patch(old_sum, before, after):
    """A checksum after the words of `before` became those of `after` (RFC 1624)."""
    total = ~old_sum & 0xFFFF
    for word in struct.unpack(f">{len(before) // 2}H", before):
        total += ~word & 0xFFFF
    for word in struct.unpack(f">{len(after) // 2}H", after):
        total += word
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def patch_transport(frame, at, protocol, before, after):
    """The quoted TCP or UDP checksum covers the addresses; a UDP checksum of 0 means none."""
    where = at + {6: 16, 17: 6}.get(protocol, 1 << 16)
    if where + 2 > len(frame):
        return
    old = struct.unpack_from(">H", frame, where)[0]
    if protocol == 17 and old == 0:
        return
    struct.pack_into(">H", frame, where, patch(old, before, after))


def rewrite_v4(frame, prefixes):
    icmp = 14 + (frame[14] & 15) * 4
    quoted = icmp + 8
    if frame[23] != 1 or frame[icmp] not in ERRORS_V4 or len(frame) < quoted + 20:
        return
    end = 14 + struct.unpack_from(">H", frame, 16)[0]
    before = bytes(frame[quoted + 12:quoted + 20])
    after = prefixes.apply(before[:4]) + prefixes.apply(before[4:])
    header = (frame[quoted] & 15) * 4
    frame[quoted + 12:quoted + 20] = after
    old = struct.unpack_from(">H", frame, quoted + 10)[0]
    struct.pack_into(">H", frame, quoted + 10, patch(old, before, after))
    patch_transport(frame, quoted + header, frame[quoted + 9], before, after)
    struct.pack_into(">H", frame, icmp + 2, 0)
    struct.pack_into(">H", frame, icmp + 2, checksum(bytes(frame[icmp:end])))


def rewrite_v6(frame, prefixes):
    icmp, quoted = 54, 62
    if frame[20] != 58 or frame[icmp] not in ERRORS_V6 or len(frame) < quoted + 40:
        return
    end = icmp + struct.unpack_from(">H", frame, 18)[0]
    before = bytes(frame[quoted + 8:quoted + 40])
    after = prefixes.apply(before[:16]) + prefixes.apply(before[16:])
    frame[quoted + 8:quoted + 40] = after
    patch_transport(frame, quoted + 40, frame[quoted + 6], before, after)
    struct.pack_into(">H", frame, icmp + 2, 0)
    pseudo = bytes(frame[22:54]) + struct.pack(">II", end - icmp, 58)
    struct.pack_into(">H", frame, icmp + 2, checksum(pseudo + bytes(frame[icmp:end])))


def rewrite(data, prefixes):
    frame = bytearray(data)
    kind = struct.unpack_from(">H", frame, 12)[0]
    if kind == 0x0800:
        rewrite_v4(frame, prefixes)
    elif kind == 0x86DD:
        rewrite_v6(frame, prefixes)
    return bytes(frame)


def main():
    prefixes = Prefixes(sys.argv[1])
    write_frames(sys.argv[3], ((when, rewrite(data, prefixes)) for when, data in frames(sys.argv[2])))


main()
