"""Lengths of files, functions and lines. Above the norm it warns, above the
limit it fails."""

import re
import sys

import tree

# suffix: (warn, fail) in lines.
FILES = {".cpp": (400, 800), ".hpp": (250, 500)}
TEST_FILES = (500, 1000)
FUNCTIONS = (60, 90)
TEST_FUNCTIONS = (60, 120)
COLUMNS = 80
NARROW = (".cpp", ".hpp", ".py", ".sh", ".cmake", "CMakeLists.txt")
SCRIPTS = ("run", "test", ".ci/run")

CONTAINER = re.compile(
    r"\b(?:namespace|class|struct|union|enum)\b[^()]*$|\bextern\s*\"\s*\"\s*$"
    r"|\b(?:class|struct|union)\b[^;]*\balignas\s*\(")
# What may stand between the parameters and the body of a function.
FUNCTION_END = re.compile(
    r"\)\s*(?:const\b|noexcept\b|override\b|final\b|try\b|mutable\b|&&?|\s)*"
    r"(?:->[^(){};=]*)?(?:\brequires\b.*)?$", re.S)
INIT_LIST = re.compile(r"\)\s*(?:noexcept\b)?\s*:(?!:)\s*[A-Za-z_]", re.S)


def is_test(path):
    return path.startswith("tests/")


def without_brackets(head):
    """A head without its template parameters, arguments and operators, so
    that an equals sign that is left is an assignment."""
    head = re.sub(r"\boperator\s*[^\s\w(]+", "operator", head)
    previous = None
    while previous != head:
        previous = head
        head = re.sub(r"\([^()]*\)|<[^<>]*>", "", head)
    return head


class Scanner:
    """Walks the braces of one file and finds function bodies: a body is a
    brace at namespace or class level that is neither a container's, nor an
    initialiser's, nor a member's in a constructor's list."""

    def __init__(self, code):
        self.code = code
        self.stack = []
        self.head = 0
        self.bodies = []

    def kind(self, brace):
        head = self.code[self.head:brace]
        if any(k != "container" for k, _, _ in self.stack):
            return "inner"
        if CONTAINER.search(re.sub(r"template\s*<[^{};]*?>\s*(?=\w)", "",
                                   head)):
            return "container"
        if INIT_LIST.search(head):
            last = head.rstrip()[-1:]
            return "function" if last in ")}" else "member"
        if FUNCTION_END.search(head) and "=" not in without_brackets(head):
            return "function"
        return "value"

    def open(self, i):
        kind = self.kind(i)
        self.stack.append((kind, i, self.head))
        self.begin_head(i + 1)

    def close(self, i):
        if not self.stack:
            return
        kind, start, head = self.stack.pop()
        if kind == "function":
            self.bodies.append((head, start, i))
        if kind != "member":
            self.begin_head(i + 1)

    def begin_head(self, i):
        """A constructor's list stays one head until its body."""
        if all(k != "member" for k, _, _ in self.stack):
            self.head = i

    def functions(self):
        """(offset of the head, offset of the brace, offset of the end)."""
        parens = 0
        for match in re.finditer(r"[{}();]", self.code):
            char, i = match.group(0), match.start()
            if char in "()":
                parens += 1 if char == "(" else -1
            elif char == "{":
                self.open(i)
            elif char == "}":
                self.close(i)
            elif parens <= 0:
                self.head = i + 1
        return self.bodies


def without_directives(code):
    """Preprocessor lines, with their continuations, turned into spaces."""
    return re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: tree.blank(
        m.group(0)), code, flags=re.M)


def check_functions(source):
    warn, fail = TEST_FUNCTIONS if is_test(source.path) else FUNCTIONS
    code = without_directives(tree.blank_code(source.text))
    for head, _, end in Scanner(code).functions():
        start = head + len(code[head:]) - len(code[head:].lstrip())
        lines = code.count("\n", start, end) + 1
        text = re.sub(r"\s+", " ", code[start:start + 60]).strip()
        if lines > fail:
            yield source.finding(start, "function",
                                 f"{lines} lines, limit {fail}: {text}")
        elif lines > warn:
            yield source.finding(start, "warning",
                                 f"function of {lines} lines: {text}")


def check_file(source):
    suffix = "." + source.path.rsplit(".", 1)[-1]
    warn, fail = TEST_FILES if is_test(source.path) else FILES[suffix]
    lines = len(source.text.splitlines())
    if lines > fail:
        yield tree.Finding(source.path, 1, "file",
                           f"{lines} lines, limit {fail}")
    elif lines > warn:
        yield tree.Finding(source.path, 1, "warning", f"{lines} lines")


def check_columns(source):
    """Lines with a URL and the inside of raw strings cannot be broken."""
    raw = re.sub(r'R"(\w*)\(.*?\)\1"', lambda m: re.sub(
        r"[^\n]+", "", m.group(0)), source.text, flags=re.S)
    for number, line in enumerate(raw.split("\n"), 1):
        if len(line) > COLUMNS and "://" not in line:
            yield tree.Finding(source.path, number, "columns",
                               f"{len(line)} columns, limit {COLUMNS}")


def check(source):
    """Findings of one file; rule `warning` does not fail."""
    yield from check_columns(source)
    if source.path.endswith(tree.CPP):
        yield from check_file(source)
        yield from check_functions(source)


def main():
    root = tree.root_argument()
    files = [p for p in tree.paths(root)
             if p.endswith(NARROW) or p in SCRIPTS]
    findings = [f for p in files for f in check(tree.read(root, p))]
    for warning in (f for f in findings if f.rule == "warning"):
        print(warning)
    allowed = tree.exceptions_for(("function", "file", "columns"))
    findings = tree.without_exceptions(
        [f for f in findings if f.rule != "warning"], allowed)
    return tree.report("size_lint", findings, len(files))


if __name__ == "__main__":
    sys.exit(main())
