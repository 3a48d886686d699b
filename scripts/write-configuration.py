# SPDX-License-Identifier: Apache-2.0
"""Writes the table of docs/configuration.md from the one table in the code (Sources/App/motcua/Settings/Setting.swift).

usage: write-configuration.py [--check]    --check only compares, and answers 1 when they differ
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
CODE = ROOT / "Sources" / "App" / "motcua" / "Settings" / "Setting.swift"
PAGE = ROOT / "docs" / "configuration.md"
BEGIN, END = "<!-- table from Setting.swift: begin -->", "<!-- table from Setting.swift: end -->"


def settings():
    """[(variable, default or None, secret, meaning)] in the order of the code."""
    text = CODE.read_text()
    names = dict(re.findall(r'^    case (\w+) = "([A-Z0-9_]+)"$', text, re.M))
    facts = re.findall(r'case \.(\w+):\s*Facts\(((?:[^()"]|"(?:[^"\\]|\\.)*")*)\)', text)
    found = []
    for case, said in facts:
        fallback = re.search(r'fallback: "((?:[^"\\]|\\.)*)"', said)
        meaning = re.search(r'meaning: "((?:[^"\\]|\\.)*)"', said)
        if case not in names or not meaning:
            sys.exit(f"cannot read the setting {case} of {CODE.name}")
        secret = "isSecret: true" in said
        found.append((f"MOTCUA_{names[case]}", fallback.group(1) if fallback else None, secret, meaning.group(1)))
    if len(found) != len(names):
        sys.exit(f"{len(names)} settings are declared, {len(found)} have facts")
    return found


def table():
    lines = ["| variable | default | meaning |", "|---|---|---|"]
    for variable, fallback, secret, meaning in settings():
        default = "compulsory" if fallback is None else f"`{fallback}`" if fallback else "empty"
        name = f"`{variable}`" + (f" or `{variable}_FILE`, secret" if secret else "")
        lines.append(f"| {name} | {default} | {meaning.replace('|', chr(92) + '|')} |")
    return "\n".join(lines)


def main():
    page = PAGE.read_text()
    head, rest = page.split(BEGIN, 1)
    tail = rest.split(END, 1)[1]
    written = f"{head}{BEGIN}\n{table()}\n{END}{tail}"
    if "--check" in sys.argv[1:]:
        if written != page:
            sys.exit("docs/configuration.md is not the table of the code; run `make configuration`")
        return
    PAGE.write_text(written)


if __name__ == "__main__":
    main()
