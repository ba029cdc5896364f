"""The lines right above a table that belong to it: annex mark, title, who sends it; and what else stands between tables."""

from collections.abc import Sequence

from bot.reading.form_lines import Line, line_finds
from bot.reading.labels import Lexicon
from bot.reading.titles import TITLE_LONGEST, TitleWords, is_annex, is_title

_LEAD = 8  # lines above a table that may be its title
_BETWEEN = 3  # lines between the tables of one form: “续表”, the number of a page
_BETWEEN_LONGEST = 16  # characters of such a line


def lead_start(lines: Sequence[Line], lexicon: Lexicon, words: TitleWords, *, is_first: bool) -> int:
    """Where the lines begin that belong to the table below them: from its annex mark, title or first pair down.

    `is_first`: nothing of the document stands above the lines, so that a few more short ones are its head.
    """
    top = len(lines)
    for index in range(len(lines) - 1, max(-1, len(lines) - 1 - _LEAD), -1):
        line = lines[index]
        if len(line.text) > TITLE_LONGEST and not line_finds(line, lexicon):
            break
        if is_annex(line.text) or is_any_title(line.text, words) or line_finds(line, lexicon):
            if words.is_material_title(line.text) and index < len(lines) - 3:
                break
            top = index
        if is_annex(line.text) or (line.starts_page and any(len(above.text) > TITLE_LONGEST for above in lines[:index])):
            break  # what stands above is a text of its own; a page of short lines is a cover
    is_head = is_first and sum(len(line.text) for line in lines[:top]) < TITLE_LONGEST
    return 0 if is_head else top


def is_any_title(text: str, words: TitleWords) -> bool:
    """Whether a line is the title of anything: it says so, or it names a category."""
    return (
        words.is_form_title(text)
        or words.is_material_title(text)
        or words.is_summary_title(text)
        or words.is_other_title(text)
        or (is_title(text) and bool(words.named(text)))
    )


def is_slight(lines: Sequence[Line], words: TitleWords) -> bool:
    """Whether lines between two tables may stand within one form: few, short, and titles of nothing."""
    return len(lines) <= _BETWEEN and all(
        len(line.text) <= _BETWEEN_LONGEST and not is_annex(line.text) and not is_any_title(line.text, words) for line in lines
    )
