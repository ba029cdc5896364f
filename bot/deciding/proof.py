"""Whether a mail's own server vouches that it comes from whom it says: Authentication-Results (RFC 8601) of that server alone.

A sender may write such fields himself, and some servers (Coremail, which NetEase runs) put theirs below the sender's fields
and not on top. So every field that bears the server's name counts, and all must agree: a forged one can only harm its forger.
A pass counts for the domain of From alone; SPF of a stranger's envelope proves nothing about the name on the letter.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase

from bot.model import Headers


class Proof(StrEnum):
    """What the server says about From."""

    PROVEN = "proven"  # DMARC, or DKIM or SPF of From's own domain, passes
    OPEN = "open"  # nothing is said, or nothing that decides: no record, a passing trouble
    REFUTED = "refuted"  # a check fails, or what passes is another domain's


class Demand(StrEnum):
    """How much proof an order needs besides the day's code."""

    REQUIRED = "required"  # PROVEN
    GIVEN = "given"  # not REFUTED: many offices' servers sign nothing
    NONE = "none"  # the code alone


@dataclass(frozen=True, slots=True)
class _Result:
    """One method of one field: its result, and the domain it is about."""

    method: str
    result: str
    domain: str


_FAILS = ("softfail", "hardfail", "fail", "reject", "quarantine", "policy")
_RESULTS = "|".join(("pass", *_FAILS, "neutral", "none", "temperror", "permerror"))
_METHOD = re.compile(rf"(dmarc|spf|dkim)=({_RESULTS})([^;]*)")
_END = r"(?=;|$|smtp\.|header\.|policy\.|reason=|action=|x-)"
_ABOUT = {
    "spf": re.compile(rf"smtp\.(?:mailfrom|mail|from)=\"?(.+?)\"?{_END}"),
    "dkim": re.compile(rf"header\.[di]=\"?(.+?)\"?{_END}"),
    "dmarc": re.compile(rf"header\.from=\"?(.+?)\"?{_END}"),
}


def proof(headers: Headers, servers: str) -> Proof:
    """What the server says whose name fits `servers` (“mx*”, “*.example.cn”); "" takes the topmost field, whoever wrote it."""
    fields = headers.authentications[:1] if not servers else [f for f in headers.authentications if _of(f, servers)]
    own = headers.sender.address.rpartition("@")[2].lower()
    verdicts = {_verdict(list(_results(field)), own) for field in fields}
    if Proof.REFUTED in verdicts:
        return Proof.REFUTED
    return Proof.PROVEN if verdicts == {Proof.PROVEN} else Proof.OPEN


def suffices(found: Proof, demand: Demand) -> bool:
    """Whether what was found is what is asked."""
    if demand is Demand.NONE:
        return True
    return found is Proof.PROVEN or (demand is Demand.GIVEN and found is Proof.OPEN)


def _of(field: str, servers: str) -> bool:
    """Whether a field begins with the name of one of the trusted servers."""
    name = _bare(field).partition(";")[0].split()
    return bool(name) and any(fnmatchcase(name[0].lower(), one.lower()) for one in re.split(r"[\s,]+", servers) if one)


def _bare(field: str) -> str:
    """Without comments, which may stand in one another."""
    while (less := re.sub(r"\([^()]*\)", " ", field)) != field:
        field = less
    return field


def _results(field: str) -> Iterator[_Result]:
    """Coremail folds its lines in the middle of words, so white space says nothing."""
    for method, result, rest in _METHOD.findall(re.sub(r"\s+", "", _bare(field)).lower()):
        about = _ABOUT[method].search(rest)
        yield _Result(method, result, about[1].rpartition("@")[2] if about else "")


def _verdict(results: list[_Result], own: str) -> Proof:
    """DMARC decides where it was asked; else a pass for From's own domain; else a failure, or a pass of somebody else's."""
    dmarc = [one.result for one in results if one.method == "dmarc" and one.domain in ("", own)]
    if any(result in _FAILS for result in dmarc):
        return Proof.REFUTED
    if "pass" in dmarc or _passes(results, own):
        return Proof.PROVEN
    others = [one for one in results if one.method != "dmarc"]
    strange = any(one.result == "pass" and one.domain and not _related(one.domain, own) for one in others)
    return Proof.REFUTED if strange or any(one.result in _FAILS for one in others) else Proof.OPEN


def _passes(results: Iterable[_Result], own: str) -> bool:
    return any(one.result == "pass" and one.method != "dmarc" and _within(one.domain, own) for one in results)


def _within(domain: str, own: str) -> bool:
    """The same domain or one below it. One above proves nothing: gov.cn is above everybody's."""
    return bool(own) and (domain == own or domain.endswith(f".{own}"))


def _related(domain: str, own: str) -> bool:
    return _within(domain, own) or _within(own, domain)
