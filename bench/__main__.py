"""Run the benchmarks and print their tables: `python -m bench [NAME[:SIZE] …]`, all of them without a name."""

import sys

from bench import backlog, formats, ledger, whole

NO_DOVECOT = "\nNo Dovecot on this machine: not measured."


def by_format(_size: int) -> None:
    """What reading one document costs."""
    print("\n| what is read | CPU ms | peak MiB | KiB |\n|---|---|---|---|")
    for cost in formats.measure():
        print(f"| {cost.name} | {cost.ms:.1f} | {cost.mib:.0f} | {cost.kib:.0f} |", flush=True)


def load(mails: int) -> None:
    """So many mails through the whole program."""
    found = whole.measure(mails)
    if found is None:
        print(NO_DOVECOT)
        return
    rate = found.mails / found.seconds
    print(f"\n{found.mails} mails, {found.letters} letters: {found.seconds:.1f} s, {rate:.0f} mails/s")
    print(f"Memory, in MiB: {', '.join(f'{at} {mib:.0f}' for at, mib in found.held_mib.items())}; peak {found.peak_mib:.0f}\n")
    print("| stage | CPU ms a mail |\n|---|---|")
    stages = {"reading (limited processes)": found.reading_ms, **found.stages, "all told, with the start": found.cpu_ms}
    for stage, ms in stages.items():
        print(f"| {stage} | {ms:.1f} |", flush=True)


def large(mib: int) -> None:
    """One mail of so many MiB."""
    found = backlog.large_mail(mib)
    if found is None:
        print(NO_DOVECOT)
        return
    print(f"\nA mail of {found.mib:.0f} MiB: {found.seconds:.1f} s; peak {found.peak_mib:.0f} MiB,", end=" ")
    print(f"of the limited process {found.reader_peak_mib:.0f} MiB", flush=True)


def old(mails: int) -> None:
    """A mailbox of so many old mails."""
    found = backlog.old_mailbox(mails)
    if found is None:
        print(NO_DOVECOT)
        return
    print(f"\nA mailbox of {found.mails} old mails: first look {found.first_seconds:.1f} s; a poll with nothing new", end=" ")
    print(f"{found.seconds:.3f} s, of which a bare client needs {found.bare_seconds:.3f} s", flush=True)


def morning(nominations: int) -> None:
    """A digest with its workbook over so many nominations."""
    found = ledger.measure(nominations)
    print(f"\nDigest and workbook of {found.nominations} nominations: {found.seconds:.1f} s,", end=" ")
    print(f"peak {found.peak_mib:.0f} MiB, workbook {found.workbook_mib:.1f} MiB", flush=True)


BENCHES = (
    ("formats", by_format, 0),
    ("load", load, 1000),
    ("load", load, 5000),
    ("large", large, 50),
    ("old", old, 100_000),
    ("ledger", morning, 100_000),
)


def main(wanted: list[str]) -> int:
    """Run what is named, else everything."""
    asked = dict(word.partition(":")[::2] for word in wanted)
    if unknown := asked.keys() - {name for name, _, _ in BENCHES}:
        print(f"no such benchmark: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    everything = not asked
    for name, bench, size in BENCHES:
        if everything:
            bench(size)
        elif name in asked:
            bench(int(asked.pop(name) or size))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
