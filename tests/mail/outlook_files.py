"""Writes .msg files: a compound file ([MS-CFB], version 3) of properties ([MS-OXMSG]), as small as one may be."""

import struct
from dataclasses import dataclass, field
from itertools import pairwise

FREE, END, NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF
TEXT, BINARY, NUMBER, TIME, OBJECT = 0x001F, 0x0102, 0x0003, 0x0040, 0x000D


@dataclass
class Storage:
    """A message, recipient or attachment: `properties` by number, and what stands in it."""

    header: bytes
    properties: dict[int, str | bytes | int] = field(default_factory=dict)
    storages: dict[str, "Storage"] = field(default_factory=dict)

    def streams(self) -> dict[str, bytes]:
        listed, found = self.header, {}
        for number, value in self.properties.items():
            if isinstance(value, int):
                listed += struct.pack("<HHIQ", NUMBER if value < 1 << 31 else TIME, number, 6, value)
                continue
            kind, content = (TEXT, value.encode("utf-16-le")) if isinstance(value, str) else (BINARY, value)
            listed += struct.pack("<HHIII", kind, number, 6, len(content) + (2 if kind == TEXT else 0), 0)
            found[f"__substg1.0_{number:04X}{kind:04X}"] = content
        return {**found, "__properties_version1.0": listed}


def message(properties: dict[int, str | bytes | int], *inside: Storage, embedded: bool = False) -> Storage:
    """A message with its recipients and attachments."""
    counts = [sum(0x0C15 in part.properties for part in inside), sum(0x0C15 not in part.properties for part in inside)]
    found = Storage(struct.pack("<8x4I", *counts, *counts) + (b"" if embedded else bytes(8)), properties)
    for number, part in enumerate(inside):
        kind = "recip" if 0x0C15 in part.properties else "attach"
        found.storages[f"__{kind}_version1.0_#{number:08X}"] = part
    return found


def recipient(name: str, address: str, kind: int = 1) -> Storage:
    return Storage(bytes(8), {0x0C15: kind, 0x3001: name, 0x39FE: address})


def file(name: str, content: bytes) -> Storage:
    return Storage(bytes(8), {0x3705: 1, 0x3707: name, 0x3701: content})


def attached_message(inner: Storage) -> Storage:
    return Storage(bytes(8), {0x3705: 5}, {"__substg1.0_3701000D": inner})


def saved(root: Storage) -> bytes:
    """The bytes of the file: directory, small streams in blocks of 64 bytes, the table of blocks, the table of sectors.

    Streams of 4,096 bytes or more, which would stand in sectors of their own, are not written.
    """
    entries: list[tuple[str, int, list[int], bytes]] = []  # name, kind, children, content
    _add(entries, "Root Entry", 5, root)
    blocks: list[int] = []
    starts, body = [], b""
    for *_, content in entries:
        assert len(content) < 4096
        count = -(-len(content) // 64)
        starts.append(len(blocks) if count else END)
        blocks += [*range(len(blocks) + 1, len(blocks) + count), END] if count else []
        body += content.ljust(count * 64, b"\0")
    block_table = struct.pack(f"<{len(blocks)}I", *blocks)
    sizes = [-(-len(entries) // 4), -(-len(body) // 512), -(-len(block_table) // 512)]
    begins = [0, sizes[0], sizes[0] + sizes[1]]
    table = [next_one for begin, size in zip(begins, sizes, strict=True) for next_one in _chain(begin, size)]
    assert len(table) < 128
    sectors = struct.pack("<128I", *table, 0xFFFFFFFD, *[FREE] * (127 - len(table)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 0, 0, 4096, begins[2], sizes[2], END, 0)
    head += struct.pack("<109I", len(table), *[FREE] * 108)
    starts[0] = begins[1]
    filled = _directory(entries, starts, len(body)) + body
    return head + filled + b"\0" * (-len(filled) % 512) + block_table.ljust(sizes[2] * 512, b"\xff") + sectors


def _chain(begin: int, size: int) -> list[int]:
    return [*range(begin + 1, begin + size), END]


def _add(entries: list[tuple[str, int, list[int], bytes]], name: str, kind: int, storage: Storage) -> int:
    place = len(entries)
    entries.append((name, kind, [], b""))
    for inner, content in storage.streams().items():
        entries[place][2].append(len(entries))
        entries.append((inner, 2, [], content))
    for inner, below in storage.storages.items():
        entries[place][2].append(_add(entries, inner, 1, below))
    return place


def _directory(entries: list[tuple[str, int, list[int], bytes]], starts: list[int], small: int) -> bytes:
    beside = {child: beside for *_, children, _ in entries for child, beside in pairwise([*children, NONE])}
    out = b""
    for place, (name, kind, children, content) in enumerate(entries):
        encoded = name.encode("utf-16-le")
        out += encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded) + 2, kind, 1)
        out += struct.pack("<III36x", NONE, beside.get(place, NONE), children[0] if children else NONE)
        out += struct.pack("<IQ", starts[place] if kind != 1 else 0, small if kind == 5 else len(content))
    return out + b"\0" * (-len(out) % 512)
