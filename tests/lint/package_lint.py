"""Every library a CMake file looks for has its Debian package in
cmake/packages.txt, so that ./run and ./test install it."""

import re
import sys

import tree

LOOKS_FOR = re.compile(r"^\s*(find_package|pkg_check_modules)\(([^)]*)\)",
                       re.M)
# Part of the compiler, or a word of pkg_check_modules.
FREE = {"Threads", "REQUIRED", "IMPORTED_TARGET", "QUIET"}


def names(text):
    """The names a CMake file looks for."""
    for match in LOOKS_FOR.finditer(text):
        words = match.group(2).split()
        if match.group(1) == "find_package":
            words = words[:1]
        else:
            words = [re.split("[<>=]", w)[0] for w in words[1:]]
        yield from ((match.start(), w) for w in words if w not in FREE)


def table(text):
    """The third column of packages.txt; a bad line is a ValueError."""
    known = set()
    for line in text.splitlines():
        fields = line.split()
        if not fields or fields[0].startswith("#"):
            continue
        if len(fields) != 3 or fields[1] not in ("run", "test"):
            raise ValueError(f"not `package stage name`: {line}")
        known.add(fields[2])
    return known


def check(source, known):
    for offset, name in names(source.text):
        if name not in known:
            yield source.finding(offset, "package",
                                 f"{name} is not in cmake/packages.txt")


def main():
    root = tree.root_argument()
    known = table(tree.read(root, "cmake/packages.txt").text)
    files = tree.paths(root, ("CMakeLists.txt", ".cmake"))
    findings = [f for p in files for f in check(tree.read(root, p), known)]
    return tree.report("package_lint", findings, len(files))


if __name__ == "__main__":
    sys.exit(main())
