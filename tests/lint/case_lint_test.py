import unittest

import case_lint
import tree


def found(rows, files):
    text = "\n".join(rows) + "\n"
    sources = [tree.Source(path, code) for path, code in files.items()]
    return [f.text for f in
            case_lint.check(tree.Source(case_lint.LIST, text), sources)]


def row(number, tests):
    return f"| {number:02} | something | {tests} |"


def full(number=None, tests=None):
    """A list of all cases, one of them changed."""
    rows, code = [], ""
    for n in case_lint.WANTED:
        rows.append(row(n, f"`case_{n:02}` in `a/x.cpp`")
                    if n != number else row(n, tests))
        code += f"TEST(case_{n:02}, holds) {{}}\n"
    return rows, {"tests/a/x.cpp": code}


class CaseLint(unittest.TestCase):
    def test_takes_a_full_list(self):
        self.assertEqual(found(*full()), [])

    def test_catches_a_case_without_a_row(self):
        rows, files = full()
        self.assertEqual(
            found(rows[1:], files),
            ["case 01 is missing",
             "case 01 of case_01 is not in tests/CASES.md"])

    def test_catches_a_row_without_a_test(self):
        self.assertEqual(found(*full(8, "later")), ["case 08 has no test"])

    def test_catches_a_test_that_is_not_there(self):
        self.assertEqual(
            found(*full(8, "`case_08_gone`, `case_08` in `a/x.cpp`")),
            ["tests/a/x.cpp has no test case_08_gone"])
        self.assertEqual(found(*full(8, "`case_08` in `a/y.cpp`")),
                         ["there is no tests/a/y.cpp"])

    def test_catches_a_test_that_stands_in_a_comment_only(self):
        rows, files = full(8, "`case_08_x` in `a/y.cpp`")
        files["tests/a/y.cpp"] = "// TEST_F(f, case_08_x) {}\n"
        self.assertEqual(found(rows, files),
                         ["tests/a/y.cpp has no test case_08_x"])
        files["tests/a/y.cpp"] = "TEST_F(f, case_08_x) {}\n"
        self.assertEqual(found(rows, files), [])

    def test_catches_a_test_of_another_case(self):
        self.assertEqual(found(*full(8, "`case_09` in `a/x.cpp`")),
                         ["case_09 is no test of case 08"])

    def test_catches_a_test_of_a_case_that_is_not_listed(self):
        rows, files = full()
        files["tests/b.cpp"] = "TEST_P(s, case_7_short) {}\n"
        self.assertEqual(
            found(rows, files),
            ["case 7 of case_7_short is not in tests/CASES.md"])


if __name__ == "__main__":
    unittest.main()
