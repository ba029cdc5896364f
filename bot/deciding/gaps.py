"""Who is listed in a summary table and has not come: neither in the mail nor on file.

A table says what a unit means to nominate. Who stands in it and is nowhere has been forgotten, or comes in another mail: it is
told, and told no more once something about the nominee is on file.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.campaign import CheckKind, Rules
from bot.deciding.listing import is_person
from bot.deciding.nominees import bare, same_name, similar_names
from bot.model import SEVERITIES, Facts, Finding, Listed, Nomination

_SHORTEST_PART = 4
"""Folded characters of a name that is looked for within another."""


def absent(rows: Sequence[Listed], nominations: Iterable[Nomination], rules: Rules) -> tuple[Listed, ...]:
    """The listed nominees about whom nothing is among these nominations.

    Each nomination answers for one row: first those of the same name, then such as may be another writing of it. A nomination
    that names nobody may be any row's. A table that may list anybody is believed only where half of it is there.
    """
    open_rows = _unmatched(rows, nominations, rules)
    doubted = {row.file for row in rows if not row.sure}
    for file in doubted:
        of_file = [row for row in rows if row.file == file]
        if sum(row in open_rows for row in of_file) * 2 > len(of_file):
            open_rows = [row for row in open_rows if row.file != file]
    return tuple(open_rows)


def _unmatched(rows: Sequence[Listed], nominations: Iterable[Nomination], rules: Rules) -> list[Listed]:
    free, open_rows = list(nominations), list(rows)
    for fits in _FITS:
        for row in list(open_rows):
            found = next((one for one in free if fits(row, one, rules)), None)
            if found is not None:
                free.remove(found)
                open_rows.remove(row)
    return open_rows


def present(rows: Sequence[Listed], nominations: Sequence[Nomination], rules: Rules) -> tuple[Nomination, ...]:
    """The nominations that these rows list, in their order."""
    return tuple(one for one in nominations if one.nominee and len(_unmatched(rows, [one], rules)) < len(rows))


def _of_category(row: Listed, one: Nomination) -> bool:
    return row.category is None or one.category is None or row.category == one.category


def _same(row: Listed, one: Nomination, rules: Rules) -> bool:
    return bool(one.nominee) and same_name(row.nominee, one.nominee, rules)


def _within(row: Listed, one: Nomination, rules: Rules) -> bool:
    """One name in the other: a unit before it, a post after it, a title shortened."""
    name, other = bare(one.nominee, rules), bare(row.nominee, rules)
    if not name or not other:
        return False
    if one.category is not None and is_person(one.category, rules):
        return name in other
    short, long = sorted((name, other), key=len)
    return len(short) >= _SHORTEST_PART and short in long


def _similar(row: Listed, one: Nomination, rules: Rules) -> bool:
    """A slip of the pen; in a name of two characters it is another person."""
    enough = min(len(bare(row.nominee, rules)), len(bare(one.nominee, rules))) > 2
    return bool(one.nominee) and enough and similar_names(row.nominee, one.nominee, rules)


_FITS: tuple[Callable[[Listed, Nomination, Rules], bool], ...] = (
    lambda row, one, rules: _of_category(row, one) and _same(row, one, rules),
    lambda row, one, rules: _same(row, one, rules),  # the form decides the category, not the table
    lambda row, one, rules: _of_category(row, one) and _within(row, one, rules),
    lambda row, one, rules: _of_category(row, one) and _similar(row, one, rules),
    lambda row, one, _rules: _of_category(row, one) and not one.nominee,
)
"""Whether a nomination is a listed one, the surest way first."""


def gaps(rows: Iterable[Listed], rules: Rules) -> tuple[Finding, ...]:
    """What is told of listed nominees that have not come: neither half is there."""
    return tuple(finding for row in rows for finding in _gap(row, rules))


def _gap(row: Listed, rules: Rules) -> Iterator[Finding]:
    category = rules.category(row.category or "")
    known: dict[str, str | int | bool] = {"nominee": row.nominee, "listed": True}
    form: Facts = {**known, "form_title": category.form_title} if category else known
    limit = next((check.limit for check in rules.checks if check.kind is CheckKind.WORD_LIMIT), 0)
    material: Facts = {**known, "limit": limit} if limit else known
    yield Finding("form-missing", SEVERITIES["form-missing"], file=row.file, facts=form)
    yield Finding("material-missing", SEVERITIES["material-missing"], file=row.file, facts=material)


def blocks(finding: Finding) -> bool:
    """Whether files came that cannot be opened: what is missed may be in them, and the sender is told of them already."""
    return finding.check.startswith("attachment-") or finding.check == "cloud-attachment"


def is_gap(finding: Finding) -> bool:
    """Whether a finding of a mail is about somebody a summary table lists."""
    return bool(finding.facts.get("listed"))


def missed(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The listed nominees that these findings of a mail are about, each once."""
    return tuple(dict.fromkeys(str(finding.facts.get("nominee", "")) for finding in findings if is_gap(finding)))


# --- several tables -----------------------------------------------------------------------------------------------------


def in_force(tables: Sequence[Sequence[Listed]], rules: Rules) -> tuple[tuple[Listed, ...], ...]:
    """Of each table of a unit, oldest first, the rows that hold: a newer table takes the place of an older one.

    It does so in the categories it lists, and only where it names a nominee again: another list of others is a second batch.
    """
    return tuple(_holding(rows, tables[number + 1 :], rules) for number, rows in enumerate(tables))


def _holding(rows: Sequence[Listed], newer: Sequence[Sequence[Listed]], rules: Rules) -> tuple[Listed, ...]:
    held = tuple(rows)
    for table in newer:
        if any(same_name(row.nominee, other.nominee, rules) for row in rows for other in table):
            named = {other.category for other in table}
            held = tuple(row for row in held if not (None in named or row.category is None or row.category in named))
    return held
