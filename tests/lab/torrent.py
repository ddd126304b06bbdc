"""Writes a one-file .torrent and prints its info hash: torrent.py FILE ANNOUNCE-URL TORRENT."""
import hashlib
import os
import sys

PIECE = 16384


def bencode(value):
    if isinstance(value, int):
        return b"i%de" % value
    if isinstance(value, bytes):
        return b"%d:%s" % (len(value), value)
    return b"d" + b"".join(bencode(k) + bencode(v) for k, v in sorted(value.items())) + b"e"


def main():
    path, announce, target = sys.argv[1:4]
    with open(path, "rb") as file:
        data = file.read()
    pieces = b"".join(hashlib.sha1(data[i:i + PIECE]).digest() for i in range(0, len(data), PIECE))
    info = {b"length": len(data), b"name": os.path.basename(path).encode(), b"piece length": PIECE, b"pieces": pieces}
    with open(target, "wb") as file:
        file.write(bencode({b"announce": announce.encode(), b"info": info}))
    print(hashlib.sha1(bencode(info)).hexdigest().upper())


main()
