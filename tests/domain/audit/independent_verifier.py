#!/usr/bin/env python3
"""A second implementation of the audit log's hashing, written from RFC 9162
and RFC 8785 alone: standard library only, no code shared with the program.

Reads one JSON object per line and recomputes everything in it:
  entries      canonical texts; form, leaf hashes and bout chains are checked
  leaves       hex leaf data where the log has no entries
  roots        {"size": n, "root": hex}
  inclusion    {"index": i, "size": n, "proof": [hex]}
  consistency  {"from": m, "to": n, "proof": [hex]}

Exit 0: all agree. Exit 1: the first disagreement is printed. Exit 2: unusable.
"""
import hashlib
import json
import sys


class Disagreement(Exception):
    pass


def sha(data):
    return hashlib.sha256(data).digest()


def leaf_hash(data):
    return sha(b"\x00" + data)


def root(d):
    """MTH of RFC 9162 2.1.1 over leaf hashes."""
    if not d:
        return sha(b"")
    if len(d) == 1:
        return d[0]
    k = 1
    while k * 2 < len(d):
        k *= 2
    return sha(b"\x01" + root(d[:k]) + root(d[k:]))


def split(n):
    return 1 << (n - 1).bit_length() - 1


def path(m, d):
    """PATH(m, D_n) of 2.1.3.1."""
    if len(d) == 1:
        return []
    k = split(len(d))
    if m < k:
        return path(m, d[:k]) + [root(d[k:])]
    return path(m - k, d[k:]) + [root(d[:k])]


def subproof(m, d, whole):
    """SUBPROOF(m, D_n, b) of 2.1.4.1."""
    if m == len(d):
        return [] if whole else [root(d)]
    k = split(len(d))
    if m <= k:
        return subproof(m, d[:k], whole) + [root(d[k:])]
    return subproof(m - k, d[k:], False) + [root(d[:k])]


def unique(pairs):
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        raise Disagreement("duplicate key")
    return dict(pairs)


def canonical(text):
    value = json.loads(text, object_pairs_hook=unique)
    again = json.dumps(value, sort_keys=True, separators=(",", ":"),
                       ensure_ascii=False)
    if again != text:
        raise Disagreement("not canonical: " + text)
    return value


def check_entries(texts):
    last = {}
    for index, text in enumerate(texts):
        entry = canonical(text)
        bout = entry["bout"]
        label = "ringside/bout/v1\n%s\n%s\n" % (entry["log"], bout)
        bseq, bprev = last.get(bout, (-1, sha(label.encode())))
        if entry["seq"] != index or entry["bseq"] != bseq + 1:
            raise Disagreement("entry %d: position" % index)
        if entry["bprev"] != bprev.hex():
            raise Disagreement("entry %d: chain" % index)
        last[bout] = (entry["bseq"], leaf_hash(text.encode()))


def expect(what, mine, theirs):
    if mine != theirs:
        raise Disagreement("%s: %s is not %s" % (what, theirs, mine))


def check(log):
    check_entries(log.get("entries", []))
    data = [text.encode() for text in log.get("entries", [])]
    data += [bytes.fromhex(leaf) for leaf in log.get("leaves", [])]
    leaves = [leaf_hash(item) for item in data]
    for r in log.get("roots", []):
        expect("root", root(leaves[:r["size"]]).hex(), r["root"])
    for p in log.get("inclusion", []):
        mine = path(p["index"], leaves[:p["size"]])
        expect("inclusion", [h.hex() for h in mine], p["proof"])
    for p in log.get("consistency", []):
        mine = subproof(p["from"], leaves[:p["to"]], True)
        expect("consistency", [h.hex() for h in mine], p["proof"])


def main():
    if len(sys.argv) != 2:
        print("usage: independent_verifier.py FILE", file=sys.stderr)
        return 2
    count = 0
    try:
        with open(sys.argv[1], encoding="utf-8") as lines:
            for line in lines:
                check(json.loads(line))
                count += 1
    except Disagreement as reason:
        print("log %d: %s" % (count, reason))
        return 1
    except (OSError, ValueError, KeyError) as reason:
        print("unusable: %r" % reason, file=sys.stderr)
        return 2
    print("%d logs agree" % count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
