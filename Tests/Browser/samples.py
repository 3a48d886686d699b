# SPDX-License-Identifier: Apache-2.0
"""Files that people send: good ones, and the bad ones that the portal must answer in clear words."""
import pathlib
import random

import pikepdf
from PIL import Image, ImageDraw

FILE_LIMIT_BYTES = 25_000_000


def make(folder):
    """{name: path} of every sample, written into the folder."""
    folder = pathlib.Path(folder)
    made = {}

    def add(name, file):
        made[name] = folder / file
        return made[name]

    picture = Image.new("RGB", (1200, 1600), "#f6f3ee")
    draw = ImageDraw.Draw(picture)
    for line in range(20):
        draw.rectangle((120, 160 + line * 64, 120 + 700 + line * 11 % 240, 172 + line * 64), fill="#33383b")
    picture.save(add("photo", "giay-khai-sinh.jpg"), quality=80)
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        lines = b"".join(b"72 %d m 520 %d l S " % (y, y) for y in range(80, 760, 24))
        page.Contents = pdf.make_stream(b"0.2 w " + lines)
        pdf.save(add("pdf", "so-ho-tich.pdf"))
        pdf.save(add("drawing", "ban-ve.pdf"))
        pdf.save(add("locked", "co-mat-khau.pdf"), encryption=pikepdf.Encryption(user="bi-mat", owner="chu"))
    add("empty", "rong.pdf").write_bytes(b"")
    add("page", "trang-web.pdf").write_bytes(b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>")
    sound = made["pdf"].read_bytes()
    add("large", "qua-lon.pdf").write_bytes(sound + b"% " + b"x" * (FILE_LIMIT_BYTES - len(sound) + 1) + b"\n")
    add("broken", "hong.pdf").write_bytes(sound[: len(sound) // 3])
    with pikepdf.open(made["pdf"]) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.save(add("scripted", "co-lenh.pdf"))
    add("renamed", "anh-doi-duoi.pdf").write_bytes(made["photo"].read_bytes())
    # 61 and 60 million pixels of one colour: small files that open large.
    Image.new("1", (10_000, 6_100)).save(add("vast", "anh-qua-lon.png"))
    Image.new("RGB", (10_000, 6_000), "#f6f3ee").save(add("sixty", "anh-60-trieu.jpg"), quality=60)
    for name, size in (("long", 6_300_000), ("longer", 7_700_000)):
        noise = random.Random(size).randbytes(size)
        with pikepdf.new() as pdf:
            pdf.add_blank_page(page_size=(595, 842))
            pdf.pages[0].obj["/Motcua"] = pdf.make_indirect(pikepdf.Stream(pdf, noise))
            pdf.save(add(name, f"ban-quet-{name}.pdf"), compress_streams=False)
    made["many"] = []
    for number in range(51):
        path = folder / f"trang-{number + 1:02}.jpg"
        Image.new("RGB", (120, 160), (number * 5, 90, 120)).save(path)
        made["many"].append(path)
    return made
