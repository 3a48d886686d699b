# SPDX-License-Identifier: Apache-2.0
"""Draws docs/diagrams/house.svg from the manifest: floors as bands, rooms as boxes, in the order of the list.

usage: draw-house.py [--check]    --check only compares, and answers 1 when the picture is not that of the manifest
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "diagrams" / "house.svg"
FLOORS = [
    ("app", "App", "what is run"),
    ("sites", "Sites", "one audience each"),
    ("services", "Services", "what the state does"),
    ("machinery", "Machinery", "one craft each"),
    ("core", "Core", "values and rules"),
]
LIBRARIES = {
    "Digests": "SHA-256 · Argon2id",
    "Journal": "Merkle tree",
    "Markup": "HTML as a type",
    "Outbound": "HTTP out · mail",
    "Paper": "PDF · QR",
    "Storage": "SQLite · PostgreSQL",
    "Trust": "PAdES · TSA",
    "Uploads": "strangers' files",
    "Web": "HTTP",
}
WIDTH, BOX, GAP, LEFT, ROW = 1120, 132, 12, 150, 62


def rooms():
    """[(name, floor)] of the manifest, without the shims of system libraries."""
    text = (ROOT / "Package.swift").read_text()
    start = text.index("let rooms: [Room] = [")
    listed = text[start : text.index("\n]\n", start)]
    return re.findall(r'\bRoom\(\s*"(\w+)",\s*\.(\w+)', listed)


def picture():
    lines, y = [], 16
    for floor, title, words in FLOORS:
        names = [name for name, its_floor in rooms() if its_floor == floor]
        per_row = (WIDTH - LEFT - GAP) // (BOX + GAP)
        rows = -(-len(names) // per_row)
        height = rows * ROW + GAP
        lines.append(f'<rect class="band" x="8" y="{y}" width="{WIDTH - 16}" height="{height}" rx="6"/>')
        lines.append(f'<text class="floor" x="24" y="{y + height / 2 - 2:.0f}">{title}</text>')
        lines.append(f'<text class="words" x="24" y="{y + height / 2 + 16:.0f}">{words}</text>')
        for index, name in enumerate(names):
            x = LEFT + index % per_row * (BOX + GAP)
            top = y + GAP + index // per_row * ROW
            below = LIBRARIES.get(name, "")
            size = f'width="{BOX}" height="{ROW - GAP}"'
            lines.append(f'<rect class="room" x="{x}" y="{top}" {size} rx="4"/>')
            line = top + (21 if below else 30)
            lines.append(f'<text class="name" x="{x + BOX / 2:.0f}" y="{line}">{name}</text>')
            if below:
                lines.append(f'<text class="craft" x="{x + BOX / 2:.0f}" y="{top + 39}">{below}</text>')
        y += height + 10
    style = (
        "text{font-family:system-ui,'Noto Sans',sans-serif;fill:#0b0c0c}.floor{font-size:18px;font-weight:700}"
        ".words,.craft{font-size:12px;fill:#505a5f}.name{font-size:15px;font-weight:600}"
        ".name,.craft{text-anchor:middle}"
        ".band{fill:#f6f3ee;stroke:#d9d2c6}.room{fill:#fff;stroke:#8f1018}"
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + 6}" width="{WIDTH}" height="{y + 6}" '
        'role="img" aria-label="The five floors of the house and the rooms on each; imports go downwards only">'
    )
    return "\n".join([head, f"<style>{style}</style>", *lines, "</svg>"]) + "\n"


def main():
    drawn = picture()
    if "--check" in sys.argv[1:]:
        if not PICTURE.exists() or PICTURE.read_text() != drawn:
            sys.exit("docs/diagrams/house.svg is not the picture of the manifest; run `make house`")
        return
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(drawn)


if __name__ == "__main__":
    main()
