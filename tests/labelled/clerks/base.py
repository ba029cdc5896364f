"""The shortest way from a sheet to a labelled mail: what goes into it, and what must be filed of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from tests.labelled.clerks.drawing import form, story
from tests.labelled.clerks.sheet import Sheet
from tests.labelled.envelope import CLIENTS, Client, File, Written
from tests.labelled.label import ANY, Case, Filed, Label, Mail, at

OFFICE_ONLY = frozenset(
    "late duplicate-nominee similar-material versions-differ sender-new material-near-limit stamp-not-seen".split()
)
FORM, STORY = "推荐表.docx", "典型材料.docx"
Files = Mapping[str, bytes]


def client(key: str) -> Client:
    """One of the mail programs, the same for the same key."""
    return CLIENTS[sum(key.encode()) % len(CLIENTS)]


def pair(sheet: Sheet, hand: str = "grid") -> Files:
    """Form and material as two files."""
    return {FORM: form(sheet, hand), STORY: story(sheet)}


def filed(
    sheet: Sheet,
    *findings: str,
    state: str = "",
    form: str | None = FORM,
    material: str | None = STORY,
    number: str | None = None,
) -> Filed:
    """What must be filed of it; the state follows from the findings where none is given."""
    worst = "accepted"
    for finding in findings:
        check = finding.split(":")[0]
        worst = "late" if check == "late" else worst
        if worst != "late" and check not in OFFICE_ONLY:
            worst = "over-quota" if "over-quota" in (check, worst) else "defective"
    return Filed(
        sheet.category, sheet.nominee, state or worst, frozenset(findings), form=form, material=material, number=number
    )


def anywhere(sheet: Sheet, *findings: str, state: str = "") -> Filed:
    """The same, the label silent about the places of form and material."""
    return filed(sheet, *findings, state=state, form=ANY, material=ANY)


def written(
    key: str,
    subject: str,
    text: str,
    files: Files,
    *,
    sender: str = "bangongshi@example.com",
    when: datetime | None = None,
    name: str = "",
    headers: Sequence[tuple[str, str]] = (),
) -> Written:
    """A mail of one of the programs."""
    return Written(
        subject,
        text,
        [File(name, content) for name, content in files.items()],
        sender=sender,
        name=name,
        arrived=when or at(13),
        client=client(key),
        headers=headers,
    )


def received(mail: Written, unit: str, *filed: Filed, findings: Sequence[str] = ()) -> Mail:
    """A mail of which something is filed."""
    return Mail(mail.bytes(), Label("received", unit, None, tuple(filed), frozenset(findings)))


def returned(mail: Written, unit: str | None, *findings: str) -> Mail:
    """A submission of which nothing can be filed."""
    return Mail(mail.bytes(), Label("returned", unit, findings=frozenset(findings)))


def ending(mail: Written, outcome: str, unit: str | None = None, command: str | None = None) -> Mail:
    """A mail of which nothing is to be filed, and nothing is wrong."""
    return Mail(mail.bytes(), Label(outcome, unit, command))


def case(name: str, *mails: Mail) -> Case:
    """A case of one mail or several in order."""
    return Case(name, mails)


def sent_by(mail: Written, sender: str, when: datetime) -> Written:
    """The same mail of another hour and another sender."""
    return replace(mail, sender=sender, arrived=when)
