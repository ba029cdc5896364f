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
    print("\n| mails | letters | seconds | mails/s | CPU ms a mail | of it reading | peak MiB |\n|---|---|---|---|---|---|---|")
    rate = load.mails / load.seconds
    cells = (load.mails, load.letters, f"{load.seconds:.1f}", f"{rate:.0f}", f"{load.cpu_ms:.1f}", f"{load.reading_ms:.1f}")
    print("| " + " | ".join(map(str, cells)) + f" | {load.peak_mib:.0f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
