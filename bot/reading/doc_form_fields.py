"""What the form fields of an old Word document show: the state of a check box, the chosen entry of a drop-down list.

Neither stands in the text; both lie in the Data stream (MS-DOC 2.9.78, FFData).
"""

import struct

from bot.reading.symbols import TICKED, UNTICKED

_HEADER = 68  # bytes before the data of a form field (NilPICFAndBinData, MS-DOC 2.9.158)
_VERSION = 0xFFFFFFFF
_BOX, _LIST = 1, 2  # iType
_AS_MADE = 25  # iRes: nobody touched it, the default counts
_TEXTS = 5  # format, help, status bar, two macros: texts between the default and the entries of a list
_MOST = 25  # entries of a list


def entered(pictures: bytes, place: int) -> str | None:
    """What the field shows whose data lie at this place; None where there are none that can be read."""
    (size,) = struct.unpack_from("<I", pictures, place)
    data = pictures[place + _HEADER : place + size]
    version, bits = struct.unpack_from("<IH", data, 0)
    kind, result = bits & 3, bits >> 2 & 31
    if version != _VERSION or kind not in (_BOX, _LIST):
        return None
    at = _after_text(data, 10)  # its name
    (default,) = struct.unpack_from("<H", data, at)
    chosen = default if result == _AS_MADE else result
    if kind == _BOX:
        return TICKED if chosen else UNTICKED
    at += 2
    for _ in range(_TEXTS):
        at = _after_text(data, at)
    return _entry(data, at, chosen)


def _entry(data: bytes, at: int, chosen: int) -> str:
    """An entry of the table of strings at this place (STTB, MS-DOC 2.2.4)."""
    _, count, _ = struct.unpack_from("<HHH", data, at)
    at += 6
    for number in range(min(count, _MOST)):
        (length,) = struct.unpack_from("<H", data, at)
        if number == chosen:
            return data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
        at += 2 + 2 * length
    return ""


def _after_text(data: bytes, at: int) -> int:
    """Where a text with its length before it and a zero after it ends (Xstz, MS-DOC 2.9.350)."""
    (length,) = struct.unpack_from("<H", data, at)
    return at + 2 + 2 * int(length) + 2
