"""Lets a program start where the C library is older than it asks for.

    python3 older-libc.py FILE VERSION

A program linked against a new C library names that library's version even
where it looks for the newer functions at run time and can do without them (the
symbols are weak). This marks the version itself as weak in the ELF file, which
is what a newer linker would have done. It refuses if any symbol is needed.
"""

import struct
import sys

SHT_DYNSYM, SHT_GNU_VERNEED, SHT_GNU_VERSYM = 11, 0x6FFFFFFE, 0x6FFFFFFF
VER_FLG_WEAK, STB_WEAK = 2, 2


def main(path, version):
    data = bytearray(open(path, "rb").read())
    if data[:6] != b"\x7fELF\x02\x01":
        sys.exit(f"{path}: not a 64-bit little-endian ELF file")
    start = struct.unpack_from("<Q", data, 0x28)[0]
    size, count = struct.unpack_from("<HH", data, 0x3A)
    sections = [struct.unpack_from("<IIQQQQIIQQ", data, start + i * size) for i in range(count)]
    by_kind = {section[1]: section for section in sections}
    verneed, symbols, versions = (by_kind[kind] for kind in (SHT_GNU_VERNEED, SHT_DYNSYM, SHT_GNU_VERSYM))
    names = sections[verneed[6]][4]
    marked = 0
    file_at = verneed[4]
    while True:
        _, _, _, first, next_file = struct.unpack_from("<HHIII", data, file_at)
        at = file_at + first
        while True:
            _, flags, number, name, following = struct.unpack_from("<IHHII", data, at)
            end = data.index(0, names + name)
            if data[names + name : end].decode() == version:
                for index in range(symbols[5] // 24):
                    used = struct.unpack_from("<H", data, versions[4] + 2 * index)[0] & 0x7FFF
                    if used == number and data[symbols[4] + 24 * index + 4] >> 4 != STB_WEAK:
                        sys.exit(f"{path}: a symbol of {version} is needed")
                struct.pack_into("<H", data, at + 4, flags | VER_FLG_WEAK)
                marked += 1
            if not following:
                break
            at += following
        if not next_file:
            break
        file_at += next_file
    open(path, "wb").write(data)
    print(f"{path}: {version} is optional now ({marked})")


main(*sys.argv[1:])
