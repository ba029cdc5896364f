"""The one error of reading a document."""

from collections.abc import Mapping

from bot.model import Fact


class Unreadable(Exception):  # noqa: N818 - it is what becomes of a file, a finding, more than a programming error
    """A document cannot be read. `check` is a finding id of the attachment family, `facts` say why, never in prose."""

    def __init__(self, check: str, facts: Mapping[str, Fact] | None = None) -> None:
        super().__init__(check)
        self.check = check
        self.facts: Mapping[str, Fact] = facts or {}

    @classmethod
    def damaged(cls, detail: str) -> "Unreadable":
        """`attachment-unreadable`; `detail` is one English word or two for the log."""
        return cls("attachment-unreadable", {"why": "damaged", "detail": detail})

    @classmethod
    def encrypted(cls) -> "Unreadable":
        """`attachment-encrypted`."""
        return cls("attachment-encrypted", {"why": "password"})

    @classmethod
    def too_large(cls, limit: str, size: int, most: int) -> "Unreadable":
        """`attachment-unsafe`: more than a limit allows, so nothing of it was unpacked."""
        return cls("attachment-unsafe", {"why": "too-large", "limit": limit, "found": size, "most": most})

    def __reduce__(self) -> tuple[type["Unreadable"], tuple[str, dict[str, Fact]]]:
        return type(self), (self.check, dict(self.facts))
