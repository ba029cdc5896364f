"""字数: the length of a text as the word processors count it.

Every CJK character, every CJK or full-width punctuation mark and each of “ ” ‘ ’ — … counts one; every run of other characters
between white space or those counts one, so `12.5%` and `0371-6590` are one each. Word counts the same way: characters of
East Asian scripts one by one, everything else by words. What follows from that at the edges:

- full-width letters and digits, half-width kana, hangul, kana and bopomofo count one each, as do `㈠` and `㎡`;
- `①`, `Ⅳ`, `℃`, `·`, emoji and whatever else is neither CJK nor full-width belong to runs;
- marks that combine with the character before them, and characters that show nothing, count nothing.
"""

import re

from bot.model import Count

# Quotation marks, dash and ellipsis; radicals to the end of Yi; hangul; compatibility and full-width forms; planes 2 and 3.
# U+3000 is white space; marks that combine (U+302A to 302F, U+3099, U+309A) are taken out before.
_EACH = (
    "\u2014\u2018\u2019\u201c\u201d\u2026"
    "\u1100-\u11ff\u2e80-\u2fff\u3001-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7ff"
    "\ue000-\uf8ff\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe6f\uff01-\uffee"
    "\U00016fe0-\U00018dff\U0001aff0-\U0001b16f\U0001f200-\U0001f2ff\U00020000-\U0003ffff"
)
_STRETCH = re.compile(f"[{_EACH}]+")
_NOTHING = re.compile(
    "[\u00ad\u0300-\u036f\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff"
    "\u302a-\u302f\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\U000e0000-\U000e0fff\x00-\x08\x0e-\x1b\x7f]"
)


def count(text: str) -> Count:
    """The 字数 of a text, and its characters without white space."""
    visible = _NOTHING.sub("", text)
    # Each stretch of characters that count one by one becomes a space: what is left are the runs, and it is shorter by them.
    rest, stretches = _STRETCH.subn(" ", visible)
    one_by_one = len(visible) - len(rest) + stretches
    return Count(words=one_by_one + len(rest.split()), characters=len("".join(visible.split())))
