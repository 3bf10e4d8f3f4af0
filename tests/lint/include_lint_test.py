import unittest

import include_lint
import tree

TABLE = include_lint.Table(tree.load_json("rooms.json"))


def rules(path, text, exists=lambda header: True):
    if path.endswith(".hpp") and "#pragma" not in text:
        text = "#pragma once\n" + text
    found = include_lint.check(tree.Source(path, text), TABLE, exists)
    return [f.rule for f in found]


class IncludeLint(unittest.TestCase):
    def test_catches_an_arrow_the_wrong_way(self):
        for path, header in [
                ("domain/base/a.hpp", "domain/rules/ruleset.hpp"),
                ("domain/rules/a.cpp", "domain/bout/decide.hpp"),
                ("domain/bout/a.cpp", "domain/audit/hash.hpp"),
                ("domain/audit/a.cpp", "domain/bout/decide.hpp"),
                ("domain/bout/a.cpp", "actors/protocol/ids.hpp"),
                ("persistence/sqlite/a.cpp", "actors/runtime/x.hpp"),
                ("persistence/sqlite/a.cpp", "persistence/memory/x.hpp"),
                ("actors/bout/a.cpp", "actors/judging/seat.hpp"),
                ("actors/bout/a.cpp", "persistence/sqlite/store.hpp"),
                ("actors/bout/a.cpp", "net/session.hpp"),
                ("actors/protocol/a.hpp", "actors/runtime/x.hpp"),
                ("net/ws/a.cpp", "actors/bout/bout.hpp"),
                ("net/ws/a.cpp", "app/main.hpp")]:
            with self.subTest(path=path, header=header):
                self.assertEqual(rules(path, f'#include "{header}"\n'),
                                 ["direction"])

    def test_wants_the_header_of_a_standard_name(self):
        text = "struct a {\n  std::vector<std::string> names;\n};\n"
        self.assertEqual(rules("domain/base/a.hpp", text),
                         ["standard", "standard"])
        both = "#include <string>\n#include <vector>\n"
        head = "#pragma once\n" + both
        self.assertEqual(rules("domain/base/a.hpp", head + text), [])
        self.assertEqual(rules("domain/base/a.cpp", text), [])
        self.assertEqual(
            rules("domain/base/a.hpp", "// As std::vector does.\n"), [])

    def test_allows_what_the_table_allows(self):
        for path, header in [
                ("domain/wire/a.cpp", "domain/audit/json.hpp"),
                ("domain/wire/a.cpp", "domain/bout/event.hpp"),
                ("actors/bout/a.cpp", "persistence/journal_store.hpp"),
                ("actors/bout/a.cpp", "actors/runtime/harden.hpp"),
                ("actors/bout/a.cpp", "actors/bout/state.hpp"),
                ("app/config/a.cpp", "app/csv/reader.hpp"),
                ("app/main.cpp", "persistence/sqlite/store.hpp"),
                ("tests/net/a.cpp", "net/ws/session.hpp"),
                ("bench/load/a.cpp", "actors/bout/bout.hpp")]:
            with self.subTest(path=path, header=header):
                self.assertEqual(rules(path, f'#include "{header}"\n'), [])

    def test_catches_foreign_libraries(self):
        for path, header in [
                ("domain/bout/a.cpp", "caf/actor.hpp"),
                ("domain/bout/a.cpp", "nlohmann/json.hpp"),
                ("domain/rules/a.cpp", "sodium.h"),
                ("actors/bout/a.cpp", "boost/asio.hpp"),
                ("actors/bout/a.cpp", "caf/io/middleman.hpp"),
                ("persistence/memory/a.cpp", "sqlite3.h"),
                ("net/a.cpp", "pqxx/pqxx"),
                ("net/a.cpp", "unheard/of.hpp")]:
            with self.subTest(path=path, header=header):
                self.assertEqual(rules(path, f"#include <{header}>\n"),
                                 ["library"])

    def test_allows_own_drivers_and_the_standard_library(self):
        for path, header in [
                ("domain/audit/a.cpp", "sodium.h"),
                ("persistence/sqlite/a.cpp", "sqlite3.h"),
                ("actors/cluster/a.cpp", "caf/io/middleman.hpp"),
                ("net/a.cpp", "boost/beast/core.hpp"),
                ("net/a.cpp", "sys/socket.h"),
                ("domain/base/a.cpp", "vector")]:
            with self.subTest(path=path, header=header):
                self.assertEqual(rules(path, f"#include <{header}>\n"), [])

    def test_keeps_clock_thread_and_io_out_of_the_domain(self):
        for header in ["chrono", "thread", "mutex", "fstream", "random"]:
            self.assertEqual(
                rules("domain/timing/a.cpp", f"#include <{header}>\n"),
                ["forbidden"])
        self.assertEqual(rules("actors/bout/a.cpp", "#include <chrono>\n"), [])

    def test_catches_includes_that_are_not_from_the_root(self):
        self.assertEqual(rules("domain/base/a.cpp", '#include "a.hpp"\n'),
                         ["root"])
        self.assertEqual(rules("new_room/a.cpp", ""), ["root"])

    def test_catches_a_missing_file(self):
        self.assertEqual(rules("domain/base/a.cpp",
                               '  #  include "domain/base/gone.hpp"\n',
                               lambda header: False), ["missing"])

    def test_catches_a_header_without_pragma_once(self):
        found = include_lint.check(
            tree.Source("domain/base/a.hpp", "// text\nint x();\n"), TABLE)
        self.assertEqual([f.rule for f in found], ["once"])

    def test_ignores_comments(self):
        self.assertEqual(rules("domain/base/a.cpp",
                               '// #include "net/a.hpp"\n'
                               '/*\n#include <caf/all.hpp>\n*/\n'), [])

    def test_an_unneeded_exception_is_a_finding(self):
        entry = {"rule": "library", "path": "net/a.cpp", "reason": "x"}
        self.assertEqual([f.rule for f in tree.without_exceptions([], [entry])],
                         ["exception"])
        hit = tree.Finding("net/a.cpp", 1, "library", "")
        self.assertEqual(tree.without_exceptions([hit], [entry]), [])


if __name__ == "__main__":
    unittest.main()
