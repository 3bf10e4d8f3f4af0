"""Every C++ file is as clang-format 14 writes it. Other versions write other
code, so the version is part of the rule."""

import re
import shutil
import subprocess
import sys

import tree

VERSION = 14
WARNING = re.compile(r"^(.*?):(\d+):\d+: error: (.*)$", re.M)


def find_tool():
    """Path of clang-format 14, or None."""
    for name in (f"clang-format-{VERSION}", "clang-format"):
        path = shutil.which(name)
        if path and is_version(subprocess.run(
                [path, "--version"], capture_output=True, text=True,
                check=False).stdout):
            return path
    return None


def is_version(text):
    return re.search(rf"\bversion {VERSION}\.", text) is not None


def check(tool, root, files):
    """One finding per file that is not formatted."""
    done = subprocess.run(
        [tool, "--dry-run", "-Werror", "--ferror-limit=1", *files],
        cwd=root, capture_output=True, text=True, check=False)
    findings = [tree.Finding(m.group(1), int(m.group(2)), "format",
                             f"run clang-format-{VERSION} -i")
                for m in WARNING.finditer(done.stderr)]
    if done.returncode != 0 and not findings:
        findings.append(tree.Finding(".clang-format", 1, "format",
                                     done.stderr.strip()))
    return findings


def main():
    tool = find_tool()
    if tool is None:
        print(f"format_lint: needs clang-format {VERSION}")
        return 1
    root = tree.root_argument()
    files = tree.paths(root, tree.CPP)
    return tree.report("format_lint", check(tool, root, files), len(files))


if __name__ == "__main__":
    sys.exit(main())
