"""Reads the office's orders out of a mail's own words: one deed with its numbers before or after it, many to a mail.

What the digest numbers can be answered by numbers (“3：1”, “0456 选2”). What looks like an order and cannot be read for sure
comes back with a trouble; nothing is ever guessed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.campaign import NOT_ENTITLED, Rules
from bot.deciding.deeds import Deed, Order
from bot.deciding.order_choices import LONGEST_SAID, Choices, Listed, reason_of, said
from bot.deciding.order_tokens import Kind, Token, day_of, flat, one_of, tokens
from bot.text import folded

MOST_LINES = 200
"""Lines of a mail in which orders are looked for."""

WITHOUT_SUBJECT = frozenset({Deed.PAUSE, Deed.RESUME})
_SUBJECTS = frozenset({Kind.NUMBERS, Kind.MAIL, Kind.LETTER})
_KINDS = {
    "nomination": frozenset(
        {Deed.PAPER, Deed.ADMIT, Deed.REFUSE, Deed.CHECKED, Deed.EXTEND, Deed.SHORTLIST, Deed.SELECT, Deed.PASS_OVER}
    ),
    "mail": frozenset({Deed.SETTLE, Deed.REDO}),
    "letter": frozenset({Deed.SEND, Deed.KEEP}),
}
"""Which deeds can be done to what."""

_LIST = re.compile(r"[\s、,，;；.。:：()（）\[\]【】*·•]*")
_AND = re.compile(r"[和及与&]|\band\b")


def orders_in(text: str, rules: Rules, listed: Sequence[Listed] = ()) -> tuple[Order, ...]:
    """The orders of a mail's own words, each thing by itself, in their order; none where no line is one.

    `listed` is what the digest listed whose code the mail carries.
    """
    reader = _Reader(rules, listed)
    for line in text.splitlines()[:MOST_LINES]:
        if reader.stops(line):
            break
        reader.read(line)
    return reader.finished()


def order_of_cell(text: str, about: str, rules: Rules) -> Order | None:
    """What a clerk's word in a cell decides about the thing of its row; None when it is a remark and decides nothing.

    It decides when it begins with a deed and that word stands alone: “准予”, “退回：逾期”, but not “准予与否待研究”.
    """
    first, *rest = tokens(text, rules.orders) or [Token(Kind.WORDS, 0, 0)]
    if first.kind is not Kind.DEED or first.deed is None or flat(text[: first.start]).strip():
        return None
    tail = text[first.end :]
    if tail and not re.match(r"[\s,，.。;；:：、!！(（]", tail):
        return None
    if first.deed not in _KINDS[about.partition(":")[0]] or first.deed is Deed.EXTEND:
        return None
    reason = reason_of(text, rest[0].end if rest and rest[0].kind is Kind.REASON else first.end, len(text))
    return Order(first.deed, about, reason=reason if first.deed is Deed.REFUSE else "", said=text[:LONGEST_SAID])


@dataclass(slots=True)
class _Clause:
    """A deed with its subjects while the line is read; `tail` is where what follows them begins."""

    deed: Deed
    line: str
    start: int
    tail: int
    subjects: list[str]
    end: int = 0
    postfix: bool = False  # its subjects stood before it


class _Reader:
    """Reads line by line; a deed at the end of a line takes the numbers of the lines below it."""

    def __init__(self, rules: Rules, listed: Sequence[Listed]) -> None:
        self._rules, self._words = rules, rules.orders
        self._orders: list[Order] = []
        self._open: _Clause | None = None  # a deed that still waits for its numbers
        self._stop = re.compile(one_of(self._words.stop))
        self._denied = re.compile(one_of(self._words.denials))
        self._filler = re.compile(one_of((*self._words.filler, *self._words.nomination, *self._words.through)))
        self._everybody = re.compile(one_of(self._words.everybody))
        self._choices = Choices(rules.orders, listed)
        self._units = {
            folded(name): unit.id for unit in rules.units if unit.kind != NOT_ENTITLED for name in (*unit.aliases, unit.name)
        }

    def stops(self, line: str) -> bool:
        """Whether nothing from this line on is the writer's."""
        return bool(self._stop.search(flat(line)))

    def read(self, line: str) -> None:
        """Take one line in."""
        if chosen := self._choices.of(line):
            self._close()
            self._orders += chosen
            return
        pieces = tokens(line, self._words)
        deeds = [piece for piece in pieces if piece.kind is Kind.DEED]
        if not deeds:
            self._without_deed(line, pieces)
            return
        self._close()
        if any(piece.deed is Deed.EXTEND for piece in deeds):
            self._orders += self._extensions(line, pieces)
            return
        for clause in self._clauses(line, pieces):
            self._settle(clause)

    def finished(self) -> tuple[Order, ...]:
        """Everything that was read, the same order only once."""
        self._close()
        return tuple(dict.fromkeys(self._orders))

    # --- lines without a deed: numbers for the deed above, a reason for the order above, a unit for a mail ------------

    def _without_deed(self, line: str, pieces: list[Token]) -> None:
        if pieces and pieces[0].kind is Kind.REASON and self._orders and self._orders[-1].deed is Deed.REFUSE:
            reason = reason_of(line, pieces[0].end, len(line))
            last = self._orders[-1]
            if not last.reason:
                self._orders[-1] = replace(last, reason=reason)
            return
        subjects = [piece for piece in pieces if piece.kind in _SUBJECTS]
        if self._open and subjects and all(self._nothing(line, piece) for piece in pieces if piece.kind not in _SUBJECTS):
            self._open.subjects += [subject for piece in subjects for subject in piece.subjects]
            return
        if not line.strip():
            return
        self._close()
        if len(subjects) == 1 and subjects[0].kind is Kind.MAIL:
            self._named(line, subjects[0], pieces)

    def _named(self, line: str, mail: Token, pieces: list[Token]) -> None:
        """“邮件17 新乡市”: a mail and whose it is."""
        words = "".join(line[piece.start : piece.end] for piece in pieces if piece is not mail)
        if unit := self._unit(words):
            self._orders.append(Order(Deed.REDO, mail.subjects[0], unit=unit, said=said(line)))

    def _unit(self, words: str) -> str | None:
        """The unit that words name, as they stand or without the courtesies around them."""
        return self._units.get(folded(words)) or self._units.get(folded(self._filler.sub("", flat(words))))

    def _nothing(self, line: str, piece: Token) -> bool:
        """Whether a piece is but separators and courtesies."""
        rest = self._filler.sub("", _AND.sub("", flat(line[piece.start : piece.end])))
        return piece.kind is Kind.WORDS and _LIST.fullmatch(rest) is not None

    # --- lines with deeds ---------------------------------------------------------------------------------------------

    def _clauses(self, line: str, pieces: list[Token]) -> Iterator[_Clause]:
        """Each deed of a line with its subjects: those that follow it at once, else those right before it."""
        before: list[str] = []
        clause: _Clause | None = None
        listing = False  # whether numbers still belong to the deed before them
        for at, piece in enumerate(pieces):
            if piece.kind in _SUBJECTS:
                if listing and clause:
                    clause.subjects += piece.subjects or ("",)
                    clause.tail = piece.end
                else:
                    before += piece.subjects or ("",)
            elif piece.kind is Kind.DEED and piece.deed and not _only_areason_of(clause, pieces, at, before):
                if clause and clause.deed is piece.deed and not before and clause.subjects:
                    clause.tail = piece.end  # “已核对，予以保留” says it twice
                    continue
                if clause:
                    clause.end = piece.start
                    yield clause
                clause = _Clause(piece.deed, line, piece.start, piece.end, before, len(line), postfix=bool(before))
                listing, before = not clause.postfix, []
            elif not self._between(line, piece, clause):
                listing, before = False, []
        if clause:
            clause.end = len(line)
            yield clause

    def _between(self, line: str, piece: Token, clause: _Clause | None) -> bool:
        """Whether a piece may stand within a list; “与” tells what a refused one is like, not what else is refused."""
        text = line[piece.start : piece.end]
        if clause and clause.deed is Deed.REFUSE and clause.subjects and _AND.search(text):
            return False
        return self._nothing(line, piece)

    def _settle(self, clause: _Clause) -> None:
        """A clause as orders; one without subjects waits for the next lines."""
        ahead = re.split(r"[\s,，.。;；:：、!！]", flat(clause.line[: clause.start]))[-1][-4:]
        tail = flat(clause.line[clause.tail : clause.end])
        if self._denied.search(ahead) or (clause.deed is not Deed.REFUSE and self._denied.search(tail)):
            self._orders.append(Order(None, said=said(clause.line), trouble="unclear"))
        elif clause.deed in WITHOUT_SUBJECT:
            self._orders.append(Order(clause.deed, "campaign", said=said(clause.line)))
        elif not clause.subjects:
            self._close()
            self._open = clause
        else:
            self._add(clause)

    def _close(self) -> None:
        clause, self._open = self._open, None
        if clause is None:
            return
        if clause.subjects:
            self._add(clause)
        else:
            self._orders.append(Order(None, said=said(clause.line), trouble="unclear"))

    def _add(self, clause: _Clause) -> None:
        reason = self._toldreason_of(clause) if clause.deed is Deed.REFUSE else ""
        unit = self._unit(clause.line[clause.tail : clause.end]) if clause.deed is Deed.REDO else None
        for subject in clause.subjects:
            fits = clause.deed in _KINDS.get(subject.partition(":")[0], ())
            trouble = "" if fits else "too-many" if not subject else "does-not-fit"
            deed = clause.deed if fits else None
            self._orders.append(Order(deed, subject, reason, unit=unit, said=said(clause.line), trouble=trouble))

    def _toldreason_of(self, clause: _Clause) -> str:
        """What stands behind a refusal, without the word for it."""
        words = clause.line[clause.tail : clause.end]
        found = re.match(rf"[\s,，.。;；:：、]*{one_of(self._words.reason)}", flat(words))
        return reason_of(words, found.end() if found else 0, len(words))

    # --- 延期 ----------------------------------------------------------------------------------------------------------

    def _extensions(self, line: str, pieces: list[Token]) -> Iterator[Order]:
        """A longer time for units, nominations, or everybody, until the one day that the line names."""
        days = [day_of(piece, self._rules.last_day) for piece in pieces if piece.kind is Kind.DAY]
        words = [line[piece.start : piece.end] for piece in pieces if piece.kind is Kind.WORDS]
        subjects = [subject for piece in pieces if piece.kind is Kind.NUMBERS for subject in piece.subjects]
        other = any(piece.kind in (Kind.MAIL, Kind.LETTER, Kind.REASON) for piece in pieces)
        if len(days) != 1 or days[0] is None or other or any(self._denied.search(flat(word)) for word in words):
            yield Order(None, said=said(line), trouble="no-day" if not days or None in days else "unclear")
            return
        for about, trouble in [(subject, "") for subject in subjects] or self._whom(" ".join(words)):
            yield Order(None if trouble else Deed.EXTEND, about, until=days[0], said=said(line), trouble=trouble)

    def _whom(self, words: str) -> list[tuple[str, str]]:
        """The units that words name; nobody named, or everybody, is the campaign."""
        if (whole := self._unit(words)) is not None:
            return [(f"unit:{whole}", "")]
        bare = self._everybody.sub("", flat(words))
        names = [name for name in re.split(r"[\s、,，;；和及与&]+", bare) if folded(self._filler.sub("", name))]
        if not names:
            return [("campaign", "")]
        found = [self._unit(name) for name in names]
        return [(f"unit:{unit}", "") if unit else ("", "unit-unknown") for unit in found]


def _only_areason_of(clause: _Clause | None, pieces: list[Token], at: int, before: list[str]) -> bool:
    """Whether a deed's word is but part of the reason of a refusal: no number stands right behind or before it."""
    if clause is None or clause.deed is not Deed.REFUSE or not clause.subjects or (clause.postfix and before):
        return False
    follows = pieces[at + 1] if at + 1 < len(pieces) else None
    return follows is None or follows.kind not in _SUBJECTS
