"""The tree of names: all that a text may call its units, letter by letter, so that the longest one in a place is found."""

from dataclasses import dataclass, field

from bot.deciding.unit_text import Folded


@dataclass(slots=True)
class _Node:
    """A step in the tree of names."""

    next: "dict[str, _Node]" = field(default_factory=dict)
    unit: str | None = None  # a name ends here
    peeled: bool = False  # only behind one of the prefixes
    at_start: bool = False  # too short to be looked for in the middle of words


class NameTree:
    """Names with the units they name."""

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, name: str, unit: str, *, peeled: bool = False, at_start: bool = False) -> None:
        """Plant a folded name; the first unit that has it keeps it. The empty name names nobody."""
        if not name:
            return
        node = self._root
        for char in name:
            node = node.next.setdefault(char, _Node())
        if node.unit is None:
            node.unit, node.peeled, node.at_start = unit, peeled, at_start

    def longest(self, text: Folded, start: int, *, free: bool, prefixed: bool) -> tuple[str, int] | None:
        """The longest name that begins at `start`: whose, and where it ends."""
        node: _Node | None = self._root
        best: tuple[str, int] | None = None
        for at in range(start, len(text.chars)):
            if at > start and text.gaps[at] == 2:
                break
            node = node.next.get(text.chars[at]) if node else None
            if node is None:
                break
            fits = node.unit is not None and (free or not node.at_start) and (prefixed or not node.peeled)
            if fits and node.unit is not None and word_ends(text, at + 1):
                best = (node.unit, at + 1)
        return best


def word_ends(text: Folded, end: int) -> bool:
    """A Latin name ends where its last word ends; between Chinese characters a name may end anywhere."""
    if end >= len(text.chars) or text.gaps[end]:
        return True
    return not (text.chars[end].isascii() and text.chars[end - 1].isascii())
