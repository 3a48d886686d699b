# SPDX-License-Identifier: Apache-2.0
"""Packs in and out by the command line: what `motcua export` writes is what was published, byte for byte, and nothing
that is there is overwritten unasked; what `motcua import procedure` writes is a pack that `motcua check` reads.
"""
import pathlib
import subprocess
import tempfile

from harness.processes import ROOT, binary

PACKS = ROOT / "procedures"
RECORDS = ROOT / "Tests" / "Fixtures" / "import"


def motcua(*words, stdin=None):
    done = subprocess.run(
        [binary("motcua"), *map(str, words)], cwd=ROOT, input=stdin, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def exports(work):
    data, out = work / "data", work / "out"
    code, _, said = motcua("sample", "--dossiers", 1, "--data", data)
    if code:
        return [f"no sample to export from: {said}"]
    failures = []

    def claim(what, holds):
        if not holds:
            failures.append(what)

    code, told, said = motcua("export", "--all", "--to", out, "--data", data)
    claim(f"export --all failed: {said}", code == 0)
    names = sorted(path.name for path in PACKS.iterdir())
    claim("export --all left packs out", sorted(path.name for path in out.iterdir()) == names)
    for name in names:
        claim(f"{name} came out otherwise than it went in", files(out / name) == files(PACKS / name))
    claim("not a line for each pack", told.count("phiên bản ") == len(names))
    claim("exported packs do not pass the checker", motcua("check", out)[0] == 0)

    first = names[0]
    code, _, said = motcua("export", first, "--to", out, "--data", data)
    claim("a folder was overwritten unasked", code == 1 and "--overwrite" in said)
    (out / first / "procedure.yaml").write_text("khác", encoding="utf-8")
    (out / first / "thua.txt").write_text("thừa", encoding="utf-8")
    (out / first / "giu").mkdir()
    (out / first / "giu" / "ghi-chu.txt").write_text("giữ", encoding="utf-8")
    code, _, said = motcua("export", first, "--to", out, "--data", data, "--overwrite")
    claim(f"export --overwrite failed: {said}", code == 0 and files(out / first) == files(PACKS / first))
    claim("a folder inside a pack was taken away", (out / first / "giu" / "ghi-chu.txt").exists())

    other = work / "other"
    code, told, said = motcua("export", "9.9", first, "--to", other, "--data", data)
    claim("an unknown code stopped the others, or was not told", code == 1 and "9.9" in said
          and files(other / first) == files(PACKS / first))
    version = told.split("phiên bản ")[1].split(".")[0]
    code, _, said = motcua("export", first, "--version", version, "--to", work / "one", "--data", data)
    claim(f"a version by its digest: {said}", code == 0 and files(work / "one" / first) == files(PACKS / first))
    for wrong in (names[1], "../" + first):
        code = motcua("export", wrong, "--version", version, "--to", work / "wrong", "--data", data)[0]
        claim(f"the version of another code went out as {wrong}", code == 1 and not (work / "wrong").exists())
    code, _, said = motcua("export", first, "--every-version", "--to", work / "every", "--data", data)
    claim(f"every version: {said}", code == 0
          and files(work / "every" / version[:16] / first) == files(PACKS / first))
    code = motcua("export", first, "--draft", "--to", work / "no", "--data", data)[0]
    claim("a draft that is none went out", code == 1)
    claim("neither code nor --all was taken", motcua("export", "--data", data)[0] not in (0, 1))
    return failures


def imports(work):
    failures = []

    def claim(what, holds):
        if not holds:
            failures.append(what)

    to = work / "packs"
    records = [RECORDS / "classic.json", RECORDS / "today.json"]
    day = ("--day", "2026-03-05")
    code, told, said = motcua("import", "procedure", *records, "--to", to, *day)
    claim(f"import: {said}", code == 1 and "1 gói đã ghi, 1 gói không ghi, 0 chỗ hỏng" in told)
    claim("a procedure that is not public was written", not (to / "9.000202").exists())
    code, told, said = motcua("import", "procedure", records[1], "--to", to, *day, "--closed")
    claim(f"import --closed: {said}", code == 0 and "Mức độ 1 còn thiếu" in told)
    for name, kept in (("9.000101", "classic.yaml"), ("9.000202", "today.yaml")):
        wanted = (RECORDS / kept).read_bytes()
        claim(f"{name} is not what was looked at", (to / name / "procedure.yaml").read_bytes() == wanted)
        claim(f"the record of {name} is not kept", (to / name / "national-catalogue.json").exists())
    code, told, _ = motcua("check", to)
    claim("an unfinished pack passes the checker", code == 1 and "[missing-key]" in told and "[syntax]" not in told)
    claim("its text is no YAML of packs", motcua("check", "--syntax", to)[0] == 0)

    main = to / "9.000101" / "procedure.yaml"
    (to / "9.000101" / "mau.pdf").write_bytes(b"%PDF-1.4")
    main.write_text(main.read_text(encoding="utf-8").replace("name: Thả diều", "name: Khác"), encoding="utf-8")
    before = main.read_bytes()
    code, told, _ = motcua("import", "procedure", records[0], "--to", to, *day)
    claim("a pack was overwritten unasked, or the difference not shown",
          code == 1 and main.read_bytes() == before and "Khác → Thả diều" in told)
    code, told, _ = motcua("import", "procedure", records[0], "--to", to, *day, "--replace", "--dry-run")
    claim("a dry run wrote", main.read_bytes() == before)
    code, told, _ = motcua("import", "procedure", "-", "--to", to, *day, "--replace",
                           stdin=records[0].read_text(encoding="utf-8"))
    claim("--replace from standard input", code == 0 and main.read_bytes() == (RECORDS / "classic.yaml").read_bytes())
    claim("a file beside the pack was taken away", (to / "9.000101" / "mau.pdf").exists())

    one = '{"code": "8.%06d", "name": "Thủ tục %d", "strange": "%s"}'
    many = "\n".join(one % (number, number, "x" * 3_000) for number in range(500))
    code, told, said = motcua("import", "procedure", "-", "--to", work / "many", *day, stdin=many + '\n{"code": "8.x')
    claim("five hundred records by a pipe, and a broken one", code == 1 and "500 gói đã ghi" in told
          and "Dòng 501" in said and len(list((work / "many").iterdir())) == 500)
    code, _, said = motcua("import", "procedure", work / "nothing.json", "--to", to)
    claim("a file that is not there", code == 1 and "Không đọc được tệp" in said)
    return failures


def main():
    with tempfile.TemporaryDirectory() as place:
        return exports(pathlib.Path(place)) + imports(pathlib.Path(place))
