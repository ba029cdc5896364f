"""What the office can have done by an order: the deeds, and which of them the digest offers for what waits, by number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Deed(StrEnum):
    """What an order does."""

    PAPER = "paper"  # 收到纸质: the stamped papers of nominations came in
    ADMIT = "admit"  # 准予: a held, late or surplus nomination stands
    REFUSE = "refuse"  # 退回: it is sent back to its unit, with the reason; of a late version only that version
    EXTEND = "extend"  # 延期: mail of a unit, about a nomination, or of everybody is in time until a later day
    PAUSE = "pause"  # 暂停发信: letters wait, all but those to the office
    RESUME = "resume"  # 恢复发信
    CHECKED = "checked"  # 已核对: a hint (likeness, versions that differ) was looked at, the nomination stays
    SETTLE = "settle"  # 办结: a mail needs nothing more
    REDO = "redo"  # 重新处理: a held mail is judged again, as a person of the office lets it be done
    SEND = "send"  # 放行: a letter that waits goes out
    KEEP = "keep"  # 不发: it never does
    SHORTLIST = "shortlist"  # 通过审核
    SELECT = "select"  # 入选
    PASS_OVER = "pass_over"  # noqa: S105 - 未入选; no password


OPTIONS: Mapping[str, tuple[Deed, ...]] = {
    # a mail that failed three times: the mistake is mended, or a person did what it asks
    "mail_failed": (Deed.REDO, Deed.SETTLE),
    # a request that could not be done for this sender: the office knows the sender, or not
    "mail_command": (Deed.REDO, Deed.SETTLE),
    # a question or a greeting: most are answered by hand
    "mail_held": (Deed.SETTLE, Deed.REDO),
    # an order whose sender is not proven: it is confirmed, or forged
    "mail_order": (Deed.REDO, Deed.SETTLE),
    "held": (Deed.ADMIT, Deed.REFUSE),
    "late": (Deed.ADMIT, Deed.REFUSE),
    "over-quota": (Deed.ADMIT, Deed.REFUSE),
    "alike": (Deed.CHECKED, Deed.REFUSE),
    "versions-differ": (Deed.CHECKED, Deed.REFUSE),
    "letter_waiting": (Deed.SEND, Deed.KEEP),
    "letter_failed": (Deed.SEND, Deed.KEEP),
}
"""By the reason why a thing waits: what can be done about it, numbered from 1 in the digest and in answers to it."""


@dataclass(frozen=True, slots=True)
class Order:
    """One order as a mail or a cell gives it; with a `trouble` it cannot be carried out, and `said` tells which it was."""

    deed: Deed | None
    about: str = ""  # nomination:0123 | mail:17 | letter:9 | unit:410700 | campaign
    reason: str = ""
    until: date | None = None  # for EXTEND: the last day that is in time
    unit: str | None = None  # for REDO: the unit a mail is of
    said: str = ""
    trouble: str = ""  # a key of the words `orders.why`
