import unittest

import size_lint
import tree


def function(head, lines):
    """A function whose text is `lines` long."""
    return head + " {\n" + "  f();\n" * (lines - 2) + "}\n"


def rules(text, path="domain/base/a.cpp"):
    return [f.rule for f in size_lint.check(tree.Source(path, text))]


class SizeLint(unittest.TestCase):
    def test_catches_long_functions_of_every_shape(self):
        for head in [
                "int f(int a)",
                "void x::f(int a = 3) const noexcept",
                "auto f() -> std::vector<int>",
                "template <class T = int>\nvoid f(T x)",
                "x::x(int a) : a_(a), b_{1}, c_{{2}}",
                "x::x(int a)\n  : a_{a}",
                "bool operator==(const x& a, const x& b)",
                "x& x::operator=(const x& other)",
                "bool x::operator()(int a) const",
                "namespace a {\nclass b : public c<int> {\npublic:\n"
                "  void f() override",
                "TEST_F(bout_fixture, rejects_a_card)",
                "struct a { int b{3}; };\nvoid f(std::function<void()> g)"]:
            with self.subTest(head=head):
                text = function(head, 100 + head.count("\n"))
                self.assertEqual(rules(text), ["function"])

    def test_measures_functions_exactly(self):
        self.assertEqual(rules(function("void f()", 90)), ["warning"])
        self.assertEqual(rules(function("void f()", 91)), ["function"])
        self.assertEqual(rules(function("void f()", 60)), [])
        test = "tests/domain/a_test.cpp"
        self.assertEqual(rules(function("TEST(a, b)", 120), test), ["warning"])
        self.assertEqual(rules(function("TEST(a, b)", 121), test),
                         ["function"])

    def test_tables_and_types_are_no_functions(self):
        body = " {\n" + "  x(1),\n" * 200 + "};\n"
        for head in ["constexpr std::array names", "struct a", "enum class e",
                     "namespace a", "const std::map<int, int> m =",
                     'extern "C"']:
            with self.subTest(head=head):
                self.assertEqual(rules(head + body), [])

    def test_braces_in_strings_and_comments_do_not_count(self):
        text = function('void f() {\n  g("{", \'{\', R"x({)x");  // {\n}\n'
                        "#define M(x) \\\n  {\nvoid g()", 91)
        self.assertEqual(rules(text), ["function"])

    def test_catches_long_files(self):
        for path, limit in [("domain/base/a.cpp", 800),
                            ("domain/base/a.hpp", 500),
                            ("tests/domain/a_test.cpp", 1000)]:
            with self.subTest(path=path):
                self.assertEqual(rules("int x;\n" * limit, path), ["warning"])
                self.assertEqual(rules("int x;\n" * (limit + 1), path),
                                 ["file"])

    def test_catches_wide_lines(self):
        self.assertEqual(rules("//" + "x" * 78 + "\n"), [])
        self.assertEqual(rules("//" + "x" * 79 + "\n"), ["columns"])
        self.assertEqual(rules("//" + "x" * 79 + "\n", "run"), ["columns"])
        self.assertEqual(rules("// https://" + "x" * 99 + "\n"), [])
        self.assertEqual(rules('auto x = R"(' + "x" * 99 + ')";\n'), [])


if __name__ == "__main__":
    unittest.main()
