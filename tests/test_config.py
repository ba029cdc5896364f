"""Settings: defaults, secrets, and every mistake told at once with what to write instead."""

from itertools import pairwise
from pathlib import Path

import pytest

from bot.config import Config, ConfigError, load_config, starting_file
from bot.wiring import lacking, tokens_for


def written(folder: Path, text: str) -> Path:
    path = folder / "shouli.toml"
    path.write_text(text, "utf-8")
    return path


def problems(path: Path | None, environment: dict[str, str] | None = None) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        load_config(path, environment or {})
    return caught.value.problems


def test_the_starting_file_says_nothing_but_defaults(tmp_path: Path) -> None:
    path = written(tmp_path, starting_file())
    assert load_config(path, {}) == Config(base=tmp_path.resolve())


def test_every_setting_of_the_starting_file_is_explained() -> None:
    lines = starting_file().splitlines()
    own = lines[: lines.index("[limits]")]  # the limits say their unit in their name
    settings = [(before, line) for before, line in pairwise(own) if " = " in line and not line.startswith("#")]
    assert [line for before, line in settings if not before.startswith("# ")] == []


def test_all_mistakes_are_told_together(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '[mailbox]\nport = "993"\nhots = "x"\nkind = "pop3"\nsince = "Monday"\n[post]\n'
        "[answers]\nreview_letters = 1\ndo_not_reply = 'a@b'\n",
    )
    assert problems(path) == (
        "shouli.toml: [post]: no such section; there are campaign, state, ledger, mailbox, folders, courier, oauth2, "
        "secrets, answers, office, operator, worker, limits",
        "shouli.toml: mailbox.hots: no such setting; there are kind, host, port, security, user, password, login, ca_file, "
        "folder, path, timeout_seconds, since, largest_mb, batch",
        'shouli.toml: mailbox.kind: write one of "imap", "maildir"',
        "shouli.toml: mailbox.port: write a whole number, 0 or more",
        'shouli.toml: mailbox.since: write a day such as "2021-11-01", or ""',
        "shouli.toml: answers.review_letters: write true or false",
        'shouli.toml: answers.do_not_reply: write a list of texts, such as [] or ["a@b.cn"]',
    )


def test_a_section_written_as_a_value_is_explained(tmp_path: Path) -> None:
    assert problems(written(tmp_path, 'mailbox = "imap.126.com"\n')) == (
        "shouli.toml: mailbox: write [mailbox] as a section with keys below it",
    )


def test_a_file_that_is_no_toml_is_one_problem(tmp_path: Path) -> None:
    (problem,) = problems(written(tmp_path, "[mailbox\n"))
    assert problem.startswith(f"{tmp_path / 'shouli.toml'}: is not TOML in UTF-8: ")


def test_a_missing_file_points_to_init(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path / "none.toml")
    assert (
        problem == f"{tmp_path / 'none.toml'}: cannot be read (No such file or directory); `shouli init` writes a starting file"
    )


def test_a_file_of_another_owner_tells_whom_to_let_read_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> str:  # root is refused nothing
        raise PermissionError(13, "Permission denied")

    path = written(tmp_path, "")
    monkeypatch.setattr(Path, "read_text", refuse)
    assert problems(path) == (
        f"{path}: cannot be read (Permission denied); let the user shouli runs as read it: chgrp, chmod 0640",
    )


def test_a_secret_comes_from_the_environment_and_outweighs_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, '[mailbox]\npassword = "old"\n')
    assert load_config(path, {"SHOULI_MAILBOX_PASSWORD": "new"}).mailbox.password == "new"


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from-a-file\n", "utf-8")
    environment = {"SHOULI_COURIER_PASSWORD_FILE": str(tmp_path / "secret")}
    assert load_config(None, environment).courier.password == "from-a-file"


def test_a_secret_file_that_is_not_there_is_a_problem_without_its_content(tmp_path: Path) -> None:
    environment = {"SHOULI_COURIER_PASSWORD_FILE": str(tmp_path / "none")}
    assert problems(None, environment) == ("environment: SHOULI_COURIER_PASSWORD_FILE: cannot be read: FileNotFoundError",)


def test_passwords_never_show_in_a_representation(tmp_path: Path) -> None:
    config = load_config(None, {"SHOULI_MAILBOX_PASSWORD": "geheim-1", "SHOULI_LEDGER_URL": "postgresql://u:geheim-2@h/d"})
    assert "geheim" not in repr(config)


def test_relative_paths_begin_at_the_settings_file(tmp_path: Path) -> None:
    assert load_config(written(tmp_path, ""), {}).state_folder == tmp_path.resolve() / "state"


def test_a_credential_of_the_service_manager_fills_a_setting(tmp_path: Path) -> None:
    (tmp_path / "SHOULI_OAUTH2_REFRESH_TOKEN").write_text("given-by-systemd\n", "utf-8")
    config = load_config(None, {"CREDENTIALS_DIRECTORY": str(tmp_path)})
    assert config.oauth2.refresh_token == "given-by-systemd"
    assert "given-by-systemd" not in repr(config)


def test_login_by_token_says_all_that_is_lacking_and_asks_for_no_password(tmp_path: Path) -> None:
    path = written(tmp_path, '[mailbox]\nuser = "a@b.example"\nlogin = "oauth2"\n[courier]\nlogin = "oauth2"\n')
    assert lacking(load_config(path, {})) == (
        "courier.user: write the login name (the whole address)",
        "oauth2.token_url: write the address where tokens are renewed, https://…",
        "oauth2.client_id: write the application's id, as Microsoft or Google gave it",
        "oauth2.refresh_token: give it as SHOULI_OAUTH2_REFRESH_TOKEN or …_FILE; `shouli authorize` gets one",
    )


def test_mailbox_and_courier_draw_on_the_same_tokens(tmp_path: Path) -> None:
    text = '[oauth2]\ntoken_url = "https://login.example/token"\nclient_id = "c"\nrefresh_token = "r"\n'
    config = load_config(written(tmp_path, text), {})
    assert tokens_for(config) is tokens_for(config)


def test_a_token_endpoint_without_tls_is_refused_in_the_settings_own_words(tmp_path: Path) -> None:
    config = load_config(written(tmp_path, '[oauth2]\ntoken_url = "http://login.example/token"\n'), {})
    with pytest.raises(ConfigError) as caught:
        tokens_for(config)
    assert caught.value.problems == (
        "oauth2.token_url: http://login.example/token: write an address that begins with https://",
    )


def test_an_alert_that_could_reach_nobody_is_told_before_it_is_needed(tmp_path: Path) -> None:
    path = written(
        tmp_path, '[mailbox]\nuser = "a@b.example"\npassword = "p"\n[operator]\nalert_to = ["operator", "o@b.example"]\n'
    )
    assert lacking(load_config(path, {})) == ("operator.alert_to: 'operator': write an address such as operator@126.com",)


def test_folders_for_people_are_other_folders_of_an_imap_mailbox(tmp_path: Path) -> None:
    path = written(
        tmp_path, '[mailbox]\nkind = "maildir"\npath = "m"\n[folders]\nafter = "copy"\nheld = ""\naccepted = "INBOX"\n'
    )
    assert lacking(load_config(path, {})) == (
        'folders.after: only an IMAP mailbox has folders; write "nothing"',
        "folders.accepted: write the name of another folder",
        "folders.held: write the name of another folder",
    )
