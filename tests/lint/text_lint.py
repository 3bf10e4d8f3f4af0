"""Plain things: every room has a README of at most 60 lines, no trailing
white space, one newline at the end, JSON that parses (without double keys)."""

import json
import os
import sys

import tree

README_LINES = 60
# Exact bytes matter there, or another tool writes the file.
FREE_TEXT = ("LICENSE", ".patch", ".diff", ".lock", ".bin", ".golden")


def check_space(source):
    for number, line in enumerate(source.lines, 1):
        if line != line.rstrip():
            yield tree.Finding(source.path, number, "space",
                               "white space at the end of the line")
    if source.text and not source.text.endswith("\n"):
        yield tree.Finding(source.path, len(source.lines), "newline",
                           "no newline at the end of the file")
    if source.text.endswith("\n\n"):
        yield tree.Finding(source.path, len(source.lines), "newline",
                           "empty line at the end of the file")


def unique(pairs):
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f"key twice: {key}")
    return dict(pairs)


def check_json(source):
    try:
        json.loads(source.text, object_pairs_hook=unique)
    except ValueError as reason:
        yield tree.Finding(source.path, 1, "json", str(reason))


def check_readme(path, text):
    """`text` is None if there is no such file."""
    if text is None:
        yield tree.Finding(path, 1, "readme", "this room has no README.md")
        return
    if len(text.splitlines()) > README_LINES:
        yield tree.Finding(path, 1, "readme", f"over {README_LINES} lines")
    if not text.startswith("# "):
        yield tree.Finding(path, 1, "readme", "does not begin with a title")


def rooms():
    extra = ["panels", "schemas", "config"]
    return list(tree.load_json("rooms.json")["rooms"]) + extra


def check_rooms(root):
    for room in rooms():
        path = room + "/README.md"
        there = os.path.isfile(os.path.join(root, path))
        text = tree.read(root, path).text if there else None
        yield from check_readme(path, text)


def check(source):
    if not source.path.endswith(FREE_TEXT):
        yield from check_space(source)
    # Files of bad input are bad on purpose.
    if source.path.endswith(".json") and "/bad/" not in source.path:
        yield from check_json(source)


def main():
    root = tree.root_argument()
    files = [p for p in tree.paths(root) if tree.is_text(root, p)]
    findings = [f for p in files for f in check(tree.read(root, p))]
    findings += check_rooms(root)
    allowed = tree.exceptions_for(("space", "newline", "json", "readme"))
    findings = tree.without_exceptions(findings, allowed)
    return tree.report("text_lint", findings, len(files))


if __name__ == "__main__":
    sys.exit(main())
