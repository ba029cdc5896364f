"""The workbook's view of the wording: each lookup by its meaning, findings remembered because they recur."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.campaign import Rules
from bot.letters.render import FindingWords, Wording
from bot.model import Finding

Table = Mapping[str, str]


@dataclass(slots=True)
class OfficeWords:
    """Words of one campaign for the office's papers."""

    rules: Rules
    wording: Wording
    _units: dict[str, str] = field(default_factory=dict)
    _kinds: dict[str, str] = field(default_factory=dict)
    _categories: dict[str | None, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._units = {unit.id: unit.name for unit in self.rules.units}
        self._kinds = {unit.id: unit.kind for unit in self.rules.units}
        self._categories = {category.id: category.short for category in self.rules.categories}

    def table(self, name: str) -> Table:
        """A table of `words/office.toml`."""
        found: Table = self.wording.words["office"][name]
        return found

    def unit(self, id: str | None) -> str:
        """A unit's name; its id when the roster has lost it."""
        return self._units.get(id, id) if id else ""

    def category(self, id: str | None) -> str:
        """A category's short name."""
        return self._categories.get(id) or self.table("book")["none"]

    def publicity(self, unit: str, category: str | None, shown: bool) -> str:
        """Whether publicity is shown, missing, or not asked of this unit."""
        book = self.table("book")
        if shown:
            return book["shown"]
        return book["not_shown"] if self.rules.publicity_check(category, self._kinds.get(unit, "")) else book["not_asked"]

    def finding(self, finding: Finding) -> FindingWords:
        """A finding in words."""
        return self.wording.finding(finding)

    def titles(self, findings: tuple[Finding, ...]) -> str:
        """What findings are called, in one line, each once."""
        if not findings:  # most nominations of a long list
            return ""
        return self.table("book")["separator"].join(dict.fromkeys(self.wording.title(finding) for finding in findings))

    def sentences(self, findings: tuple[Finding, ...]) -> str:
        """What findings say, one a line."""
        return "\n".join(self.finding(finding).wrong for finding in findings)
