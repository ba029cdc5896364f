"""What each finding carries: the contract between judging and wording.

`field`, `file` and `place` are attributes of the finding; everything else stands in `facts`, in English keys. A key in
brackets may be absent. Days are ISO dates (2021-12-20), moments ISO times with zone, ids are those of the rules.

Of the mail itself:

- `no-attachment` (no place)
    [`files`] (names): files that came, none of them part of a nomination
- `cloud-attachment` (no place)
    `links` (addresses, at most 10), `count` int
- `attachment-unreadable`, `-encrypted`, `-unsupported`, `-unsafe` (file: the file)
    what the reader says; [`scanned`] True: a picture of a document, its words not readable here,
    [`nominee`] whom its name tells
- `unit-unknown` (no place)
    `found` (the words that looked like a unit, at most 5)
- `unit-ambiguous` (no place)
    `candidates` (unit ids), `names` (their names), in the same order
- `unit-not-entitled` (no place)
    `unit` id and `name` of the body, [`through`] id and [`through_name`] of the unit it must go through
- `sender-new` (no place)
    `address`, `known` (addresses)
- `form-missing`, `material-missing` (file: the summary table): of a nominee that the table lists and that is nowhere
    `nominee`, `listed` True, [`form_title`], [`limit`]; a letter tells those of one table together: `names`

Of a nomination:

- `category-unknown` (file: form or material)
    `candidates` (all category ids), `names`
- `category-ambiguous` (file: form or material)
    `candidates` (category ids), `names`, `sources` (of each: title, labels, material, file-name, folder, subject,
    text)
- `form-missing` (file: the material)
    `nominee`, [`form_title`] of the form that is wanted, [`scan`] path of a scan that may be it
- `material-missing` (file: the form)
    `nominee`, [`limit`] int 字数
- `field-missing` (field: the field, file: the form)
    `wanted`: a `FieldKind` value; [`choices`]; `place` is None where the form lacks the label
- `field-invalid` (field: the field, file: the form)
    `found`, `wanted`: a key of `WANTED`; [`choices`]
- `material-too-long` (file: the material)
    `count` int 字数, `limit` int, `over` int
- `material-near-limit` (file: the material)
    `count` int 字数, `characters` int, `limit` int
- `publicity-missing` (field: publicity field, file: the form)
    `days` int wanted, [`found`]: what stands there instead (“未公示”)
- `publicity-too-short` (field: publicity field, file: the form)
    `found`, `first` and `last` day, `days` int working days counted, `limit` int, `over` bool: was it over when the
    mail arrived, `arrived` day
- `not-party-member` (field: the field, file: the form)
    `found`, `wanted` (accepted values)
- `not-in-service` (field: the field, file: the form)
    `found`, `reason`: `retired` or `age`; with `age`: `age` int years at the deadline, `limit` int, `deadline` day
- `over-quota` (no place)
    `quota` int, `live` int, `place` int (1 is oldest), `numbers` and `nominees` of those that stand, in the same
    order
- `late` (no place)
    `days`, `hours`, `minutes` int after the deadline, `deadline` day, `received` moment, [`standing`] int: the version
    in time that stands until the office decides about this one
- `duplicate-nominee` (no place)
    `numbers`, `nominees`, `units` (names), `categories` (short names), in the same order
- `similar-material` (file: the material)
    `number`, `score` int percent, `passages`
- `versions-differ` (field: the field, file: the scan)
    `word`, `scan`
- `stamp-not-seen` (file: the scan)
    no facts
"""

WANTED = {
    "telephone": "a number that can be dialled",
    "date": "a day, a month or a year that the calendar has",
    "month": "a year and month that are past",
    "choice": "one of the choices",
    "person": "the name of one person",
    "publicity-dates": "first and last day of the publicity",
}
"""The keys that `field-invalid` may carry as `wanted`, with what they mean."""

OF_MAIL = frozenset(
    {
        "no-attachment",
        "cloud-attachment",
        "attachment-unreadable",
        "attachment-encrypted",
        "attachment-unsupported",
        "attachment-unsafe",
        "unit-unknown",
        "unit-ambiguous",
        "unit-not-entitled",
        "sender-new",
    }
)
"""Findings that stand at the mail and never at a nomination."""

OF_MATERIAL = frozenset({"material-too-long", "material-near-limit", "similar-material"})
"""Findings about the material alone: they go when another material takes its place."""

OF_LEDGER = frozenset({"over-quota", "late", "duplicate-nominee"})
"""Findings that only the ledger can tell; made anew with every decision."""

OF_COMPARISON = frozenset({"similar-material"})
"""Findings from comparing a material with others on file: made when it is filed, and kept as long as it stands."""

OF_PAIR = frozenset({"form-missing", "material-missing", "category-unknown", "category-ambiguous"})
"""Findings about how the halves go together: made anew when a half comes."""
