"""Quoted history told from what the sender wrote now: the separators of QQ, Foxmail, 163, Outlook, Gmail and telephones."""

import re

_DASHES = r"[-—–_=*＊\s>]{2,}"
_SEPARATOR = re.compile(
    rf"^{_DASHES}\s*(?:原始邮件|原邮件|邮件原件|原始信息|原始郵件|转发邮件信息|转发的邮件|转发邮件|回复的原邮件|回复的邮件|"
    rf"Original (?:Message|Mail)|Forwarded (?:Message|Mail)|Forwarded by .*|Reply Message)\s*{_DASHES}.*$|"
    r"^\s*(?:开始转发的邮件|以下是转发的邮件|Begin forwarded message)\s*[:：]\s*$",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    r"^(?=.*(?:\d{1,2}[:：]\d{2}|@))\s*.{0,80}\d{2,4}\s*[-/年.].{0,200}(?:写道|寫道|写信给|来信)\s*[:：]?\s*$|"
    r"^\s*.{0,120}[<(（][^<>@\s]+@[^<>\s]+[>)）]\s*.{0,80}(?:写道|寫道)\s*[:：]\s*$|"
    r"^\s*(?:On|At|Am|Le)\b.{4,200}\b(?:wrote|writes|写道|schrieb.*|a écrit)\s*[:：]\s*$",
    re.IGNORECASE,
)
_FROM = re.compile(r"^[\s>*]*(?:发\s*件\s*人|寄\s*件\s*[者人]|From|Von)\*?\s*[:：]", re.IGNORECASE)
_OTHER = re.compile(
    r"^[\s>*]*(?:发\s*送\s*(?:时\s*间|日\s*期)|发\s*件\s*时\s*间|日\s*期|时\s*间|收\s*件\s*[人者]|抄\s*送(?:人)?|主\s*题|标\s*题|"
    r"Sent|Date|To|Cc|Subject|Gesendet|An|Betreff)\*?\s*[:：]",
    re.IGNORECASE,
)
_RULE = re.compile(r"^[-_=—]{8,}\s*$")
_QUOTED = re.compile(r"^\s{0,3}[>＞]")
_LONGEST = 400  # characters of a line that can be a separator


def fresh(text: str) -> str:
    """The text without quoted history; the signature stays. Answers written between quoted lines stay too."""
    lines = text.split("\n")
    kept: list[str] = []
    at = 0
    while at < len(lines):
        if _QUOTED.match(lines[at]):
            at += 1
            continue
        length = _history(lines, at)
        if not length:
            kept.append(lines[at])
            at += 1
        elif _next_is_quoted(lines, at + length):  # what follows is marked line by line, an answer may stand below
            at += length
        else:
            break
    return "\n".join(kept).strip("\n")


def _history(lines: list[str], at: int) -> int:
    """How many lines, from this one on, announce quoted history; 0 if it does not."""
    line = lines[at]
    if not line.strip() or len(line) > _LONGEST:
        return 0
    if _SEPARATOR.match(line) or _ATTRIBUTION.match(line):
        return 1
    if _FROM.match(line) and _is_block(lines, at):
        return 1
    if _RULE.match(line):
        after = next((n for n in range(at + 1, min(at + 4, len(lines))) if lines[n].strip()), None)
        return 1 if after is not None and _FROM.match(lines[after]) and _is_block(lines, after) else 0
    # An attribution broken over two lines.
    following = lines[at + 1] if at + 1 < len(lines) else ""
    joined = f"{line.strip()} {following.strip()}"
    starts = re.match(r"^\s*(?:On|At|在|于)\b|.*@", line)
    return 2 if starts and 0 < len(following) <= _LONGEST and _ATTRIBUTION.match(joined) else 0


def _is_block(lines: list[str], at: int) -> bool:
    """Whether a “From:” line begins the header of a quoted mail: at least two of its fields follow."""
    following = [line for line in lines[at + 1 : at + 12] if line.strip()][:6]
    return sum(1 for line in following if _OTHER.match(line)) >= 2


def _next_is_quoted(lines: list[str], at: int) -> bool:
    line = next((line for line in lines[at:] if line.strip()), "")
    return _QUOTED.match(line) is not None
