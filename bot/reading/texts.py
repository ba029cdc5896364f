"""Running text cut into sections where the title of another text begins."""

from collections.abc import Iterator, Sequence

from bot.length import count
from bot.model import Section
from bot.reading.form_lines import Line
from bot.reading.titles import TITLE_LONGEST, TitleWords, is_annex, is_heading, is_title

_SUBSTANCE = 100  # characters a text has before a new title may end it


def cut_texts(lines: Sequence[Line], words: TitleWords) -> Iterator[Section]:
    """The texts that these lines hold, in order."""
    begin, size = 0, 0
    for index, line in enumerate(lines):
        if size >= _SUBSTANCE and _begins_text(lines, index, words):
            yield _section(lines[begin:index])
            begin, size = index, 0
        size += len(line.text)
    if lines:
        yield _section(lines[begin:])


def _begins_text(lines: Sequence[Line], index: int, words: TitleWords) -> bool:
    text = lines[index].text
    if is_annex(text):
        return index + 1 < len(lines) and is_title(lines[index + 1].text)
    if (index and is_annex(lines[index - 1].text)) or is_heading(text) or not is_title(text):
        return False
    titled = words.is_material_title(text) or words.is_other_title(text) or words.is_form_title(text)
    return titled or lines[index].starts_page


def _section(lines: Sequence[Line]) -> Section:
    text = "\n".join(line.text for line in lines)
    first = next((line.text for line in lines if not is_annex(line.text)), lines[0].text)
    return Section(first if len(first) <= TITLE_LONGEST else "", text, count(text))
