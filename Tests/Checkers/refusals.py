# SPDX-License-Identifier: Apache-2.0
"""Starting with something wrong: the program ends at once, with a sentence that says what and what to do."""
import os
import shutil
import socket
import subprocess
import tempfile

import filing  # noqa: F401  puts the browser folder on the path
from harness.processes import ROOT, binary


def run(arguments, environment, seconds=60):
    bare = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    done = subprocess.run(
        [binary("motcua"), *arguments], env={**bare, **environment}, cwd=ROOT, capture_output=True, text=True,
        timeout=seconds, check=False, stdin=subprocess.DEVNULL,
    )
    return done.returncode, done.stdout + done.stderr


def expect(failures, name, arguments, environment, *words):
    try:
        answer, said = run(arguments, environment)
    except subprocess.TimeoutExpired:
        failures.append(f"{name}: the program does not end")
        return
    if answer == 0:
        failures.append(f"{name}: the program ends as if all were well: {said[-300:]}")
    missing = [one for one in words if one not in said]
    if missing:
        failures.append(f"{name}: it does not say {missing}: {said[-500:]}")


def main():
    failures = []
    with tempfile.TemporaryDirectory() as data:
        sandbox = {"MOTCUA_SANDBOX_PORT": "0"}
        expect(failures, "a missing value", ["serve"], {"MOTCUA_DATA": data}, "Thiếu cấu hình MOTCUA_")
        expect(failures, "an unknown key", ["serve"], {"MOTCUA_DATA": data, "MOTCUA_PROT": "1"}, "MOTCUA_PORT")
        expect(failures, "a port that is none", ["demo"], {"MOTCUA_DATA": data, "MOTCUA_PORT": "99999", **sandbox},
               "MOTCUA_PORT")
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            expect(failures, "a busy port", ["demo"], {"MOTCUA_DATA": data, "MOTCUA_PORT": port, **sandbox}, port)
        packs = f"{data}/procedures"
        shutil.copytree(ROOT / "procedures", packs)
        path = f"{packs}/2.000635/procedure.yaml"
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace("\nform:", "\nfrom:", 1))
        expect(failures, "a broken pack", ["check", packs], {}, "procedure.yaml", "from")
    return failures
