"""The code of the day: what the digest carries and an order must, so that whoever orders has read the office's mail.

Made by HMAC-SHA256 from a secret of this installation and the day of the digest: nothing has to be kept, and no code tells
another. Letters only, none that is taken for another, so that no number of a nomination is ever part of one.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable
from datetime import date

from bot.campaign import OrderWords
from bot.deciding.order_tokens import flat, one_of

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without I, L and O."""

LENGTH = 8
"""Letters of a code: 23 to the power of 8 are 78 thousand million codes; some hundred tries a day are allowed to nobody."""

MOST_TRIES = 5
"""Words of a mail that are compared: a mail that holds a list of guesses is no try at all."""

_SHAPE = re.compile(rf"(?<![A-Za-z])([A-Za-z]{{{LENGTH // 2}}})[ \t_-]?([A-Za-z]{{{LENGTH // 2}}})(?![A-Za-z])")


def day_code(secret: bytes, campaign: str, day: date) -> str:
    """The code of a campaign's day, without the dash in its middle."""
    digest = hmac.new(secret, f"order\0{campaign}\0{day.isoformat()}".encode(), hashlib.sha256).digest()
    number, letters = int.from_bytes(digest, "big"), []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def spelled(code: str) -> str:
    """A code as people read it: KMWF-QXDA."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def codes_in(text: str) -> tuple[str, ...]:
    """Words of a text that have the shape of a code, in capitals, each once."""
    return tuple(dict.fromkeys("".join(match.groups()).upper() for match in _SHAPE.finditer(flat(text))))


def fitting(given: Iterable[str], valid: Iterable[tuple[date, str]]) -> date | None:
    """The day whose code is among the given ones; every pair is compared, each in constant time."""
    found: date | None = None
    guesses = tuple(given)
    if len(guesses) > MOST_TRIES:
        return None
    for day, code in valid:
        for guess in guesses:
            if hmac.compare_digest(guess.encode(), code.encode()):
                found = day
    return found


def tries_a_code(text: str, words: OrderWords) -> bool:
    """Whether a text means to give a code: something stands behind the word for it."""
    return re.search(rf"{one_of(words.code)}\s*(?:是|为|is)?\s*[:=\"“]?\s*[a-z0-9]", flat(text)) is not None


def without_codes(text: str, given: Iterable[str], words: OrderWords) -> str:
    """A text without these codes and the words for them before each: what is kept, quoted or sent on tells none."""
    secret, before = frozenset(given), re.compile(rf"{one_of(words.code)}[\s:：=是为\"“”]*$")
    kept, at, plain = "", 0, flat(text)
    for match in _SHAPE.finditer(plain):
        if "".join(match.groups()).upper() in secret:
            named = before.search(plain, at, match.start())
            kept += text[at : named.start() if named else match.start()]
            at = match.end()
    return kept + text[at:]
