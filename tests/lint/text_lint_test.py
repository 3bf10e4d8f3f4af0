import os
import tempfile
import unittest

import format_lint
import package_lint
import text_lint
import tree
import word_lint


def rules(lint, path, text):
    return [f.rule for f in lint.check(tree.Source(path, text))]


class TextLint(unittest.TestCase):
    def test_catches_stray_white_space(self):
        self.assertEqual(rules(text_lint, "a.md", "x \n"), ["space"])
        self.assertEqual(rules(text_lint, "a.md", "x\t\n"), ["space"])
        self.assertEqual(rules(text_lint, "a.md", "x\r\n"), ["space"])
        self.assertEqual(rules(text_lint, "a.md", "x"), ["newline"])
        self.assertEqual(rules(text_lint, "a.md", "x\n\n"), ["newline"])
        self.assertEqual(rules(text_lint, "a.md", "x\n\ny\n"), [])

    def test_catches_json_that_does_not_parse(self):
        self.assertEqual(rules(text_lint, "a.json", "{,}\n"), ["json"])
        self.assertEqual(rules(text_lint, "a.json", '{"a":1,"a":2}\n'),
                         ["json"])
        self.assertEqual(rules(text_lint, "a.json", '{"a":1}\n'), [])
        self.assertEqual(rules(text_lint, "tests/bad/a.json", "{,}\n"), [])

    def test_catches_rooms_without_a_proper_readme(self):
        def found(text):
            return [f.rule for f in text_lint.check_readme("a", text)]

        self.assertEqual(found(None), ["readme"])
        self.assertEqual(found("# a\n" + "x\n" * 60), ["readme"])
        self.assertEqual(found("a\n"), ["readme"])
        self.assertEqual(found("# a\n\nx\n"), [])
        with tempfile.TemporaryDirectory() as empty:
            self.assertEqual(len(list(text_lint.check_rooms(empty))),
                             len(text_lint.rooms()))


class WordLint(unittest.TestCase):
    def test_catches_places_of_one_machine(self):
        for text in ["see /wor" + "k/x", "cd /hom" + "e/ann", "/far" + "m/in",
                     "(/roo" + "t/x)", "/tmp/bash_" + "jobs.0"]:
            with self.subTest(text=text):
                self.assertEqual(rules(word_lint, "a.md", text), ["path"])

    def test_catches_how_it_was_written(self):
        for text in ["a work" + "tree", "Co-Authored-" + "By: x",
                     "a sub" + "agent", "this coding " + "session"]:
            with self.subTest(text=text):
                self.assertEqual(rules(word_lint, "a.md", text), ["history"])

    def test_catches_marks_of_unfinished_work_in_code(self):
        self.assertEqual(rules(word_lint, "a.cpp", "// TO" + "DO"),
                         ["unfinished"])
        self.assertEqual(rules(word_lint, "a.md", "TO" + "DO"), [])

    def test_leaves_ordinary_words_alone(self):
        for text in ["docs/wo" + "rk/x", "a WebSocket session", "network/x",
                     "https://example.org/wo" + "rk/x", "XX" + "XXXX"]:
            with self.subTest(text=text):
                self.assertEqual(rules(word_lint, "a.cpp", text), [])


class PackageLint(unittest.TestCase):
    def check(self, text):
        known = package_lint.table("# c\na run -\nlibx run X\nliby test y\n")
        source = tree.Source("CMakeLists.txt", text)
        return [f.rule for f in package_lint.check(source, known)]

    def test_catches_a_library_without_a_package(self):
        self.assertEqual(self.check("find_package(Y REQUIRED)\n"),
                         ["package"])
        self.assertEqual(
            self.check("pkg_check_modules(z REQUIRED IMPORTED_TARGET z>=2)\n"),
            ["package"])
        self.assertEqual(self.check("find_package(X 1.0)\n"
                                    "find_package(Threads)\n"
                                    "pkg_check_modules(q REQUIRED y)\n"), [])

    def test_refuses_a_bad_table(self):
        with self.assertRaises(ValueError):
            package_lint.table("libx\n")


class FormatLint(unittest.TestCase):
    def test_insists_on_the_version(self):
        self.assertTrue(format_lint.is_version(
            "Debian clang-format version 14.0.6"))
        self.assertFalse(format_lint.is_version("clang-format version 15.0.1"))

    def test_catches_code_that_is_not_formatted(self):
        tool = format_lint.find_tool()
        with tempfile.TemporaryDirectory() as root:
            for name, text in [(".clang-format", "BasedOnStyle: LLVM\n"),
                               ("good.cpp", "int x;\n"),
                               ("bad.cpp", "int   x ;\n")]:
                with open(os.path.join(root, name), "w",
                          encoding="utf-8") as file:
                    file.write(text)
            found = format_lint.check(tool, root, ["good.cpp", "bad.cpp"])
            self.assertEqual([(f.path, f.rule) for f in found],
                             [("bad.cpp", "format")])


class Tree(unittest.TestCase):
    def test_skips_what_is_not_ours(self):
        with tempfile.TemporaryDirectory() as root:
            for path in ["a/x.hpp", "build/x.hpp", "data/x.hpp",
                         "tests/data/x.hpp", ".git/x.hpp", ".ci/x.hpp",
                         "panels/node_modules/x.hpp"]:
                path = os.path.join(root, path)
                os.makedirs(os.path.dirname(path))
                with open(path, "w", encoding="utf-8"):
                    pass
            self.assertEqual(tree.paths(root, tree.CPP),
                             [".ci/x.hpp", "a/x.hpp", "tests/data/x.hpp"])

    def test_nothing_to_check_is_a_failure(self):
        self.assertEqual(tree.report("x", [], 0), 1)
        self.assertEqual(tree.report("x", [], 1), 0)

    def test_digit_separators_are_no_characters(self):
        self.assertEqual(tree.blank_code("int a = 16'384; f('x', \"y\");"),
                         "int a = 16'384; f(\" \", \" \");")


if __name__ == "__main__":
    unittest.main()
