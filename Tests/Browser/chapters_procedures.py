# SPDX-License-Identifier: Apache-2.0
"""The other five procedures from the first word typed to the signed paper in hand, and many signatures in one go."""
import shutil
import subprocess
import unicodedata

import procedures
import steps
import story
from person import BrowserPerson, RobotPerson, Unexpected


def filed(citizen, procedure, files, look=True):
    """Searched, filled in, submitted and, where something is due, paid; the code."""
    steps.find(citizen, procedure.typed, procedure.name)
    citizen.sees(procedure.price)
    if look:
        citizen.look("thu-tuc")
    steps.begin(citizen, procedure.citizen)
    steps.fill_draft(citizen, procedure.form, procedure.papers, files, look)
    citizen.sees(*procedure.fee, *(files[sample].name for sample in procedure.papers.values()))
    if look:
        citizen.look("kiem-tra")
    steps.submit(citizen)
    code = citizen.find(steps.CODE)
    if look:
        citizen.look("da-nop")
    if procedure.pays is None:
        if citizen.offers("Thanh toán"):
            raise Unexpected(f"what is free asks for money: {citizen.words[:400]}")
    else:
        steps.pay(citizen, procedure.pays)
        citizen.sees("Đã thanh toán")
    return code


def acted(officer, procedure, code, act, *words):
    """One act of one officer, by the words that stand on the pages."""
    if act == "receive":
        officer.go("/viec")
        officer.sees(code)
        steps.receive(officer, code)
    elif act in ("advance", "check"):
        officer.go(f"/viec/{code}")
        if act == "check":
            officer.sees("Dự thảo kết quả", "Bản xem trước lập lúc")
            if not officer.download("Mở riêng").startswith(b"%PDF-"):
                raise Unexpected("the paper that stands first is not the print of the draft")
        officer.look("buoc", "staff")
        steps.advance(officer, code, *words)
        officer.sees("Đã chuyển hồ sơ sang bước tiếp theo")
        officer.look("da-chuyen", "staff")
    elif act == "draft":
        steps.draft_result(
            officer, code, procedure.draft, lambda one: one.look("du-thao", "staff"), procedure.draft_button
        )
    elif act == "sign":
        officer.go("/ky")
        officer.look("cho-ky", "staff")
        steps.sign(officer, code, procedure.name)
        officer.look("da-ky", "staff")
    else:
        steps.deliver(officer, code)


def decided(make, procedure, code):
    """Everything that officers do, each on pages of her own; `make` makes the person of a user name."""
    username, officer = None, None
    for wanted, *act in procedure.officers:
        if wanted != username:
            if officer:
                officer.close()
            username, officer = wanted, make(wanted)
            steps.sign_in_officer(officer, wanted)
        acted(officer, procedure, code, *act)
    officer.close()


def delivered(citizen, procedure, code):
    """The bytes of the result that the citizen takes home."""
    citizen.go(f"/ho-so/{code}")
    citizen.sees("Đã trả kết quả")
    citizen.sees_not("Đang ở", "Lưu dự thảo")
    citizen.look("co-ket-qua")
    result = citizen.download(procedure.result)
    if not result.startswith(b"%PDF-"):
        raise Unexpected("the result is no PDF")
    return result


def says(path, wanted):
    """What is missing in the text of a PDF, as a tool that is not ours reads it."""
    if shutil.which("pdftotext") is None:
        raise Unexpected("pdftotext is missing (scripts/install-dependencies test)")
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    text = " ".join(unicodedata.normalize("NFC", done.stdout.decode()).split())
    return [words for words in wanted if words not in text], text


def walked(procedure, gate, demo, files, phone, script):
    def person(name):
        return BrowserPerson(gate, demo, f"{procedure.code}-{name}", phone, script)

    citizen = person("citizen")
    code = filed(citizen, procedure, files)
    decided(person, procedure, code)
    path = files["photo"].parent / f"{procedure.code}.pdf"
    path.write_bytes(delivered(citizen, procedure, code))
    missing, text = says(path, procedure.printed)
    if missing:
        raise Unexpected(f"the paper does not say {missing}: {text[:900]}")
    citizen.close()


