"""OLE files for tests (MS-CFB), just big enough to be opened: one FAT sector, every stream in sectors of its own."""

import struct

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
NONE = 0xFFFFFFFF


def ole_of(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams, padded to the size that needs no mini stream; “/” in a name makes storages."""
    entries: list[tuple[str, int, list[int], bytes]] = [("Root Entry", 5, [], b"")]
    index = {"": 0}
    for path, content in streams.items():
        parent = ""
        for name in (*path.split("/")[:-1], ""):
            if not name:
                break
            full = f"{parent}/{name}".strip("/")
            if full not in index:
                index[full] = len(entries)
                entries[index[parent]][2].append(len(entries))
                entries.append((name, 1, [], b""))
            parent = full
        entries[index[parent]][2].append(len(entries))
        entries.append((path.rpartition("/")[2], 2, [], content.ljust(4096, b"\0")))
    return _file(entries)


def _file(entries: list[tuple[str, int, list[int], bytes]]) -> bytes:
    directory_sectors = -(-len(entries) // 4)
    fat = [FAT, *range(2, 1 + directory_sectors), END]
    body = b""
    places: list[int] = []
    for _, kind, _, content in entries:
        first = len(fat)
        places.append(first if kind == 2 else 0 if kind == 1 else END)
        if kind == 2:
            count = -(-len(content) // SECTOR)
            fat += [*range(first + 1, first + count), END]
            body += content.ljust(count * SECTOR, b"\0")
    directory = b"".join(_entry(entries, number, places[number]) for number in range(len(entries)))
    directory = directory.ljust(directory_sectors * SECTOR, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<I", 0) + b"\xff" * 432
    return header + struct.pack("<128I", *fat, *[FREE] * (128 - len(fat))) + directory + body


def _entry(entries: list[tuple[str, int, list[int], bytes]], number: int, place: int) -> bytes:
    """A directory entry; children hang in a list, each the right sibling of the one before."""
    name, kind, children, content = entries[number]
    right = NONE
    for _, _, family, _ in entries:
        if number in family and family[-1] != number:
            right = family[family.index(number) + 1]
    raw = (name + "\0").encode("utf-16-le")
    head = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1)
    links = struct.pack("<III", NONE, right, children[0] if children else NONE)
    return head + links + bytes(36) + struct.pack("<IQ", place, len(content))
