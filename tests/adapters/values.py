"""Fully filled values of the ledger: every field differs from its default, so that a column that is lost is noticed."""

from datetime import datetime, timedelta
from typing import Any, TypeVar, get_args, get_type_hints

from bot.model import (
    Address,
    Alternative,
    AnswerState,
    Change,
    Command,
    Count,
    Evidence,
    Filed,
    FileRow,
    Filing,
    Finding,
    Format,
    Letter,
    Listed,
    MailRow,
    MailState,
    Nomination,
    Outcome,
    Place,
    Position,
    Role,
    Severity,
    State,
)
from tests.fakes import NOON

T = TypeVar("T")

FINDING = Finding(
    "material-too-long",
    Severity.DEFECT,
    field="主要事迹",
    file="新乡市.zip/材料.docx",
    place=Place("新乡市.zip/材料.docx", page=1, sheet="一", table=2, row=3, column=4, paragraph=5),
    facts={"count": 2100, "limit": 2000, "share": 1.05, "title": True, "found": "字", "names": ("甲", "乙")},
)


def full_mail(id: int = 0, **other: Any) -> MailRow:
    """A mail with a value in every field."""
    known: dict[str, Any] = {
        "id": id,
        "message_id": "<1@example.com>",
        "sha256": "a" * 64,
        "position": Position("INBOX", 7, 12),
        "received": NOON,
        "size": 3_000_000_000,
        "original": "mail/aa/" + "a" * 64 + ".eml",
        "complete": False,
        "state": MailState.HANDLED,
        "attempts": 2,
        "outcome": Outcome.RECEIVED,
        "reason": "one nomination filed",
        "command": Command.STATUS,
        "unit": "410700",
        "sender": Address("li@example.com", "李"),
        "subject": "推荐表 😀",
        "findings": (FINDING,),
        "files": (FileRow("推荐表.docx", "b" * 64, 51234, Format.DOCX, Role.FORM),),
        "evidence": (Evidence("form-field", "新乡市", "410700", 9),),
        "filed": ("0001", "0002"),
        "rules": "c" * 64,
        "traceback": "Traceback",
        "letter": Letter.RECEIPT,
        "answer_state": AnswerState.OWED,
        "answer_by": NOON + timedelta(minutes=10),
        "handled": NOON + timedelta(seconds=1, microseconds=7),
    }
    return _filled(MailRow, {**known, **other})


def full_nomination(number: str = "0001", **other: Any) -> Nomination:
    """A nomination with a value in every field."""
    known: dict[str, Any] = {
        "number": number,
        "version": 1,
        "unit": "410700",
        "category": "project",
        "nominee": "红旗区“党员联户+”服务项目",
        "nominee_unit": "红旗区",
        "state": State.ACCEPTED,
        "received": NOON,
        "updated": NOON + timedelta(hours=1),
        "mail": 1,
        "form": "推荐表.docx",
        "material": "材料.docx",
        "fields": {"项目名称": "红旗区", "联系电话": "0373-1234567"},
        "count": Count(1873, 2001),
        "findings": (FINDING,),
        "form_mail": 3,
        "material_mail": 4,
        "publicity_shown": True,
        "paper": NOON + timedelta(days=1),
        "admitted": True,
        "order": 5,
    }
    return _filled(Nomination, {**known, **other})


_SAMPLES: dict[Any, Any] = {
    str: "x",
    int: 1,
    bool: True,
    datetime: NOON,
    tuple[str, ...]: ("x", "y"),
    tuple[Listed, ...]: (Listed("游庆穗", "member", "汇总表.xlsx"),),
    tuple[Alternative, ...]: (Alternative("material", "材料.docx", "b" * 64, "典型材料"),),
}


def _filled(kind: type[T], known: dict[str, Any]) -> T:
    """Fields that the value has got since are filled by their type; KeyError asks for a sample of a new type."""
    hints = get_type_hints(kind)
    missing = [name for name in hints if name not in known]
    return kind(**known, **{name: _SAMPLES[_bare(hints[name])] for name in missing})


def _bare(hint: Any) -> Any:
    return next((kind for kind in get_args(hint) if kind is not type(None)), hint) if type(None) in get_args(hint) else hint


def filed(nomination: Nomination, filing: Filing = Filing.FILED) -> Filed:
    return Filed(nomination, filing, (Change("联系电话", "1", "2"),) if filing is Filing.CORRECTED else ())
