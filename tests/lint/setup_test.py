"""The package set-up of ./run and ./test against a fake Debian: fake dpkg,
apt-get, id and sudo, so that every refusal really happens."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest

import tree

TOOLS = ("bash", "grep", "sed", "find", "tr", "sort", "nproc", "env", "cat")
FAKES = {
    "dpkg-query": 'case " $INSTALLED " in\n'
                  '*" ${!#} "*) printf installed ;;\n*) exit 1 ;;\nesac\n',
    "apt-get": 'echo "$DEBIAN_FRONTEND: $*" >>"$LOG"\n'
               'case "$1" in "$BROKEN") exit 100 ;; esac\n',
    "id": 'echo "$WHO"\n',
    "sudo": 'echo "sudo: $*" >>"$LOG"\n"$@"\n',
}


class Setup(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.bin = folder.name
        self.log = os.path.join(self.bin, "log")
        for tool in TOOLS:
            os.symlink(shutil.which(tool), os.path.join(self.bin, tool))
        for name, text in FAKES.items():
            self.fake(name, text)

    def fake(self, name, text):
        path = os.path.join(self.bin, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"#!{shutil.which('bash')}\n{text}")
        os.chmod(path, 0o755)

    def bash(self, script, installed="", who="0", broken="none"):
        """Exit code, what was printed, what apt-get and sudo were told."""
        done = subprocess.run(
            [shutil.which("bash"), "-euo", "pipefail", "-c",
             ". cmake/setup.sh; " + script], cwd=tree.ROOT, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={"PATH": self.bin, "INSTALLED": installed, "WHO": who,
                 "LOG": self.log, "BROKEN": broken})
        calls = []
        if os.path.exists(self.log):
            with open(self.log, encoding="utf-8") as file:
                calls = file.read().splitlines()
        return done.returncode, done.stdout, calls

    def packages(self, stage):
        return self.bash(f"packages_for {stage}")[1].split()

    def test_running_needs_fewer_packages_than_testing(self):
        run, test = self.packages("run"), self.packages("test")
        self.assertIn("libcaf-dev", run)
        self.assertNotIn("libgtest-dev", run)
        self.assertIn("libgtest-dev", test)
        self.assertLess(set(run), set(test))

    def test_does_nothing_if_everything_is_there(self):
        code, text, calls = self.bash("ensure_packages run",
                                      " ".join(self.packages("run")))
        self.assertEqual((code, calls), (0, []))
        self.assertNotIn("Missing", text)

    def test_says_then_installs_what_is_missing(self):
        there = [p for p in self.packages("run")
                 if p not in ("libcaf-dev", "ninja-build")]
        code, text, calls = self.bash("ensure_packages run", " ".join(there))
        self.assertEqual(code, 0)
        self.assertIn("Missing Debian packages: ninja-build libcaf-dev", text)
        self.assertEqual(calls, [
            ": update -q",
            "noninteractive: install -q -y --no-install-recommends "
            "ninja-build libcaf-dev"])

    def test_uses_sudo_if_not_root(self):
        code, text, calls = self.bash("ensure_packages run", who="1000")
        self.assertEqual(code, 0)
        self.assertIn("sudo may ask for your password", text)
        self.assertEqual(calls[0], "sudo: apt-get update -q")
        self.assertTrue(calls[2].startswith("sudo: env DEBIAN_FRONTEND"))

    def test_says_what_to_do_without_root_and_sudo(self):
        os.remove(os.path.join(self.bin, "sudo"))
        code, text, calls = self.bash("ensure_packages run", who="1000")
        self.assertEqual((code, calls), (1, []))
        self.assertIn("needs root, and there is no sudo", text)
        self.assertTrue(re.search("apt-get install .*libcaf-dev", text))

    def test_refuses_the_other_boost(self):
        code, text, calls = self.bash("ensure_packages run",
                                      "libboost-dev libboost1.74-dev")
        self.assertEqual((code, calls), (1, []))
        self.assertIn("apt-get remove libboost-dev libboost1.74-dev", text)

    def test_stops_if_apt_get_fails(self):
        for step in ("update", "install"):
            code, text, _ = self.bash("ensure_packages run; echo went on",
                                      broken=step)
            self.assertEqual(code, 1)
            self.assertIn("error: apt-get", text)
            self.assertNotIn("went on", text)

    def test_stops_on_a_system_without_apt_get(self):
        os.remove(os.path.join(self.bin, "apt-get"))
        code, text, _ = self.bash("ensure_packages run")
        self.assertEqual(code, 1)
        self.assertIn("RINGSIDE_SKIP_SETUP=1", text)


if __name__ == "__main__":
    unittest.main()
