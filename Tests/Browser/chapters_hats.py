# SPDX-License-Identifier: Apache-2.0
"""One person, several hats: a business and another person are acted for, the desk sees it, papers end."""
import contextlib
import datetime
import json
import sqlite3
import urllib.request

import procedures
import steps
from person import BrowserPerson, Unexpected

BUSINESS, TAX_CODE = "Công ty TNHH Gạo Thử Nghiệm Bình Đức", "1600990015"
PROCEDURE = procedures.HOUSEHOLD_BUSINESS
# Each mode has people of its own, so that what one chose for herself does not meet another walk.
HOLDERS = {True: ("Phạm Thị Út Mười", "Châu Sóc Kha"), False: ("Huỳnh Ngọc Diễm Quỳnh", "Danh Thành Đạt")}
OTHERS = {
    True: ("Lê Hoàng Phúc", "089092000103", (15, 1, 1992)),
    False: ("Đỗ Thị Kim Yến", "091154000111", (10, 10, 1954)),
}
DESK = "anphu.motcua"
# What the account of the holder does not tell of another person is typed.
FORM_FOR_ANOTHER = PROCEDURE.form.but({"Nơi cư trú": "Ấp Vĩnh Lợi, xã Vĩnh Thạnh Trung, tỉnh An Giang"})


def hats(gate, demo, files, phone, script):
    """A business hat files, another person's paper expires in mid-draft and is renewed, the desk compares, one ends."""
    keeper, friend = (
        BrowserPerson(gate, demo, f"hats-{name}", phone, script) for name in ("business", "person")
    )
    for person, name in zip((keeper, friend), HOLDERS[script]):
        person.go("/dang-nhap")
        steps.sign_in(person, name)
    code = files_for_business(keeper, files, script)
    the_api_acts_for_oneself(demo, keeper, code)
    other = files_for_person(demo, friend, files, script)
    at_the_desk(gate, demo, phone, script, code, other)
    ends(keeper, code)
    desk = officer(gate, demo, phone, script)
    desk.go(f"/viec/{code}")
    desk.sees("Đã thu hồi ngày")
    desk.look("da-thu-hoi", "staff")
    for person in (keeper, friend, desk):
        person.close()


def state(person, files, script, kind, name, number, born=None, sample="pdf"):
    """States an authority on the page of the account."""
    today = procedures.TODAY
    person.pick("Bạn làm thay cho ai", kind)
    person.fill("Tên người hoặc doanh nghiệp", name)
    person.fill("Số định danh hoặc mã số thuế", number)
    if born:
        person.fill_date("Ngày sinh của người đó", *born)
    person.fill_date("Có hiệu lực từ ngày", today.day, today.month, today.year)
    person.fill_date("Đến hết ngày", 1, today.month, today.year + 1)
    give_paper(person, files[sample], script)


def give_paper(person, path, script):
    person.upload("giấy tờ về quyền đại diện", path, "Lưu giấy tờ")
    if script:
        person.press("Lưu giấy tờ")


def put_on(person, name):
    person.fill("Đổi sang", name)
    person.press("Đổi")


def files_for_business(person, files, script):
    person.go("/tai-khoan")
    person.sees_not("Đang làm cho")
    person.click("Làm thay người khác, doanh nghiệp")
    person.expects_errors = True
    person.press("Lưu giấy tờ")
    person.sees("Chọn bạn làm thay cho ai", "Nhập ngày hết hạn ghi trên giấy", "Chọn tệp hoặc chụp ảnh giấy tờ")
    person.look("dai-dien-loi")
    # The number is wrong: the paper that came with it waits, and is not asked for again.
    state(person, files, script, "Doanh nghiệp, hộ kinh doanh", BUSINESS, "1600990016")
    person.sees("Nhập mã số thuế", f"Đã nhận tệp {files['pdf'].name}")
    person.look("dai-dien-giu-tep")
    person.fill("Số định danh hoặc mã số thuế", TAX_CODE)
    person.press("Lưu giấy tờ")
    person.sees("Đã lưu giấy tờ", BUSINESS, "Đang dùng được", "Đang làm cho: Chính tôi")
    person.look("dai-dien")
    put_on(person, BUSINESS)
    person.sees("Hồ sơ của tôi", f"thay mặt {BUSINESS}", f"Đang làm cho: {BUSINESS}")
    person.look("thay-mat")
    code = filed(person, files)
    person.go(f"/ho-so/{code}")
    person.sees(PROCEDURE.name)
    if not person.offers("Rút hồ sơ"):
        raise Unexpected(f"the business's dossier is not in its representative's hands: {person.words[:400]}")
    put_on(person, "Chính tôi")
    person.sees("Đang làm cho: Chính tôi")
    person.sees_not("thay mặt", code)
    person.go(f"/ho-so/{code}")
    person.sees(f"Hồ sơ này làm thay cho {BUSINESS}")
    person.sees_not("Rút hồ sơ")
    person.look("duoi-vai-khac")
    return code


def filed(person, files):
    draft_to_check(person, files, PROCEDURE.form)
    steps.submit(person)
    return person.find(steps.CODE)


