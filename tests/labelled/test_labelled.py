"""The program agrees with every label; what it does not do yet is listed by name."""

from collections import defaultdict

from bot.model import SEVERITIES
from tests.labelled import score
from tests.labelled.cases import all_cases
from tests.labelled.label import Case, Filed, Label, Mail
from tests.labelled.run import judged

KNOWN: frozenset[str] = frozenset()
"""Cases in which the program is known to be wrong. One that comes right must leave this list."""


def test_the_program_agrees_with_every_label() -> None:
    cases = all_cases()
    tally = score.Tally()
    for case, verdicts in zip(cases, judged(cases), strict=True):
        tally.add(case, verdicts)
    found = defaultdict(list)
    for item in tally.disagreements:
        found[item.case].append(f"[{item.mail}] {item.what}: expected {item.expected}, got {item.got}")
    wrong = {name: lines for name, lines in found.items() if name not in KNOWN}
    assert wrong == {}
    assert {case.name for case in cases} & KNOWN == set(found)


def test_every_kind_of_finding_is_labelled_somewhere() -> None:
    labels = [mail.label for case in all_cases() for mail in case.mails]
    keys = {key for label in labels for key in label.findings} | {
        key for label in labels for one in label.filed for key in one.findings
    }
    told = {key.split(":")[0].split("@")[0] for key in keys}
    assert set(SEVERITIES) - told <= {"stamp-not-seen"}


def test_a_wrong_verdict_is_seen() -> None:
    label = Label("received", "S031", filed=(Filed("member", "张三", "accepted"),))
    verdict: dict[str, object] = {
        "outcome": "received",
        "reason": "1 filed",
        "command": None,
        "unit": {"id": "S031"},
        "findings": [{"check": "cloud-attachment", "file": None, "field": None}],
        "files": [],
        "nominations": [
            {
                "category": "member",
                "nominee": "张三",
                "state": "defective",
                "form": None,
                "material": None,
                "characters": None,
                "number": "0001",
                "fields": {},
                "findings": [{"check": "field-missing", "file": None, "field": "性别"}],
            }
        ],
    }
    tally = score.Tally()
    tally.add(Case("one", (Mail(b"", label),)), [verdict])
    assert [(item.what, item.expected, item.got) for item in tally.disagreements] == [
        ("state", "accepted", "defective"),
        ("finding of 张三", "[]", "['field-missing:性别']"),
        ("mail finding", "[]", "['cloud-attachment']"),
    ]
    assert (tally.invented, tally.missed) == ({"field-missing": 1, "cloud-attachment": 1}, {})
