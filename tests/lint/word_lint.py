"""Words that must not be in the project: places on the machine where it was
written, how it was written, and marks of unfinished work.

The patterns spell one letter as [x], so that this file does not match itself.
"""

import re
import sys

import tree

# Before a path of HTTP may stand a `}`: the end of a parameter of its own.
WORDS = [
    ("path", r"(?<![\w./}-])/(?:wor[k]|far[m]|home/\w|root/\w|Users/\w)"),
    ("path", r"/tmp/(?:bash_job[s]|claud[e])"),
    ("path", r"\bfar[m]-(?:studio|bench)\b|\.librar[y]/"),
    ("history", r"\bworktre[e]\b|\bpromp[t] engineering\b"),
    ("history", r"\b(?:claud[e]|anthropi[c]|openA[I]|chatgp[t]|copilo[t])\b"),
    ("history", r"\bco-authored-b[y]\b|\bgenerated wit[h] \[?\w"),
    ("history", r"\b(?:coding|A[I]) assistan[t]\b|\bsub-?agen[t]s?\b"),
    ("history", r"\bthis (?:coding|wor[k]|A[I]) sessio[n]\b"),
]
UNFINISHED = re.compile(r"\b(?:TOD[O]|FIXM[E]|XX[X])\b")
WORDS = [(rule, re.compile(text, re.I)) for rule, text in WORDS]
CODE = (".cpp", ".hpp", ".py", ".sh", ".cmake", ".ts", ".tsx", ".sql")


def check(source):
    for rule, pattern in WORDS:
        for match in pattern.finditer(source.text):
            yield source.finding(match.start(), rule, match.group(0))
    if source.path.endswith(CODE):
        for match in UNFINISHED.finditer(source.text):
            yield source.finding(match.start(), "unfinished", match.group(0))


def main():
    root = tree.root_argument()
    files = [p for p in tree.paths(root) if tree.is_text(root, p)]
    findings = [f for p in files for f in check(tree.read(root, p))]
    allowed = tree.exceptions_for(("path", "history", "unfinished"))
    findings = tree.without_exceptions(findings, allowed)
    return tree.report("word_lint", findings, len(files))


if __name__ == "__main__":
    sys.exit(main())
