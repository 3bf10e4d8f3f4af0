"""The same seed is the same run: runs the first seeds twice in one build and
once in every other build that lies beside it, and compares the traces.

usage: same_trace.py <ringside-sim> <directory of the builds> [build...]

A build that is named has to be there and of these sources; without names,
whatever is there is compared, and what is left out is said. A binary that is
older than a source file may be of other sources and says nothing."""

import pathlib
import subprocess
import sys

# A third of the runs has a lull, about every sixth some damage.
SEEDS = 20
ROOMS = ("actors", "app", "domain", "persistence", "tests/sim",
         "tests/support")


def traces(program):
    """One line for each seed, or None if a run fails; then it says why."""
    run = subprocess.run(
        [program, "--seeds", str(SEEDS), "--jobs", "1", "--trace-hash"],
        capture_output=True, text=True)
    lines = [x for x in run.stdout.splitlines() if " trace " in x]
    if run.returncode == 0 and len(lines) == SEEDS:
        return lines
    print(f"{program}: exit {run.returncode}, {len(lines)} of {SEEDS} traces")
    print(run.stdout[-4000:], run.stderr[-4000:], sep="\n")
    return None


def newest_source():
    """When anything that the program is made of was last changed."""
    root = pathlib.Path(__file__).resolve().parents[2]
    return max(path.stat().st_mtime for room in ROOMS
               for path in (root / room).rglob("*")
               if path.suffix in (".hpp", ".cpp"))


def others(program, builds, named):
    """The programs to compare with, and whether a named one is missing."""
    newest = newest_source()
    found, missing = [], list(named)
    for path in sorted(builds.glob("*/tests/sim/ringside-sim")):
        build = path.relative_to(builds).parts[0]
        if path.resolve() == program.resolve():
            missing = [x for x in missing if x != build]
        elif path.stat().st_mtime < newest:
            print(f"{path}: older than the sources, not compared")
        else:
            found.append(path)
            missing = [x for x in missing if x != build]
    for build in missing:
        print(f"{builds / build}: no simulation of these sources")
    return found, bool(missing)


def main():
    program, builds = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    first = traces(program)
    if first is None:
        return 1
    found, failed = others(program, builds, sys.argv[3:])
    for other in [program] + found:
        again = traces(other)
        if again == first:
            print(f"{other}: same traces")
            continue
        failed = True
        for mine, its in zip(first, again or []):
            if mine != its:
                print(f"{other}: OTHER TRACE: {its}, here {mine}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
