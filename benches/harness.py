"""What the benchmark's scripts share: building, data, running commands in turn, checking and showing results."""

import csv
import hashlib
import json
import os
import pathlib
import statistics
import subprocess
import sys
import venv

BENCHES = pathlib.Path(__file__).resolve().parent
ROOT = BENCHES.parent
BUILD = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target" / "benches"))
AS_OF = "2026-11-01T00:00:00Z"
THREADS = 2
# A program slower than this is timed once, and its figure marked with `*`.
TOO_SLOW = 120


def say(text):
    print(text, file=sys.stderr, flush=True)


def build(names, score=None):
    """Builds the crates named and this engine in release; gives the path of each program."""
    programs = {}
    for name in names:
        say(f"building {name}")
        cargo(BENCHES / name)
        programs[name] = str(BUILD / "release" / name)
    if score is None:
        say("building score")
        cargo(ROOT)
        score = BUILD / "release" / "score"
    return programs | {"score": str(pathlib.Path(score).resolve())}


def cargo(folder):
    command = ["cargo", "build", "--release", "--quiet", "--locked", "--target-dir", str(BUILD)]
    subprocess.run(command, cwd=folder, check=True)


def python():
    """An interpreter that has the pinned DuckDB and Polars."""
    folder = BUILD / "venv"
    interpreter = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = (BENCHES / "requirements.txt").read_text()
    stamp = folder / "requirements.txt"
    if not stamp.exists() or stamp.read_text() != wanted:
        say("installing DuckDB and Polars")
        venv.create(folder, with_pip=True)
        install = [interpreter, "-m", "pip", "install", "--quiet", "-r", BENCHES / "requirements.txt"]
        subprocess.run(install, check=True)
        stamp.write_text(wanted)
    return str(interpreter)


def generate(programs, data, what, stamp_of, options):
    """Generates data, unless it was with the same options by the same generator."""
    stamp = data / f".{stamp_of}"
    source = b"".join(path.read_bytes() for path in sorted((BENCHES / "generate" / "src").rglob("*.rs")))
    wanted = f"{' '.join(options)} {hashlib.sha256(source).hexdigest()}"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say(f"generating {stamp_of} in {data}")
    subprocess.run([programs["generate"], what, str(data), *options], check=True)
    stamp.write_text(wanted)


class Program:
    """A command to measure: its name in the table, and what it runs; `{out}` is where it writes."""

    def __init__(self, name, command, times_itself=False):
        self.name = name
        self.command = [str(part) for part in command]
        # It prints the seconds of the work alone: Python's own start does not count.
        self.times_itself = times_itself
        self.seconds = []
        self.peaks = []

    def run(self, programs, out):
        usage = out.with_suffix(".usage")
        command = [part.replace("{out}", str(out)) for part in self.command]
        done = subprocess.run([programs["measure"], str(usage), *command], capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
        seconds, peak = usage.read_text().split()
        return float(done.stdout.split()[-1]) if self.times_itself else float(seconds), int(peak) / 1024

    def once_only(self):
        return len(self.seconds) == 1 and self.seconds[0] > TOO_SLOW

    def median(self):
        return statistics.median(self.seconds)

    def peak(self):
        return statistics.median(self.peaks)


def measure(programs, cases, rounds, data):
    """Runs the programs of each case in turn, once to check that results are equal, then for the clock."""
    for case, members in cases.items():
        say(f"checking {case}")
        outs = []
        for member in members:
            out = data / f"out-{case}-{member.name}.csv"
            seconds, peak = member.run(programs, out)
            outs.append(out)
            if seconds > TOO_SLOW:
                member.seconds, member.peaks = [seconds], [peak]
        for member, out in zip(members[1:], outs[1:]):
            check_equal(case, members[0].name, outs[0], member.name, out)
    for round_number in range(rounds):
        say(f"round {round_number + 1} of {rounds}")
        for case, members in cases.items():
            for member in members:
                if not member.once_only():
                    seconds, peak = member.run(programs, data / f"out-{case}-{member.name}.csv")
                    member.seconds.append(seconds)
                    member.peaks.append(peak)


def check_equal(case, name, path, other_name, other_path):
    """Every lead has the same band and the same score, but for a thousandth where points fade."""
    if not path.exists() and not other_path.exists():
        return
    ours, theirs = results(path), results(other_path)
    if ours.keys() != theirs.keys():
        raise SystemExit(f"{case}: {name} has {len(ours)} leads, {other_name} {len(theirs)}, or they are not the same")
    for lead, (score, band) in ours.items():
        other_score, other_band = theirs[lead]
        if abs(score - other_score) > (0.001 if case.startswith("c") else 0) or band != other_band:
            raise SystemExit(f"{case}: {lead} has {score} {band} by {name}, {other_score} {other_band} by {other_name}")


def results(path):
    with open(path, newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return {lead: (float(score), band) for lead, score, band in rows}


def save(path, cases):
    """All times, for later comparisons."""
    found = {
        case: {member.name: {"seconds": member.seconds, "peak_mib": member.peaks} for member in members}
        for case, members in cases.items()
    }
    path.write_text(json.dumps(found, indent=1))


def table(header, rows):
    """Columns as wide as they need be: a table that Markdown also reads."""
    cells = [[str(cell) for cell in row] for row in [header, *rows]]
    widths = [max(len(row[place]) for row in cells) for place in range(len(header))]
    lines = []
    for number, row in enumerate(cells):
        padded = [cell.ljust(width) if place == 0 else cell.rjust(width) for place, (cell, width) in enumerate(zip(row, widths))]
        lines.append("| " + " | ".join(padded) + " |")
        if number == 0:
            lines.append("|" + "|".join("-" * (width + 1) + ("-" if place == 0 else ":") for place, width in enumerate(widths)) + "|")
    print("\n".join(lines), flush=True)
