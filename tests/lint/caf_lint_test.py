import unittest

import caf_lint
import tree


def rules(text, path="actors/bout/bout.cpp"):
    return [f.rule for f in caf_lint.check(tree.Source(path, text))]


class CafLint(unittest.TestCase):
    def test_every_rule_catches_its_hazard(self):
        for rule, text in [
                ("infinite", "self->request(x, caf::infinite, y);"),
                ("infinite", "self->request(x, infinite, y);"),
                ("await", "r.await(a, b);"),
                ("await", "r\n  ->await([](int) {});"),
                ("then", "self->request(a, t, b).then([=](int x, int y) "
                         "{ f(x, y); });"),
                ("using_caf", "using namespace caf;"),
                ("using_caf", "using namespace caf::literals;"),
                ("detached", "sys.spawn<caf::detached>(f);"),
                ("detached", "sys.spawn<worker, caf::linked + detached>();"),
                ("registry", "sys.registry().put(id, a);"),
                ("scoped_actor", "caf::scoped_actor self{sys};"),
                ("delayed_send", "self->delayed_send(self, t, x);"),
                ("delayed_send", "delayed_anon_send(self, t, x);"),
                ("aout", 'caf::aout(self) << "x";'),
                ("parse_argc", "cfg.parse(argc, argv);"),
                ("parse_argc", "node_config.parse(argc, argv, f);"),
                ("publish", "sys.middleman().publish(a, 4000);"),
                ("publish", "caf::io::publish(a, port(1, 2));"),
                ("harden", "caf::behavior f(caf::event_based_actor* self) {"
                           " return {}; }"),
                ("harden", "a_actor::behavior_type g(ptr<a> s, int (*p)(int))"
                           "\n{ return {}; }")]:
            with self.subTest(text=text):
                self.assertEqual(rules(text), [rule])

    def test_catches_hazards_of_headers(self):
        self.assertEqual(rules("#include <caf/all.hpp>", "net/a.hpp"),
                         ["all_hpp"])
        self.assertEqual(rules("#include <caf/all.hpp>", "net/a.cpp"), [])
        for path in ["actors/protocol/ids.hpp", "actors/x/bout_messages.hpp"]:
            self.assertEqual(rules("struct a { double x; };", path), ["float"])
        self.assertEqual(rules("double x;", "actors/bout/state.hpp"), [])

    def test_welcomes_the_recipes(self):
        for text in [
                "request(a, timeout, b).then([](int) { f(1, 2); },"
                " [](caf::error& e) { g(e); });",
                "void f() {\n  using namespace caf;\n}",
                "caf::behavior f(ptr self) { harden(self, x); return {}; }",
                "caf::behavior f(ptr self);",
                "app.parse(argc, argv);",
                "hub.publish(topic, delta);",
                'sys.middleman().publish(a, 4000, "127.0.0.1");',
                "// self->delayed_send(x)",
                'log("never use caf::infinite, or aout(self)");']:
            with self.subTest(text=text):
                self.assertEqual(rules(text), [])

    def test_knows_the_places_that_may(self):
        self.assertEqual(rules("self->delayed_send(a, t, x);",
                               "actors/runtime/ticker.cpp"), [])
        self.assertEqual(rules("sys.spawn<caf::detached>(f);",
                               "app/store_workers.cpp"), [])
        self.assertEqual(rules("caf::scoped_actor s{sys};", "app/main.cpp"),
                         [])
        self.assertEqual(rules("self->request(a, caf::infinite, b);",
                               "tests/actors/a_test.cpp"), [])

    def test_catches_long_and_double_atoms(self):
        one = tree.Source("actors/protocol/atoms.hpp",
                          'using a = caf::atom_constant<caf::atom("tick")>;'
                          'using b = caf::atom_constant<atom("twelve_chars")>;')
        two = tree.Source("actors/bout/bout.cpp", 'caf::atom("tick")')
        found = list(caf_lint.check_atoms([one, two]))
        self.assertEqual([(f.rule, f.path) for f in found],
                         [("atom", one.path), ("atom", two.path)])

    def test_has_fifteen_rules(self):
        self.assertEqual(len(caf_lint.RULES) + 1, 15)


if __name__ == "__main__":
    unittest.main()
