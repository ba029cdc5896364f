import json

import pytest

from tests.reading.corpus import CORPUS, MAILS, answer


@pytest.mark.parametrize("name", sorted(path.stem for path in CORPUS.glob("*.eml")))
def test_an_ugly_mail_is_read_as_its_golden_answer_says(name: str) -> None:
    expected = json.loads((CORPUS / f"{name}.json").read_text(encoding="utf-8"))
    assert answer((CORPUS / f"{name}.eml").read_bytes()) == expected


def test_the_corpus_holds_what_its_program_makes() -> None:
    made = {name: make() for name, make in MAILS.items()}
    assert {name: (CORPUS / f"{name}.eml").read_bytes() for name in made} == made
