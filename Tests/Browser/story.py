# SPDX-License-Identifier: Apache-2.0
"""The story of one procedure, 2.000635: a browser walks it in four modes, a robot two hundred at a time."""
import steps
from steps import (  # noqa: F401  the story's own chapters and the checkers name these through it
    CODE, DECLARATION, PAGES_OF_A_FORM, Answers, deliver, find, open_case, receive, sign_in_officer, submit,
)

EXTRACT = "trích lục hộ tịch"
BIRTH = "khai sinh"
CITIZEN = "Nguyễn Thị Hồng Đào"

EXTRACT_NAME = "Cấp bản sao trích lục hộ tịch"
AGENCY = "An Phú"

FORM = Answers(
    fields={
        "Số bản sao": "2",
        "Cơ quan đã đăng ký": "Ủy ban nhân dân xã An Phú, tỉnh An Giang",
        "Họ và tên người có tên trong sổ": CITIZEN,
        DECLARATION: "1",
    },
    choices={"Loại trích lục": "Khai sinh", "Người có tên trong sổ là": "Chính tôi", "Nơi giải quyết": AGENCY},
)
PAPERS = {"Giấy tờ hộ tịch đã được cấp": "photo"}
AMOUNT = "16.000 đ"


def sign_in(person, citizen=CITIZEN, level=2):
    steps.sign_in(person, citizen, level)


def begin(person, citizen=CITIZEN):
    steps.begin(person, citizen)


def answer_page(person):
    """Answers what the story knows of the page that stands there."""
    FORM.give(person)


def fill_draft(person, files, look=True):
    """From the list of tasks, page by page, to the page on which everything is checked."""
    steps.fill_draft(person, FORM, PAPERS, files, look)


def pay(person, choice="Thanh toán"):
    """At the pay page of the sandbox, and back."""
    steps.pay(person, AMOUNT, choice)


def submitted_and_paid(person, demo, files, citizen=CITIZEN):
    """A dossier from nothing to the moment at which the desk sees it: (person, code)."""
    find(person, "trich luc ho tich", EXTRACT_NAME)
    begin(person, citizen)
    fill_draft(person, files, look=False)
    submit(person, twice=False)
    code = person.find(CODE)
    pay(person, "Thanh toán 16.000 đ")
    return person, code


# MARK: officers

DESK, SPECIALIST, OTHER_SPECIALIST, LEADER = "anphu.motcua", "anphu.hotich1", "anphu.hotich2", "anphu.chutich"
FOREIGN_DESK = "longxuyen.motcua"
DEFECT = "Ghi đủ tên xã và huyện như trên giấy cũ"
RESULT_LINK = "Bản sao trích lục hộ tịch"


def ask_supplement(person, code):
    """The desk asks for one thing to be mended; the clock has not begun."""
    open_case(person, code)
    person.follow("Yêu cầu bổ sung")
    person.fill("Cơ quan đã đăng ký", "1")
    person.fill("Sai gì, cần làm gì: Cơ quan đã đăng ký", DEFECT)
    person.press("Xem trước")
    person.press("Gửi yêu cầu bổ sung")


DRAFT = Answers(
    fields={
        "Họ và tên": CITIZEN,
        "Quốc tịch": "Việt Nam",
        "Nội dung trích lục": "Nơi sinh: xã An Phú, tỉnh An Giang\nHọ và tên mẹ: Trần Thị Lài",
        "Nơi đăng ký": "Ủy ban nhân dân xã An Phú, tỉnh An Giang",
        "Số đăng ký": "12/1985",
    },
    dates={"Ngày, tháng, năm sinh": (8, 3, 1985), "Ngày đăng ký": (20, 3, 1985)},
    choices={"Giới tính": "Nữ"},
)


def draft_result(person, code):
    """The specialist fills the template, looks at the print and proposes it for signing."""
    steps.draft_result(person, code, DRAFT)


def sign(person, code):
    steps.sign(person, code, EXTRACT_NAME)


def decided(demo, make, code):
    """Everything that officers do, by persons that `make` makes."""
    for username, act in ((DESK, receive), (SPECIALIST, draft_result), (LEADER, sign), (DESK, deliver)):
        person = make(demo)
        sign_in_officer(person, username)
        act(person, code)
        person.close()
