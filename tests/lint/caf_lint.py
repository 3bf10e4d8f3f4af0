"""CAF 0.17.6 has edges that compile and bite later. Fifteen rules that a
search over the code can check; each says what to do instead."""

import re
import sys

import tree

PRODUCT = ("domain/", "persistence/", "actors/", "net/", "app/", "bench/")
ACTORS = ("actors/", "net/")


def places(pattern, code):
    return (m.start() for m in re.finditer(pattern, code, re.M))


def arguments(code, open_bracket):
    """How many arguments the call that opens here has."""
    inside = code[open_bracket + 1:tree.matching(code, open_bracket) - 1]
    depth, count = 0, 1
    for char in inside:
        depth += (char in "([{") - (char in ")]}")
        count += char == "," and depth == 0
    return count if inside.strip() else 0


def short_calls(pattern, least, code):
    for match in re.finditer(pattern, code):
        if arguments(code, match.end() - 1) < least:
            yield match.start()


def is_header(path):
    return path.endswith(".hpp")


def is_message_file(path):
    return path.endswith("_messages.hpp") \
        or path.startswith("actors/protocol/") and is_header(path)


def is_ticker(path):
    return re.match(r"actors/runtime/ticker\w*\.[ch]pp$", path)


def is_worker_pool(path):
    return re.search(r"/\w*worker\w*\.[ch]pp$", path)


BEHAVIOR = re.compile(r"\bbehavior(?:_type)?\s+(?:\w+::)*\w+\s*\(")


def unhardened(code):
    """The first behaviour that is defined in a file without harden()."""
    if re.search(r"\bharden\s*\(|\bset_default_handler\s*\(", code):
        return
    for match in BEHAVIOR.finditer(code):
        end = tree.matching(code, match.end() - 1)
        if re.match(r"\s*(?:const|override|final|noexcept|\s)*\{", code[end:]):
            yield match.start()
            return


# Rule, where it holds, how to find it, what to do instead. `code` has neither
# comments nor the inside of strings.
RULES = [
    ("infinite", lambda p: True,
     lambda c: places(r"\bcaf::infinite\b|\binfinite\s*,", c),
     "give every request a finite timeout"),
    ("await", lambda p: True,
     lambda c: places(r"(?:\.|->)\s*await\s*\(", c),
     "await stops the whole mailbox; use then with two callbacks"),
    ("then", lambda p: p.startswith(ACTORS + ("app/", "persistence/")),
     lambda c: short_calls(r"(?:\.|->)\s*then\s*\(", 2, c),
     "give then an error callback as well"),
    ("using_caf", lambda p: True,
     lambda c: places(r"^using\s+namespace\s+caf\b", c),
     "name what you use; atoms and literals collide"),
    ("all_hpp", is_header,
     lambda c: places(r"#\s*include\s*<caf/all\.hpp>", c),
     "include the single headers"),
    ("float", is_message_file,
     lambda c: places(r"\b(?:double|float)\b", c),
     "integers on every wire: scale and put the unit in the name"),
    ("detached", lambda p: not is_worker_pool(p),
     lambda c: places(r"\bspawn\w*\s*<[^;{}()]*\bdetached\b", c),
     "detached actors live in worker pools only"),
    ("registry", lambda p: True,
     lambda c: places(r"\bregistry\s*\(\s*\)\s*(?:\.|->)\s*put\b", c),
     "names belong to the directory; the registry hangs the shutdown"),
    ("scoped_actor", lambda p: p.startswith(ACTORS),
     lambda c: places(r"\bscoped_actor\b", c),
     "it blocks its thread; let an actor ask"),
    ("harden", lambda p: p.startswith(ACTORS) and p.endswith(".cpp"),
     unhardened, "begin every behaviour with harden(self, ...)"),
    ("delayed_send", lambda p: not is_ticker(p),
     lambda c: places(r"\bdelayed_(?:anon_)?send\b", c),
     "use the ticker: delayed messages cannot be cancelled"),
    ("aout", lambda p: True,
     lambda c: places(r"\baout\s*\(", c),
     "use the log; aout is an unbounded queue"),
    # CLI11 has a parse(argc, argv) too and is welcome: only config objects.
    ("parse_argc", lambda p: True,
     lambda c: places(r"\b\w*(?:cfg|config)\w*\s*\.\s*parse\s*\(\s*argc\b", c),
     "CAF must not read our command line"),
    # The hub publishes as well; only the middleman opens a port.
    ("publish", lambda p: True,
     lambda c: short_calls(
         r"(?:(?:middleman|manager)\(\)\s*(?:\.|->)\s*|\bmm\w*\s*(?:\.|->)\s*"
         r"|\b(?:io|openssl)::)publish\s*\(", 3, c),
     "say the address to listen on; the default is every interface"),
]

ATOM = re.compile(r'\batom\s*\(\s*"([^"\n]*)"\s*\)')


def check(source):
    """Findings of one file, except the atoms'."""
    code = tree.blank_code(source.text)
    for rule, holds, find, advice in RULES:
        if source.path.startswith(PRODUCT) and holds(source.path):
            for offset in find(code):
                yield source.finding(offset, rule, advice)


def check_atoms(sources):
    """Atom texts of all files: short, and each written down once."""
    first = {}
    for source in sources:
        if not source.path.startswith(PRODUCT):
            continue
        code = tree.blank_code(source.text, strings=False)
        for match in ATOM.finditer(code):
            text, here = match.group(1), source.path
            if len(text) > 10:
                yield source.finding(match.start(), "atom",
                                     f'"{text}" is longer than 10 characters')
            if first.setdefault(text, (here, match.start())) \
               != (here, match.start()):
                yield source.finding(match.start(), "atom",
                                     f'"{text}" stands in {first[text][0]}')


def main():
    root = tree.root_argument()
    files = [tree.read(root, p) for p in tree.paths(root, tree.CPP)]
    findings = [f for source in files for f in check(source)]
    findings += check_atoms(files)
    allowed = tree.exceptions_for({r[0] for r in RULES} | {"atom"})
    findings = tree.without_exceptions(findings, allowed)
    return tree.report("caf_lint", findings, len(files))


if __name__ == "__main__":
    sys.exit(main())