def draft_to_check(person, files, form):
    person.go(f"/thu-tuc/{PROCEDURE.code}")
    steps.begin(person, PROCEDURE.citizen)
    steps.fill_draft(person, form, PROCEDURE.papers, files, look=False)


def the_api_acts_for_oneself(demo, person, code):
    """A token is the secret of the session; the hat of the session counts on pages alone."""
    put_on(person, BUSINESS)
    request = urllib.request.Request(
        f"{demo.base}/api/v1/dossiers", headers={"Authorization": f"Bearer {person.session()}"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        listed = [item["code"] for item in json.load(answer)["items"]]
    if code in listed:
        raise Unexpected(f"the API shows {code} of the business to its representative's token")


def files_for_person(demo, person, files, script):
    name, number, born = OTHERS[script]
    person.go("/tai-khoan/dai-dien")
    state(person, files, script, "Người khác, theo ủy quyền", name, number, born, sample="photo")
    person.sees("Đã lưu giấy tờ", name)
    put_on(person, name)
    draft_to_check(person, files, FORM_FOR_ANOTHER)
    # The form is filled in for the other one, not for who types.
    person.sees("Kiểm tra trước khi nộp", name, number[-3:])
    person.look("kiem-tra-thay")
    expire(demo, number)
    if person.has_field(steps.DECLARATION):
        person.fill(steps.DECLARATION, "1")
    person.expects_errors = True
    person.press("Nộp hồ sơ")
    person.sees(f"Giấy tờ làm thay cho {name}", "chỉ có hiệu lực đến hết ngày", "vẫn được giữ")
    person.sees("Chọn lại đang làm cho ai")
    person.look("het-han-giua-chung")
    person.go(f"/thu-tuc/{PROCEDURE.code}")
    person.press("Nộp hồ sơ")
    person.sees("vừa hết hạn hoặc bị thu hồi")
    person.go("/tai-khoan/dai-dien")
    person.sees("Đã hết hạn")
    state(person, files, script, "Người khác, theo ủy quyền", name, number, born)
    person.sees("Đã lưu giấy tờ")
    person.look("dai-dien-khai-lai")
    put_on(person, name)
    # The draft of the old paper stands there, complete.
    person.sees("Đăng ký thành lập hộ kinh doanh")
    person.click(PROCEDURE.name)
    steps.fill_draft(person, FORM_FOR_ANOTHER, PROCEDURE.papers, files, look=False)
    steps.submit(person)
    return person.find(steps.CODE)


def expire(demo, number):
    """Its last day was yesterday, as if the night had passed."""
    yesterday = (procedures.TODAY - datetime.timedelta(days=1)).isoformat()
    first = (procedures.TODAY - datetime.timedelta(days=30)).isoformat()
    with contextlib.closing(sqlite3.connect(demo.data / "motcua.sqlite", timeout=30)) as database, database:
        changed = database.execute(
            "UPDATE representation SET valid_from = ?, valid_to = ?"
            " WHERE number = ? AND revoked_at IS NULL AND valid_to > ?",
            (first, yesterday, number, yesterday),
        ).rowcount
    if changed != 1:
        raise Unexpected(f"{changed} authorities expired")


def officer(gate, demo, phone, script):
    desk = BrowserPerson(gate, demo, "hats-desk", phone, script)
    steps.sign_in_officer(desk, DESK)
    return desk


def at_the_desk(gate, demo, phone, script, code, other):
    desk = officer(gate, demo, phone, script)
    today = procedures.printed(procedures.TODAY)
    steps.open_case(desk, code)
    desk.sees("Làm thay", HOLDERS[script][0], BUSINESS, TAX_CODE, today, "Còn hiệu lực", "Chưa ai đối chiếu")
    desk.look("lam-thay", "staff")
    desk.click("Xem giấy tờ làm thay")
    desk.look("lam-thay-giay", "staff")
    desk.press("Đã đối chiếu bản chính")
    desk.sees("Đã ghi việc đối chiếu giấy tờ làm thay", "Đã đối chiếu bản chính")
    desk.sees_not("Chưa ai đối chiếu")
    desk.look("da-doi-chieu", "staff")
    steps.open_case(desk, other)
    desk.sees("Người được làm thay", OTHERS[script][0], HOLDERS[script][1], "Chưa ai đối chiếu")
    desk.look("lam-thay-nguoi", "staff")
    desk.close()


def ends(person, code):
    person.go("/tai-khoan/dai-dien")
    person.sees("Cán bộ: đã đối chiếu bản chính")
    person.press("Thu hồi")
    person.sees("Đã thu hồi giấy tờ", "Đã thu hồi ngày", "Giấy tờ làm thay đã chọn không còn hiệu lực")
    person.look("da-thu-hoi")
    person.go(f"/ho-so/{code}")
    if person.offers("Rút hồ sơ"):
        raise Unexpected("what was filed by an authority that ended is still in its holder's hands")
    person.go("/tai-khoan")
    person.sees_not(code)
    put_on(person, "Chính tôi")
    person.sees_not("Đang làm cho", "không còn hiệu lực")


ALL = [hats]
