"""What summary tables (汇总表) list: the nominees that should be there, row by row, each with the category the table tells."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.campaign import Category, FieldKind, Rules
from bot.deciding.folding import folded_words, longest_first
from bot.deciding.nominees import bare
from bot.deciding.roles import stem
from bot.deciding.vocabulary import categories_named
from bot.model import Listed, Section
from bot.text import folded, tidy

_LONGEST = 60
"""Characters of a nominee's name in a list; what is longer is a remark."""

_SAYS_NOTHING = re.compile(r"[\d.]*|[/／\\—–-]+")
_SENTENCE = re.compile(r"[。；;！!？?]")
_SEVERAL = re.compile(r"\s*[、,，;；\n]\s*")
_ONE_PERSON = re.compile(r"[\u3400-\u9fff·\s]{2,6}")


def listed(lists: Iterable[tuple[str, Section]], rules: Rules) -> tuple[Listed, ...]:
    """The nominees of these summary tables (path and section), each once, in their order."""
    found: dict[tuple[str, str | None], Listed] = {}
    for path, section in lists:
        for one in _Table(path, section, rules).nominees():
            found.setdefault((bare(one.nominee, rules), one.category), one)
    return tuple(found.values())


class _Table:
    """One summary table, read row by row; a further head or a row that names a category holds for the rows below it."""

    def __init__(self, path: str, section: Section, rules: Rules) -> None:
        self.path, self.rules = path, rules
        self.rows = section.rows
        self.group = _one(categories_named(section.title, rules)) or _one(categories_named(path.rpartition("/")[2], rules))
        self.columns: list[tuple[int, str | None]] = []  # of nominees, each with the category its head tells
        self.sure = any(_of_nominations(text, rules) for text in (section.title, stem(path.rpartition("/")[2])))

    def nominees(self) -> Iterator[Listed]:
        """What the rows list."""
        for number, row in enumerate(self.rows):
            if number == 0 or self._is_head(row):
                self.columns = self._columns(row, self.rows[number + 1 :])
            elif (category := self._group(row)) is not None:
                self.group, self.sure = category, True
            elif not self._is_remark(row):
                yield from self._listed(row)

    def _listed(self, row: tuple[str, ...]) -> Iterator[Listed]:
        own = _one(tuple(id for index, cell in enumerate(row) if not self._names(index) for id in self._category(cell)))
        self.sure = self.sure or own is not None
        for index, category in self.columns:
            told = category or own or self.group
            for name in _names(tidy(row[index]) if index < len(row) else "", told, self.rules):
                yield Listed(name, told, self.path, self.sure)

    def _names(self, index: int) -> bool:
        return any(column == index for column, _ in self.columns)

    def _category(self, cell: str) -> tuple[str, ...]:
        """The category a cell is, being nothing else (“二、先进服务单位（团队）”)."""
        named = categories_named(cell, self.rules)
        return named if len(named) == 1 and _is_title(cell, named[0], self.rules) else ()

    # --- rows -----------------------------------------------------------------------------------------------------------

    def _is_head(self, row: tuple[str, ...]) -> bool:
        filled = [cell for cell in row if cell]
        known = sum(self._label(cell) is not None for cell in filled)
        return known >= 1 and len(filled) >= 2 and all(not cell.isdecimal() for cell in filled) and filled[0] in self._heads()

    def _heads(self) -> set[str]:
        """What the first head begins with: a further one begins alike."""
        return {self.rows[0][0], *(cell for cell in self.rows[0] if self._label(cell) is not None)} - {""}

    def _group(self, row: tuple[str, ...]) -> str | None:
        """The category that a row of one cell announces."""
        filled = [cell for cell in row if cell]
        named = categories_named(filled[0], self.rules) if len(filled) == 1 else ()
        return _one(named) if named and _is_title(filled[0], named[0], self.rules) else None

    def _is_remark(self, row: tuple[str, ...]) -> bool:
        """A sum, a remark, a signature: its first cell says so."""
        first = next((cell for cell in row if cell), "")
        key, head = folded(first), folded(re.split(r"[:：]", first)[0])
        words = folded_words(self.rules.phrases.list_remarks)
        return not key or any(head == word or (len(word) > 1 and key.startswith(word)) for word in words)

    # --- columns --------------------------------------------------------------------------------------------------------

    def _columns(self, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[tuple[int, str | None]]:
        """Where nominees stand: under a category's title, else under the forms' own label, else under a general word.

        Of two such labels in one head (项目名称 and 姓名 of whom to ring) the first counts, unless no row has both.
        """
        titled = [(i, id) for i, cell in enumerate(head) if (id := _one(self._category(cell)))]
        if len({id for _, id in titled}) >= 2:
            self.sure = True
            return [(index, id) for index, id in titled]
        labelled = [(i, found) for i, cell in enumerate(head) if (found := self._label(cell)) is not None]
        sure = [(index, _one(ids)) for index, ids in labelled if ids] or [(index, None) for index, _ in labelled]
        if len(sure) > 1 and all(sum(bool(row[index]) for index, _ in sure if index < len(row)) <= 1 for row in rows):
            return sure
        return sure[:1]

    def _label(self, cell: str) -> tuple[str, ...] | None:
        """The categories whose form calls its nominee so; () for a word that means any nominee; None for another label."""
        key = folded(cell)
        if key in folded_words(self.rules.phrases.list_nominees):
            return ()
        own = tuple(category.id for category in self.rules.categories if key in _nominee_labels(category))
        return own or None


def _nominee_labels(category: Category) -> frozenset[str]:
    spec = category.field(category.nominee)
    return frozenset(map(folded, (category.nominee, *(spec.synonyms if spec else ()))))


def _is_title(text: str, category: str, rules: Rules) -> bool:
    """Whether a text is the category's title with a number before or a count after it, not a name in which the title stands."""
    known = rules.category(category)
    bare_text = folded(re.sub(r"[（(]\s*共?\s*\d+\s*[个名项件]?\s*[）)]", "", text))
    bare_text = re.sub(r"^[一二三四五六七八九十\d]{1,2}(?=\D)", "", bare_text)
    titles = {folded(title) for title in (known.name, known.short, *known.titles)} if known else set()
    return any(bare_text == title or bare_text == f"{title}类" or bare_text == f"{title}推荐对象" for title in titles)


def _of_nominations(text: str, rules: Rules) -> bool:
    """Whether a title says that a list is one of nominations: by a word, or by naming a category and nothing else."""
    key = folded(text)
    if any(word in key for word in folded_words(rules.phrases.list_titles)):
        return True
    for word in longest_first(rules.phrases.summary_names):
        key = key.replace(word, "")
    named = categories_named(key, rules)
    return len(named) == 1 and _is_title(key, named[0], rules)


def _one(ids: tuple[str, ...]) -> str | None:
    return ids[0] if len(set(ids)) == 1 else None


def _names(cell: str, category: str | None, rules: Rules) -> Iterator[str]:
    """The nominees of a cell: one, or several persons in a row; nothing where it says nothing (“/”, “无”, a number)."""
    key = folded(cell)
    if not cell or len(cell) > _LONGEST or _SAYS_NOTHING.fullmatch(cell) or _SENTENCE.search(cell) or len(key) < 2:
        return
    if key in folded_words(rules.phrases.list_remarks):
        return
    parts = [part for part in _SEVERAL.split(cell) if part]
    person = category is None or is_person(category, rules)
    if person and len(parts) > 1 and all(_ONE_PERSON.fullmatch(part) for part in parts):
        yield from parts
    else:
        yield cell


def is_person(category: str, rules: Rules) -> bool:
    """Whether the nominees of a category are persons."""
    known = rules.category(category)
    spec = known.field(known.nominee) if known else None
    return spec is not None and spec.kind is FieldKind.PERSON
