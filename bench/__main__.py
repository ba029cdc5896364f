"""Run the benchmarks and print their tables: `python -m bench [MAILS]`."""

import sys

from bench import formats, whole


def main(mails: int) -> None:
    """Formats first, then the whole program."""
    print("| format | form and material, CPU ms | KiB |\n|---|---|---|")
    for cost in formats.measure():
        print(f"| {cost.format} | {cost.ms:.1f} | {cost.kib:.0f} |", flush=True)
    load = whole.measure(mails)
    if load is None:
        print("\nNo Dovecot on this machine: the whole program is not measured.")
        return
    rate = load.mails / load.seconds
    print(f"\n{load.mails} mails, {load.letters} letters: {load.seconds:.1f} s, {rate:.0f} mails/s")
    print(f"Peak memory: {load.peak_mib:.0f} MiB\n")
    print("| stage | CPU ms a mail |\n|---|---|")
    stages = {"reading (limited processes)": load.reading_ms, **load.stages, "all told, with the start": load.cpu_ms}
    for stage, ms in stages.items():
        print(f"| {stage} | {ms:.1f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
