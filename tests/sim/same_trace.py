"""Runs the first seeds in two processes, and in every other build that lies
beside this one, and compares the traces.

usage: same_trace.py <ringside-sim> <directory of the builds>"""

import pathlib
import subprocess
import sys

SEEDS = 5


def traces(program):
    out = subprocess.run(
        [program, "--seeds", str(SEEDS), "--jobs", "1", "--trace-hash"],
        check=True, capture_output=True, text=True).stdout
    return [line for line in out.splitlines() if " trace " in line]


def main():
    program, builds = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    first = traces(program)
    if len(first) != SEEDS:
        print(f"{program}: {len(first)} traces instead of {SEEDS}")
        return 1
    others = [program]
    for path in sorted(builds.glob("*/tests/sim/ringside-sim")):
        # An older binary is of other sources and says nothing.
        if (path.resolve() != program.resolve()
                and path.stat().st_mtime >= newest_source(program)):
            others.append(path)
    failed = False
    for other in others:
        same = traces(other) == first
        print(f"{other}: {'same traces' if same else 'OTHER TRACES'}")
        failed = failed or not same
    return 1 if failed else 0


def newest_source(program):
    """When anything that the program is made of was last changed."""
    root = pathlib.Path(__file__).resolve().parents[2]
    rooms = ("actors", "app", "domain", "persistence", "tests/sim",
             "tests/support")
    return max(path.stat().st_mtime for room in rooms
               for path in (root / room).rglob("*")
               if path.suffix in (".hpp", ".cpp"))


if __name__ == "__main__":
    sys.exit(main())
