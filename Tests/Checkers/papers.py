# SPDX-License-Identifier: Apache-2.0
"""Judges a signed paper by tools that are not ours, and sees them refuse a damaged copy of it.

usage: papers.py FILE.pdf [--root CA.pem] [--text WORDS]… [--qr PREFIX]
"""
import argparse
import logging
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata

from asn1crypto import cms
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

# A refusal is what half of the calls are made for; the library would print each one's trace.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)

TOOLS = ["qpdf", "pdfsig", "pdftotext", "pdffonts", "pdfinfo", "pdftoppm", "zbarimg"]


def run(*words):
    """(answer, all output) of a tool."""
    done = subprocess.run([str(word) for word in words], capture_output=True, check=False)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def missing_tools():
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def pdfsig_accepts(path):
    _, said = run("pdfsig", "-nocert", path)
    return "Signature is Valid" in said and "Total document signed" in said


def pyhanko_accepts(path, roots):
    """Whether the last signature is intact, covers the file, has a trusted time stamp and a trusted signer."""
    try:
        with open(path, "rb") as file:
            signatures = PdfFileReader(file, strict=True).embedded_regular_signatures
            if not signatures:
                return False
            context = ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")
            status = validate_pdf_signature(signatures[-1], context, ts_validation_context=context)
            stamp = status.timestamp_validity
            stamped = stamp is not None and stamp.intact and stamp.valid and stamp.trusted
            return bool(status.bottom_line and stamped and status.coverage.name == "ENTIRE_FILE")
    except Exception:  # a damaged file may fail anywhere inside: that is a refusal
        return False


def signature_places(data):
    """(a place in the signed page content, a place in the signature value), both to be flipped."""
    ranges = re.findall(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]", data)
    first, length, second, _ = map(int, ranges[-1])
    start, end = first + length + 1, second - 1
    container = cms.ContentInfo.load(bytes.fromhex(data[start:end].decode()), strict=False)
    value = container["content"]["signer_infos"][0]["signature"].native.hex().encode()
    place = data[start:end].lower().find(value)
    if place < 0:
        raise ValueError("the signature value is not in /Contents")
    return data.find(b"stream", 0, start) + 40, start + place + len(value) // 2


def judge_structure(path, failures):
    answer, said = run("qpdf", "--check", path)
    if answer != 0:
        failures.append(f"qpdf --check: {said.strip().splitlines()[-1]}")
    _, fonts = run("pdffonts", path)
    for line in fonts.splitlines()[2:]:
        flags = re.search(r"\s(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$", line)
        if not flags or flags.group(1) != "yes" or flags.group(3) != "yes":
            failures.append(f"a font is not embedded, or cannot be read back: {line.strip()}")
    _, info = run("pdfinfo", path)
    if not re.search(r"^Tagged:\s+yes", info, re.M):
        failures.append("the paper is not tagged")
    _, tree = run("pdfinfo", "-struct-text", path)
    if len(tree.split()) < 20:
        failures.append("the structure tree holds no text")


def judge_text(path, wanted, failures):
    _, text = run("pdftotext", "-layout", path, "-")
    if unicodedata.normalize("NFC", text) != text:
        failures.append("pdftotext gives letters in pieces")
    flat = " ".join(text.split())
    for words in wanted:
        if " ".join(words.split()) not in flat:
            failures.append(f"the text does not say “{words}”")
    return flat


def read_qr(path, folder):
    run("pdftoppm", "-r", "200", "-png", path, folder / "page")
    _, said = run("zbarimg", "--raw", "-q", *sorted(folder.glob("page*.png")))
    return [line.strip() for line in said.splitlines() if line.strip()]


def judge_damage(path, roots, folder, failures):
    """Both judges refuse one changed byte, in the signed range and in the signature value; qpdf a shorter file."""
    data = path.read_bytes()
    content, value = signature_places(data)
    places = {"the signed range": content, "the signature value": value}
    for name, place in places.items():
        changed = bytearray(data)
        old = changed[place]
        changed[place] = ord("0") if old != ord("0") else ord("1")
        copy = folder / "changed.pdf"
        copy.write_bytes(changed)
        if pdfsig_accepts(copy):
            failures.append(f"pdfsig accepts a byte flipped in {name}")
        if pyhanko_accepts(copy, roots):
            failures.append(f"pyHanko accepts a byte flipped in {name}")
    shorter = folder / "shorter.pdf"
    shorter.write_bytes(data[: len(data) - len(data) // 10])
    if run("qpdf", "--check", shorter)[0] == 0:
        failures.append("qpdf accepts a truncated file")


def judge_result(path, root_pems, texts=(), qr_prefix=None):
    """What is wrong with a signed result; an empty list is a sound paper."""
    path = pathlib.Path(path)
    roots = list(load_certs_from_pemder([str(pem) for pem in root_pems]))
    failures = []
    judge_structure(path, failures)
    judge_text(path, texts, failures)
    _, said = run("pdfsig", "-nocert", path)
    if not pdfsig_accepts(path):
        failures.append(f"pdfsig: {said.strip()}")
    if "ETSI.CAdES.detached" not in said:
        failures.append("the signature is no ETSI.CAdES.detached")
    if not pyhanko_accepts(path, roots):
        failures.append("pyHanko does not accept signature and time stamp")
    if pyhanko_accepts(path, []):
        failures.append("pyHanko accepts the signature without a trusted root")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        judge_damage(path, roots, folder, failures)
        if qr_prefix is not None:
            read = read_qr(path, folder)
            if not any(text.startswith(qr_prefix) for text in read):
                failures.append(f"zbarimg reads {read}, no address that begins with {qr_prefix}")
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--root", action="append", default=[])
    parser.add_argument("--text", action="append", default=[])
    parser.add_argument("--qr")
    asked = parser.parse_args()
    if missing_tools():
        print(f"missing: {', '.join(missing_tools())}")
        sys.exit(77)
    failures = judge_result(asked.file, asked.root, asked.text, asked.qr)
    for failure in failures:
        print(failure)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
