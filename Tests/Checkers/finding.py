# SPDX-License-Identifier: Apache-2.0
"""Finding a service among 6,800: twelve queries, each with all its marks, without, half marked and mistyped, composed
and decomposed. The page is measured over HTTP beside a plain scan of the folded texts on the same machine.

MOTCUA_TEST_PROCEDURES names how many procedures; each is the shipped pack of 2.000635 under a name of its own.
"""
import os
import pathlib
import random
import re
import statistics
import sys
import tempfile
import time
import unicodedata
import urllib.parse
import urllib.request

import load
from demo import Demo
from harness.processes import ROOT

PROCEDURES = int(os.environ.get("MOTCUA_TEST_PROCEDURES", "6800"))
ACTS = [
    "Cấp", "Cấp lại", "Cấp đổi", "Gia hạn", "Điều chỉnh", "Đăng ký", "Thu hồi", "Công nhận", "Phê duyệt", "Thẩm định",
    "Xác nhận", "Chấp thuận", "Chấm dứt", "Tạm ngừng", "Bổ nhiệm", "Hòa giải",
]
THINGS = [
    "giấy phép xây dựng", "giấy phép lái xe", "giấy chứng nhận đủ điều kiện", "quyền sử dụng đất", "hộ kinh doanh",
    "khai sinh", "kết hôn", "thường trú", "tạm trú", "chứng chỉ hành nghề", "khai thác khoáng sản", "tài nguyên nước",
    "quỹ xã hội", "chủ trương đầu tư", "quy hoạch chi tiết", "trợ giúp xã hội", "bảo hiểm y tế", "nuôi trồng thủy sản",
    "phòng cháy chữa cháy", "an toàn thực phẩm", "vận tải hành khách", "xuất bản bản tin",
]
ENDS = [
    "có yếu tố nước ngoài", "cấp xã", "cấp tỉnh", "đối với tổ chức", "đối với cá nhân", "lần đầu", "trong khu kinh tế",
    "theo quy định mới", "do mất, hỏng", "cho người cao tuổi", "tại vùng biên giới", "qua mạng",
]
SYLLABLES = [
    a + b for a in "b c ch d đ g h k kh l m n ng nh ph r s t th tr v x".split()
    for b in "an âm ấp iên oàn ông ương uyền ức ỉnh ải ốt".split()
]
# All marks; half of them; one slip.
QUERIES = [
    ("đăng ký khai sinh", "đăng ky khai sinh", "đăng ký khai sihn"),
    ("cấp giấy phép xây dựng", "cap giấy phép xay dựng", "cấp giấy phép xây dưng"),
    ("giấy phép lái xe", "giấy phep lái xe", "giấy phpé lái xe"),
    ("quyền sử dụng đất", "quyền su dụng dat", "quyèn sử dụng đất"),
    ("hộ kinh doanh", "ho kinh doanh", "hộ kinh doamh"),
    ("kết hôn", "ket hôn", "kết hôn"),
    ("thường trú", "thuong trú", "thườngg trú"),
    ("bảo hiểm y tế", "bảo hiem y te", "bảo hiêmr y tế"),
    ("hòa giải", "hoà giai", "hòa giảii"),
    ("trợ giúp xã hội", "trợ giup xa hội", "trợ giúpp xã hội"),
    ("an toàn thực phẩm", "an toan thực pham", "an toàn thưc phẩmm"),
    ("chứng chỉ hành nghề", "chung chỉ hanh nghề", "chứng chỉ hnàh nghề"),
]


def plain(text):
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def names(count):
    chance = random.Random(20260305)
    for number in range(count):
        pick = chance.choice
        yield (f"{pick(ACTS)} {pick(THINGS)} {pick(SYLLABLES)} {pick(SYLLABLES)} {pick(ENDS)}",
               f"Lĩnh vực {pick(SYLLABLES)} {number % 120}")


def catalogue(folder, count):
    """So many packs, and the folded text of all of them for the plain scan."""
    source = ROOT / "procedures/2.000635"
    pack = (source / "procedure.yaml").read_text()
    scan = []
    for number, (name, sector) in enumerate(names(count)):
        code = f"3.{100_000 + number}"
        text = pack.replace("2.000635", code)
        text = re.sub(r"(?m)^name: .*$", f"name: {name}", text, count=1)
        text = re.sub(r"(?m)^summary: .*$", f"summary: Để {name.lower()} cho người cần.", text, count=1)
        text = re.sub(r"(?ms)^keywords:\n.*?^sector:\n.*?^executing",
                      f"keywords: []\nsector:\n  name: {sector}\nexecuting", text, count=1)
        home = folder / code
        home.mkdir()
        (home / "procedure.yaml").write_text(text)
        for other in source.glob("*.mustache"):
            (home / other.name).write_bytes(other.read_bytes())
        scan.append(plain(f"{name} {sector}"))
    return "\n".join(scan).encode()


def path(query):
    return "/thu-tuc?" + urllib.parse.urlencode({"q": query})


def found(base, query):
    """How many procedures answer, and the codes of the first page."""
    with urllib.request.urlopen(base + path(query)) as answer:
        html = answer.read().decode()
    heading = re.search(r"<h1>([0-9.]+) thủ tục", html)
    return int(heading[1].replace(".", "")), re.findall(r'href="/thu-tuc/([0-9.]+)"', html)


def check(base):
    """The forms of a query mean the same procedures; what was typed with its marks stands first."""
    for full, half, slip in QUERIES:
        wanted, best = found(base, full)
        if not wanted:
            sys.exit(f"{full}: nothing found")
        for form in (plain(full), half, unicodedata.normalize("NFD", full), unicodedata.normalize("NFD", half)):
            if found(base, form)[0] != wanted:
                sys.exit(f"{form!r} finds {found(base, form)[0]} procedures, {full!r} {wanted}")
        if found(base, unicodedata.normalize("NFD", full))[1] != best:
            sys.exit(f"{full!r} in NFD gives another order")
        if not found(base, slip)[0]:
            sys.exit(f"{slip!r}: nothing found")


def scan_us(text, query):
    words = [word.encode() for word in plain(query).split()]
    began = time.perf_counter()
    for _ in range(200):
        for word in words:
            text.count(word)
    return (time.perf_counter() - began) / 200 * 1e6


def run(table):
    with tempfile.TemporaryDirectory() as folder:
        text = catalogue(pathlib.Path(folder), PROCEDURES)
        with Demo(environment={"MOTCUA_PROCEDURES": folder}) as demo:
            check(demo.base)
            load.pin(demo.program.pid)
            lines, costs = [], []
            for full, half, slip in QUERIES:
                scan = scan_us(text, full)
                cells = []
                for form in (full, plain(full), slip, unicodedata.normalize("NFD", half)):
                    run = load.run(demo.program.pid, demo.base + path(form), "thủ tục", seconds=1)
                    cells.append(f"{run.cpu_us:.0f} µs")
                    costs.append(run.cpu_us)
                lines.append((full, found(demo.base, full)[0], *cells, f"{scan:.0f} µs"))
            empty = load.run(demo.program.pid, demo.base + "/tro-giup", "Trợ giúp", seconds=2).cpu_us
            lines.append(("median of all", "", f"{statistics.median(costs):.0f} µs", "", "", "", ""))
            lines.append(("a page without a search, for comparison", "", f"{empty:.0f} µs", "", "", "", ""))
    head = ["query", "found", "all marks", "none", "one slip", "half, NFD", "plain scan of the folded names"]
    table(f"finding ({PROCEDURES:,} procedures, CPU of the page over HTTP)", head, lines)
