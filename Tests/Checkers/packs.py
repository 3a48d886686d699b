# SPDX-License-Identifier: Apache-2.0
"""`docs/packs.schema.json` in the hands of a validator that is not ours.

Every pack of the repository holds to it. A pack with a fault that can be seen without knowing the rest of the pack is
refused by the schema and by `motcua check` alike, so that an editor and the checker do not contradict each other.
"""
import copy
import json
import pathlib
import re
import shutil
import subprocess
import tempfile

import jsonschema_rs
import yaml

from harness.processes import ROOT, binary

SCHEMA = ROOT / "docs" / "packs.schema.json"


class Core(yaml.SafeLoader):
    """YAML 1.2 as editors read it: `yes` is a text, `15:00` and `2026-03-05` too."""


Core.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))
Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))


def broken(pack):
    """Copies of a pack, each with one fault: (what, copy)."""
    def change(what, alter):
        twin = copy.deepcopy(pack)
        alter(twin)
        return what, twin

    step = pack["workflow"]["steps"][0]["id"]
    yield change("a key too many", lambda one: one.update(colour="red"))
    yield change("a key too few", lambda one: one.pop("retention"))
    yield change("a word that is none", lambda one: one.update(subjects=["citizens"]))
    yield change("a lane of no step", lambda one: one["workflow"]["steps"][0].update(lane="delivery"))
    yield change("no day", lambda one: one.update(validFrom="5/3/2026"))
    yield change("no yes and no no", lambda one: one["workflow"].update(automaticReceive="maybe"))
    yield change("a number too great", lambda one: one.update(numberOfSets=21))
    yield change("a text too long", lambda one: one.update(summary="a" * 501))
    yield change("a text in place of a list", lambda one: one.update(executionSequence="Nộp rồi nhận."))
    yield change("two of a choice", lambda one: one["retention"].update(years=5, forEver="yes"))
    yield change("none of a choice", lambda one: [one["retention"].pop(key, None) for key in ("years", "forEver")])
    yield change("a comparison without a field", lambda one: one["components"].append(paper({"equals": "yes"})))
    yield change("a field without a comparison", lambda one: one["components"].append(paper({"field": "a"})))
    yield change("a template of another kind", lambda one: one["result"].update(template="result.pdf"))
    yield change("a name with a space", lambda one: one["workflow"]["steps"][0].update(id=f"{step} one"))


def paper(condition):
    return {"id": "another", "name": "Giấy khác", "copies": {"original": 1, "electronic": 1}, "required": "no",
            "visibleWhen": condition}


def refuses(folder, pack):
    """Whether `motcua check` refuses this pack with an error."""
    with tempfile.TemporaryDirectory() as place:
        copied = pathlib.Path(place) / folder.name
        shutil.copytree(folder, copied)
        text = yaml.safe_dump(pack, allow_unicode=True, sort_keys=False, width=1000)
        (copied / "procedure.yaml").write_text(text, encoding="utf-8")
        return subprocess.run([binary("motcua"), "check", place], capture_output=True, check=False).returncode != 0


def main():
    failures = []
    printed = subprocess.run([binary("motcua"), "check", "--schema"], capture_output=True, text=True, check=True).stdout
    if SCHEMA.read_text(encoding="utf-8") != printed:
        failures.append("docs/packs.schema.json is not what `motcua check --schema` prints")
    schema = json.loads(printed)
    jsonschema_rs.meta.validate(schema)
    validator = jsonschema_rs.validator_for(schema)
    folders = sorted(path.parent for path in (ROOT / "procedures").glob("*/procedure.yaml"))
    packs = {one: yaml.load((one / "procedure.yaml").read_text(encoding="utf-8"), Core) for one in folders}
    for folder, pack in packs.items():
        for error in validator.iter_errors(pack):
            where = "/".join(str(part) for part in error.instance_path)
            failures.append(f"{folder.name}: {where}: {error.message}"[:300])
    folder, pack = next(iter(packs.items()))
    # The second copy holds texts alone, so that `089190000123` is written as it was read.
    written = yaml.load((folder / "procedure.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    if refuses(folder, written):
        failures.append("a pack that was read and written again is refused: the proof below would prove nothing")
    for (what, read), (_, twin) in zip(broken(pack), broken(written)):
        if validator.is_valid(read):
            failures.append(f"the schema takes {what}")
        if not refuses(folder, twin):
            failures.append(f"`motcua check` takes {what}")
    return failures