def birth(*mode):
    walked(procedures.BIRTH, *mode)


def certified_copy(*mode):
    walked(procedures.CERTIFIED_COPY, *mode)


def household_business(*mode):
    walked(procedures.HOUSEHOLD_BUSINESS, *mode)


def residence(*mode):
    walked(procedures.RESIDENCE, *mode)


def building_permit(*mode):
    walked(procedures.BUILDING_PERMIT, *mode)


def fee_by_page(gate, demo, files, phone, script):
    """What the check page asks for so many pages and copies: tiers, the multiplier, and the cap of one copy."""
    wanted = {
        (1, 1): "2.000 đ", (2, 1): "4.000 đ", (3, 1): "5.000 đ", (5, 3): "21.000 đ", (198, 1): "200.000 đ",
        (199, 1): "200.000 đ", (300, 2): "400.000 đ",
    }
    procedure = procedures.CERTIFIED_COPY
    person = RobotPerson(demo)
    steps.find(person, procedure.typed, procedure.name)
    steps.begin(person, procedure.citizen)
    steps.fill_draft(person, procedure.form, procedure.papers, files, look=False)
    for (pages, copies), amount in wanted.items():
        person.click("Sửa Số trang của bản chính")
        person.fill("Số trang của bản chính", str(pages))
        person.fill("Số bản cần chứng thực", str(copies))
        person.press("Lưu và tiếp tục")
        steps.fill_draft(person, procedure.form, procedure.papers, files, look=False)
        person.sees(f"Tổng cộng{amount}")


def many_signatures(gate, demo, files, phone, script):
    """Three papers are signed in one go; one was withdrawn while the list stood there: it is left out, and said why."""
    citizens = ["Trần Văn Lộc", "Lê Hoàng Phúc", "Châu Sóc Kha"]
    people = [story.submitted_and_paid(RobotPerson(demo), demo, files, citizen) for citizen in citizens]
    codes = [code for _, code in people]
    desk, specialist = RobotPerson(demo), RobotPerson(demo)
    story.sign_in_officer(desk, story.DESK)
    story.sign_in_officer(specialist, story.SPECIALIST)
    for code in codes:
        story.receive(desk, code)
        story.draft_result(specialist, code)

    leader = BrowserPerson(gate, demo, "many", phone, script)
    story.sign_in_officer(leader, story.LEADER)
    leader.go("/ky")
    leader.sees(*codes)
    for citizen in citizens:
        leader.fill(f"Chọn {story.EXTRACT_NAME}, {citizen}", "1")
    leader.look("da-chon", "staff")
    withdrawing, gone = people[2]
    withdrawing.go(f"/ho-so/{gone}")
    withdrawing.click("Rút hồ sơ")
    withdrawing.press("Rút hồ sơ")
    steps.prove(leader)
    leader.press("Ký văn bản đã chọn")
    leader.sees("Đã ký 2 văn bản", "1 văn bản chưa ký được", f"Hồ sơ {gone}: Người nộp", "rút hồ sơ")
    leader.sees_not(*codes[:2])
    leader.look("da-ky", "staff")
    leader.close()

    for code in codes[:2]:
        story.deliver(desk, code)
    withdrawing.go(f"/ho-so/{gone}")
    withdrawing.sees("Đã rút")
    withdrawing.sees_not("Kết quả đã ký")
    for citizen, code in people[:2]:
        citizen.go(f"/ho-so/{code}")
        if not citizen.download(story.RESULT_LINK).startswith(b"%PDF-"):
            raise Unexpected(f"the result of {code} is no PDF")


ALL = [birth, certified_copy, household_business, residence, building_permit]
