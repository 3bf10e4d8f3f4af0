"""Holds tests/CASES.md against the tests: every case of the list has a test
that names it, every test that is named exists where the list says, and every
test that names a case is of a case in the list."""

import re
import sys

import tree

LIST = "tests/CASES.md"
# The cases that have to be in the list; more may be.
WANTED = [*range(1, 13), 15, 16, 18, 19, 24, 27, 38, 39, 43, 44, 45, 50]

ROW = re.compile(r"^\|\s*(\d{2})\s*\|([^|\n]*)\|([^|\n]*)\|\s*$", re.M)
GROUP = re.compile(r"((?:`case_\w+`(?:,\s*)?)+)\s+in\s+`([\w/]+\.cpp)`")
TEST = re.compile(
    r"\b(?:TEST|TEST_F|TEST_P|RC_GTEST_PROP)\s*\(\s*(\w+)\s*,\s*(\w+)")
CASE = re.compile(r"^case_(\d+)(?:_|$)")


def names_in(text):
    """Suites and tests of one C++ file, by their first place."""
    found = {}
    for match in TEST.finditer(tree.blank_code(text)):
        for name in match.groups():
            found.setdefault(name, match.start())
    return found


def check_row(source, match, files):
    number = match.group(1)
    groups = GROUP.findall(match.group(3))
    if not groups:
        yield source.finding(match.start(), "case",
                             f"case {number} has no test")
    for names, path in groups:
        known = files.get("tests/" + path)
        for name in re.findall(r"`(\w+)`", names):
            if known is None:
                text = f"there is no tests/{path}"
            elif name not in known:
                text = f"tests/{path} has no test {name}"
            elif CASE.match(name).group(1) != number:
                text = f"{name} is no test of case {number}"
            else:
                continue
            yield source.finding(match.start(), "case", text)


def check(source, sources):
    """The list against the test files."""
    files = {s.path: names_in(s.text) for s in sources}
    listed = set()
    for match in ROW.finditer(source.text):
        listed.add(match.group(1))
        yield from check_row(source, match, files)
    for number in WANTED:
        if f"{number:02}" not in listed:
            yield source.finding(0, "case", f"case {number:02} is missing")
    for s in sources:
        for name, offset in files[s.path].items():
            case = CASE.match(name)
            if case and case.group(1) not in listed:
                yield s.finding(offset, "case",
                                f"case {case.group(1)} of {name} is not in "
                                f"{LIST}")


def main():
    root = tree.root_argument()
    paths = [p for p in tree.paths(root, (".cpp",)) if p.startswith("tests/")]
    sources = [tree.read(root, p) for p in paths]
    findings = list(check(tree.read(root, LIST), sources))
    return tree.report("case_lint", findings, len(sources))


if __name__ == "__main__":
    sys.exit(main())
