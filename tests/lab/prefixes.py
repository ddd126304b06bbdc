"""What quoted.py and labels.py share: the prefix map of the lab and plain pcap files."""
import ipaddress
import struct

HEAD = "<IHHiIII"
MAGIC = 0xA1B2C3D4


class Prefixes:
    """Lab prefix -> prefix in the sample; the first match counts; an address outside stays."""

    def __init__(self, path):
        self.pairs = []
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                words = line.split()
                if len(words) == 2 and not line.startswith("#"):
                    self.pairs.append(tuple(ipaddress.ip_network(word) for word in words))

    def apply(self, packed):
        """Packed address to packed address."""
        return self.of(ipaddress.ip_address(packed)).packed

    def of(self, address):
        for old, new in self.pairs:
            if address.version == old.version and address in old:
                offset = int(address) - int(old.network_address)
                return type(address)(int(new.network_address) + offset)
        return address

    def of_network(self, network):
        for old, new in self.pairs:
            if network.version == old.version and network.subnet_of(old):
                offset = int(network.network_address) - int(old.network_address)
                return type(network)((int(new.network_address) + offset, network.prefixlen))
        return network


def frames(path):
    """(time in microseconds, bytes) of each packet of a little-endian pcap file of whole Ethernet frames."""
    with open(path, "rb") as file:
        magic = struct.unpack(HEAD, file.read(24))[0]
        if magic != MAGIC:
            raise SystemExit(f"{path}: not a plain little-endian pcap file")
        while head := file.read(16):
            seconds, micros, kept, whole = struct.unpack("<IIII", head)
            if kept != whole:
                raise SystemExit(f"{path}: packet cut to {kept} of {whole} bytes")
            yield seconds * 1_000_000 + micros, file.read(kept)


def write_frames(path, packets):
    with open(path, "wb") as file:
        file.write(struct.pack(HEAD, MAGIC, 2, 4, 0, 0, 262144, 1))
        for when, data in packets:
            file.write(struct.pack("<IIII", when // 1_000_000, when % 1_000_000, len(data), len(data)))
            file.write(data)
