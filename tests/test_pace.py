"""How many letters may leave within a minute: what the server's house bears, unless the operator says otherwise."""

import pytest

from bot.adapters.smtp_policy import letters_a_minute
from bot.settings import Config, CourierSettings
from bot.terms import minute_budget


@pytest.mark.parametrize(
    ("host", "letters"),
    [
        ("smtp.126.com", 10),
        ("SMTP.163.com.", 10),
        ("smtp.qiye.163.com", 10),
        ("smtp.yeah.net", 10),
        ("smtp.qq.com", 20),
        ("smtp.exmail.qq.com", 20),
        ("mail.not126.com", None),
        ("126.com.evil.example", None),
        ("127.0.0.1", None),
        ("", None),
    ],
)
def test_a_house_is_known_by_the_end_of_its_servers_name(host: str, letters: int | None) -> None:
    assert letters_a_minute(host) == letters


def test_the_operator_outweighs_the_table() -> None:
    assert minute_budget(Config()) == 10
    assert minute_budget(Config(courier=CourierSettings(minute_budget=3))) == 3
    assert minute_budget(Config(courier=CourierSettings(host="127.0.0.1", minute_budget=3))) == 3


def test_letters_written_into_a_folder_need_no_pace() -> None:
    assert minute_budget(Config(courier=CourierSettings(kind="folder"))) is None
