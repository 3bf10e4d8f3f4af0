"""What every lint shares: finding files, blanking comments, reporting.

A lint is a function from a `Source` to findings. Nothing here knows a rule.
Needs only Python's standard library.
"""

import json
import os
import re
import sys
from dataclasses import dataclass

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))

# Not ours: build trees, run-time data, packages, version control.
SKIPPED = {"build", "data", "node_modules", "dist", "__pycache__"}
CPP = (".cpp", ".hpp")


@dataclass(frozen=True)
class Finding:
    """One broken rule at one place."""

    path: str
    line: int
    rule: str
    text: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.rule}: {self.text}"


@dataclass(frozen=True)
class Source:
    """A file by its path from the root, with slashes, and its text."""

    path: str
    text: str

    @property
    def lines(self):
        return self.text.split("\n")

    def finding(self, offset, rule, text):
        line = self.text.count("\n", 0, offset) + 1
        return Finding(self.path, line, rule, text)


def is_skipped(name, top):
    if name.startswith(".") and name != ".ci":
        return True
    # tests/data holds test vectors of ours; data/ at the root is run-time.
    return name in SKIPPED - {"data"} or (top and name == "data")


def paths(root, suffixes=None):
    """Every file of ours below root, sorted, relative to root."""
    found = []
    for folder, names, files in os.walk(root):
        top = os.path.samefile(folder, root)
        names[:] = [n for n in names if not is_skipped(n, top)]
        for name in files:
            if name == ".git":
                continue
            if suffixes is None or name.endswith(tuple(suffixes)):
                path = os.path.relpath(os.path.join(folder, name), root)
                found.append(path.replace(os.sep, "/"))
    return sorted(found)


def read(root, path):
    with open(os.path.join(root, path), "rb") as file:
        return Source(path, file.read().decode("utf-8", "replace"))


def is_text(root, path):
    with open(os.path.join(root, path), "rb") as file:
        return b"\0" not in file.read(4096)


TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/"""
    r"""|R"(?P<tag>[^()\s]{0,16})\(.*?\)(?P=tag)\""""
    r"""|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])*'""",
    re.S)


def blank(text):
    return re.sub(r"[^\n]", " ", text)


def blank_code(text, strings=True):
    """C++ with comments (and the inside of strings) turned into spaces, so
    that every offset and line number stays what it was."""

    def replace(match):
        token = match.group(0)
        if token.startswith("/"):
            return blank(token)
        return '"' + blank(token[1:-1]) + '"' if strings else token

    return TOKEN.sub(replace, text)


def matching(text, start, pair="()"):
    """Offset just behind the bracket that closes the one at `start`."""
    depth = 0
    for i in range(start, len(text)):
        if text[i] == pair[0]:
            depth += 1
        elif text[i] == pair[1]:
            depth -= 1
            if depth == 0:
                return i + 1
    return len(text)


def load_json(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return json.load(file)


def without_exceptions(findings, exceptions):
    """Drops findings that `exceptions.json` allows. Each exception names
    rule, path and reason; one that allows nothing any more is a finding, so
    the list can only shrink to what is needed."""
    used, kept = set(), []
    for finding in findings:
        for i, entry in enumerate(exceptions):
            if (entry["rule"], entry["path"]) == (finding.rule, finding.path):
                used.add(i)
                break
        else:
            kept.append(finding)
    for i, entry in enumerate(exceptions):
        if i not in used:
            kept.append(Finding("tests/lint/exceptions.json", 1, "exception",
                                f"nothing needs {entry['rule']} in "
                                f"{entry['path']} any more; remove it"))
    return kept


def exceptions_for(rules):
    return [e for e in load_json("exceptions.json") if e["rule"] in rules]


def report(name, findings, checked):
    """Prints findings; the exit code of the program."""
    for finding in findings:
        print(finding)
    print(f"{name}: {checked} files, {len(findings)} findings")
    if checked == 0:
        print(f"{name}: nothing to check, which cannot be right")
        return 1
    return 1 if findings else 0


def root_argument():
    return os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else ROOT
