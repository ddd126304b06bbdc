"""Drops the options of a pcapng file's section header (program, system, hardware): neutral.py IN OUT."""
import struct
import sys

SECTION = 0x0A0D0D0A
FIXED = 24  # block type and length, byte order, version, section length


def main():
    with open(sys.argv[1], "rb") as file:
        data = file.read()
    kind, length, order = struct.unpack_from("<III", data)
    if kind != SECTION or order != 0x1A2B3C4D:
        raise SystemExit(f"{sys.argv[1]}: not a little-endian pcapng file")
    size = FIXED + 4
    head = struct.pack("<II", SECTION, size) + data[8:FIXED] + struct.pack("<I", size)
    with open(sys.argv[2], "wb") as file:
        file.write(head + data[length:])


main()
