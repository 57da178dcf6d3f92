#!/usr/bin/env python3
"""Makes packages and writes the tables of each: `tables.py FOLDER [HOW_MANY]`.

Each package is a unit of a house that takes the reference model of ISO/IEC TS 33052 over and leaves some of its processes
out. What stands for real packages here is made up; only the folder of tables matters to `coverage.py`. The program is `prm`,
or the one that the environment variable PRM names.
"""

import os
import random
import subprocess
import sys
from pathlib import Path

PROCESSES = [f"COM.{number:02}" for number in range(1, 12)] + [f"TEC.{number:02}" for number in range(1, 10)]


def package(number: int) -> str:
    choice = random.Random(number)
    gone = sorted(choice.sample(PROCESSES, choice.randint(0, 3)))
    omitted = [f'omit {process} because "Unit {number} has nobody who performs it."' for process in gone]
    lines = ["use iso33052", "", f'model unit-{number} "Unit {number}" extends iso33052', "", *omitted]
    return "\n".join(lines).rstrip() + "\n"


def main(folder: Path, how_many: int) -> None:
    program = os.environ.get("PRM", "prm")
    for number in range(1, how_many + 1):
        source = folder / "packages" / f"unit-{number}.prm"
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(package(number), encoding="utf-8")
        tables = folder / "tables" / f"unit-{number}"
        tables.mkdir(parents=True, exist_ok=True)
        command = [program, "build", source, "--format", "csv", "-o", tables / "datapackage.json"]
        # A model with gaps is written, and told by the exit code 1; one that is broken is not written.
        done = subprocess.run(command, capture_output=True, text=True)
        if not (tables / "datapackage.json").exists():
            sys.exit(f"unit-{number}: {done.stderr}")
    print(f"wrote the tables of {how_many} packages into {folder / 'tables'}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
