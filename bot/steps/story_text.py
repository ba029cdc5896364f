"""The story of a nomination or a mail as a person at a terminal reads it, line by line; every line is harmless."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.campaign import Rules
from bot.model import Event, Fact, Facts, Filing, Finding, MailRow, Nomination, Place, Role
from bot.steps.explain import MailStory, NominationStory, Told
from bot.text import printable

_WHEN = "%Y-%m-%d %H:%M:%S"
_CHANGED = "field:"


def nomination_lines(story: NominationStory, rules: Rules) -> Iterator[str]:
    """What it is and how it stands, its versions, the mails that brought them, letters, hands, history."""
    yield from _harmless(_standing(story.nomination, rules))
    changes = _changes(story.events)
    for version in story.versions:
        yield ""
        yield from _harmless(_version(version, changes.get(version.version, {})))
    for mail in story.mails:
        yield ""
        yield from _harmless(_mail(mail, rules, {path for v in story.versions for path in _paths(v, mail.id)}))
    yield from _harmless(_ending(story.letters, story.hands, story.events))


def mail_lines(story: MailStory, rules: Rules) -> Iterator[str]:
    """What it is, every file, what was decided and why, what it did, letters, hands, history."""
    yield from _harmless(_mail(story.mail, rules, None))
    if story.mail.traceback:
        yield from _harmless(f"  {line}" for line in story.mail.traceback.rstrip().splitlines())
    for title, nominations in (("touched", story.nominations), ("moved", story.moved)):
        for one in nominations:
            yield printable(f"  {title:<9} {_head(one)}")
    yield from _harmless(_ending(story.letters, story.hands, story.events))


def _harmless(lines: Iterable[str]) -> Iterator[str]:
    return (printable(line) for line in lines)


# --- a nomination -----------------------------------------------------------------------------------------------------


def _head(one: Nomination) -> str:
    return f"{one.number} v{one.version} {one.state}  {one.category or 'no category'}  {one.nominee or '(no name)'}"


def _standing(one: Nomination, rules: Rules) -> Iterator[str]:
    unit = next((unit.name for unit in rules.units if unit.id == one.unit), "not on the roster")
    yield f"{one.number}  {one.nominee or '(no name)'}"
    yield f"  state     {one.state}, version {one.version}" + (", let stand by a person" if one.admitted else "")
    yield f"  category  {one.category or 'unknown'}"
    yield f"  unit      {unit} ({one.unit})" + (f"; the nominee belongs to {one.nominee_unit}" if one.nominee_unit else "")
    yield f"  arrived   {one.received:{_WHEN}}" + (f", newest version {one.updated:{_WHEN}}" if one.version > 1 else "")
    paper = f"since {one.paper:{_WHEN}}" if one.paper else "not yet"
    publicity = "shown" if one.publicity_shown else "not shown"
    yield f"  card      form {_yes(one.form)}, material {_yes(one.material)}, publicity {publicity}, stamped paper {paper}"
    yield from (f"  to pair   {number}. {choice}" for number, choice in enumerate(one.uncertain, 1))


def _yes(half: str | None) -> str:
    return "there" if half else "missing"


def _version(one: Nomination, changes: Facts) -> Iterator[str]:
    yield f"Version {one.version} by mail:{one.mail}, {one.state}"
    if one.form:
        yield f"  form      {one.form} of mail:{one.form_mail or one.mail}"
    if one.material:
        length = f", {one.count.words} words, {one.count.characters} characters" if one.count else ""
        yield f"  material  {one.material} of mail:{one.material_mail or one.mail}{length}"
    for name, fact in changes.items():
        before, after = fact if isinstance(fact, tuple) and len(fact) == 2 else ("?", _fact(fact))
        yield f"  changed   {name.removeprefix(_CHANGED)}: “{before}” -> “{after}”"
    yield from (f"  {line}" for finding in one.findings for line in _finding(finding))
    yield from (f"  precedes  {sentence}" for sentence in one.precedence)


def _changes(events: Sequence[Event]) -> Mapping[int, Facts]:
    """By version: the fields that it wrote otherwise than the one before."""
    return {
        int(str(event.facts.get("version", 0))): {name: fact for name, fact in event.facts.items() if name.startswith(_CHANGED)}
        for event in events
        if event.what == Filing.CORRECTED
    }


def _paths(one: Nomination, mail: int) -> Iterator[str]:
    """The files of a mail that a version stands on."""
    if one.form and (one.form_mail or one.mail) == mail:
        yield one.form
    if one.material and (one.material_mail or one.mail) == mail:
        yield one.material


# --- findings and facts -----------------------------------------------------------------------------------------------


def _finding(finding: Finding) -> Iterator[str]:
    """The finding with its place, and its facts: short ones in the line, texts each in a line of its own."""
    where = _where(finding)
    yield f"finding   {finding.check} ({finding.severity})" + (f" at {where}" if where else "")
    yield from (f"          {name}: {_fact(fact)}" for name, fact in finding.facts.items())


def _where(finding: Finding) -> str:
    file = finding.file or (finding.place.file if finding.place else "")
    return ", ".join(part for part in (finding.field, file, _spot(finding.place) if finding.place else "") if part)


def _spot(place: Place) -> str:
    parts = (
        ("page", place.page),
        ("sheet", place.sheet),
        ("table", place.table),
        ("row", place.row),
        ("column", place.column),
        ("paragraph", place.paragraph),
    )
    return " ".join(f"{name} {value}" for name, value in parts if value is not None)


def _fact(fact: Fact) -> str:
    return " | ".join(fact) if isinstance(fact, tuple) else str(fact)


# --- mails, letters, history ------------------------------------------------------------------------------------------


def _mail(mail: MailRow, rules: Rules, wanted: set[str] | None) -> Iterator[str]:
    """A mail with the files in `wanted` (None: all), what was decided and the evidence for its unit."""
    names = {unit.id: unit.name for unit in rules.units}
    command = f" {mail.command}" if mail.command else ""
    other = "" if mail.rules in {"", rules.version} else "; under other rules than now"
    yield f"mail:{mail.id}  {mail.received:{_WHEN}}  {mail.outcome or mail.state}{command}"
    yield f"  from      {mail.sender.name} <{mail.sender.address}>".replace("  <", " <")
    yield f"  subject   {mail.subject}"
    yield f"  decided   {mail.reason or 'not yet'}{other}"
    if mail.unit:
        by_hand = " (named by a person)" if mail.given_unit == mail.unit else ""
        yield f"  unit      {names.get(mail.unit, 'not on the roster')} ({mail.unit}){by_hand}"
    for one in mail.evidence:
        yield f"  evidence  {one.source}, weight {one.weight}: “{one.found}” -> {names.get(one.unit, one.unit)}"
    shown = [file for file in mail.files if wanted is None or file.path in wanted]
    yield from (f"  file      {f.path}: {f.role}, {f.format}, {f.size} bytes, sha256 {f.sha256[:12]}" for f in shown)
    if rest := [file for file in mail.files if file not in shown]:
        photos = sum(file.role is Role.PHOTO for file in rest)
        yield f"  file      and {len(rest)} more" + (f", {photos} of them photographs" if photos else "")
    yield from (f"  {line}" for finding in mail.findings for line in _finding(finding))


def _ending(letters: Sequence[Told], hands: Sequence[Event], events: Sequence[Event]) -> Iterator[str]:
    for title, lines in (
        ("Letters", [line for told in letters for line in _letter(told)]),
        ("By hand", [f"{_event(event)} ({event.subject})" for event in hands]),
        ("History", [_event(event) for event in events]),
    ):
        if lines:
            yield ""
            yield title
            yield from (f"  {line}" for line in lines)


def _letter(told: Told) -> Iterator[str]:
    row, letter = told.letter, told.letter.outgoing
    when = f"sent {row.sent:{_WHEN}}" if row.sent else f"{row.state}, queued {row.queued:{_WHEN}}"
    yield f"letter:{row.id}  {letter.letter}, {when}, to {', '.join(letter.recipients)}: {letter.subject}"
    if row.error:
        yield f"          {row.error}"
    yield from (f"          {_event(event)}" for event in told.events)


def _event(event: Event) -> str:
    """One row of the history; what a version changed is told with the version."""
    facts = ", ".join(f"{name} {_fact(fact)}" for name, fact in event.facts.items() if not name.startswith(_CHANGED))
    return f"{event.at:{_WHEN}}  {event.who:<9} {event.what}" + (f": {facts}" if facts else "")
