"""Include directions: which room may include what. The table is rooms.json.

Rules: direction (a room of ours), library (a foreign header), forbidden (a
header that brings a clock, a thread, randomness or I/O into `domain/`), root
(includes are written from the repository root), missing (no such file), once
(a header starts with #pragma once), standard (a header of the domain or the
store includes what it takes from the standard library; standard.json says
where a name is). The last one is what the test `header_self_containment`
cannot see, because it compiles headers after a precompiled one.
"""

import os
import re
import sys

import tree

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.M)
RULES = ("direction", "library", "forbidden", "root", "missing", "once",
         "standard")
STANDARD = tree.load_json("standard.json")
NAME = re.compile(r"\bstd::(\w+)")


class Table:
    """rooms.json, with groups expanded."""

    def __init__(self, data):
        self.rooms = data["rooms"]
        self.libraries = data["libraries"]
        self.system = tuple(data["system_headers"])
        self.forbidden = data["forbidden_in"]

    def room_of(self, path):
        """The room a path belongs to: the longest room that is a prefix."""
        found = [r for r in self.rooms if path.startswith(r + "/")]
        return max(found, key=len, default=None)

    def may_include(self, room, other):
        allowed = self.rooms[room]["rooms"]
        return other == room or any(
            a in ("*", other) or (a.endswith("/*")
                                  and other.startswith(a[:-1]))
            for a in allowed)

    def find_library(self, header):
        """The foreign library of an angle include, None for the standard
        library and the system, "?" if nobody knows it."""
        best, name = -1, None
        for library, prefixes in self.libraries.items():
            for prefix in prefixes:
                hit = header == prefix or (prefix.endswith("/")
                                           and header.startswith(prefix))
                if hit and len(prefix) > best:
                    best, name = len(prefix), library
        if name is None and not header.startswith(self.system):
            if "/" in header or header.endswith((".hpp", ".hxx")):
                return "?"
        return name

    def may_use(self, room, library):
        allowed = self.rooms[room]["libraries"]
        return "*" in allowed or library in allowed

    def is_forbidden(self, room, header):
        return any(room.startswith(prefix) and header in headers
                   for prefix, headers in self.forbidden.items())


def check_own(source, match, room, table, exists):
    header = match.group(2)
    other = table.room_of(header)
    if other is None:
        yield source.finding(match.start(), "root",
                             f'"{header}" is not written from the root')
    elif not exists(header):
        yield source.finding(match.start(), "missing", f'"{header}"')
    elif not table.may_include(room, other):
        yield source.finding(match.start(), "direction",
                             f"{room} may not include {other} ({header})")


def check_foreign(source, match, room, table):
    header = match.group(2)
    library = table.find_library(header)
    if table.is_forbidden(room, header):
        yield source.finding(match.start(), "forbidden",
                             f"{room} may not include <{header}>")
    elif library == "?":
        yield source.finding(match.start(), "library",
                             f"<{header}> is of no library in rooms.json")
    elif library and not table.may_use(room, library):
        yield source.finding(match.start(), "library",
                             f"{room} may not use {library} (<{header}>)")


def check_standard(source, code):
    """Names of the standard library whose header is not included."""
    given = {m.group(2) for m in INCLUDE.finditer(code)}
    missing = {}
    for match in NAME.finditer(code):
        for header, names in STANDARD.items():
            if match.group(1) in names and header not in given:
                missing.setdefault(header, match)
    for header, match in sorted(missing.items()):
        yield source.finding(match.start(), "standard",
                             f"std::{match.group(1)} needs <{header}>")


def check(source, table, exists=lambda header: True):
    """Findings of one C++ file."""
    room = table.room_of(source.path)
    if room is None:
        yield tree.Finding(source.path, 1, "root", "belongs to no room")
        return
    code = tree.blank_code(source.text, strings=False)
    if source.path.endswith(".hpp"):
        if not code.lstrip().startswith("#pragma once"):
            yield tree.Finding(source.path, 1, "once", "no #pragma once")
        if source.path.startswith(("domain/", "persistence/")):
            yield from check_standard(source, code)
    for match in INCLUDE.finditer(code):
        if match.group(1) == '"':
            yield from check_own(source, match, room, table, exists)
        else:
            yield from check_foreign(source, match, room, table)


def main():
    root = tree.root_argument()
    table = Table(tree.load_json("rooms.json"))
    files = tree.paths(root, tree.CPP)
    findings = []
    for path in files:
        findings += check(tree.read(root, path), table,
                          lambda h: os.path.isfile(os.path.join(root, h)))
    allowed = tree.exceptions_for(RULES)
    findings = tree.without_exceptions(findings, allowed)
    return tree.report("include_lint", findings, len(files))


if __name__ == "__main__":
    sys.exit(main())
