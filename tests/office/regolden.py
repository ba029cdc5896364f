"""Writes the golden digests anew, on purpose only: python -m tests.office.regolden."""

from tests.office.test_digest import GOLDEN, quiet, rendered, told


def main() -> None:
    """Text and HTML of the lively scene, text of the quiet one."""
    GOLDEN.mkdir(exist_ok=True)
    lively = rendered(told())
    (GOLDEN / "digest.txt").write_text(lively.text, "utf-8")
    (GOLDEN / "digest.html").write_text(lively.html, "utf-8")
    (GOLDEN / "digest_quiet.txt").write_text(rendered(quiet()).text, "utf-8")


if __name__ == "__main__":
    main()
