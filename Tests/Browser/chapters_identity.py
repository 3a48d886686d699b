# SPDX-License-Identifier: Apache-2.0
"""Who a citizen is and how surely: a sign-in that is cancelled, level 1, a code to the phone, a lost phone."""
import json
import re
import time
import urllib.request

import story
from person import BrowserPerson, Unexpected

# Each mode has people of its own, so that drafts, devices and limits of one walk do not meet another's.
PEOPLE = {True: ("Neáng Sa Ri", "089195000106", 6), False: ("Mahomad Saleh", "089076000110", 10)}


def phone_number(number):
    return f"0900000{100 + number}"


def stands_in_a_draft(person):
    if not re.search(r"/nop/[0-9a-z]+", person.url):
        raise Unexpected(f"it does not go on by itself to the draft: {person.url}")


def sign_in_cancelled_and_weak(gate, demo, files, phone, script):
    """A stranger presses "Nộp hồ sơ", turns back, comes with level 1, then with level 2, and stands in the draft
    without pressing it again."""
    name = PEOPLE[script][0]
    person = BrowserPerson(gate, demo, "identity-levels", phone, script)
    person.expects_errors = True  # pages of failures answer 4xx, which the console tells
    story.find(person, "khai sinh", "Đăng ký khai sinh")
    person.press("Nộp hồ sơ")
    person.sees("cổng mở ngay hồ sơ bạn vừa bấm nộp")
    person.look("dang-nhap-cho-viec")
    person.press("Đăng nhập bằng VNeID")
    person.press("Hủy đăng nhập")
    person.sees("Chưa đăng nhập xong", "cổng mở ngay hồ sơ bạn vừa bấm nộp")
    person.look("dang-nhap-da-huy")
    story.sign_in(person, name, 1)
    person.sees("Việc này cần định danh mức 2", "công an xã")
    person.look("can-muc-2")
    # Level 1 reads and tracks; it is the act that asks for more.
    person.press("Đăng nhập bằng VNeID mức 2")
    person.press(f"Đăng nhập mức 2: {name}")
    stands_in_a_draft(person)
    person.close()


def code_for(demo, phone, after):
    """The newest code that left for this number after the so many-th message; waits for the outbox."""
    end = time.monotonic() + 15
    while time.monotonic() < end:
        messages = sent_to(demo, phone)
        if len(messages) > after:
            return re.search(r"\b(\d{6})\b", messages[0]["text"]).group(1)
        time.sleep(0.3)
    raise Unexpected(f"no message reached {phone}")


def sent_to(demo, phone):
    """Messages to this number that hold a code, the newest first."""
    with urllib.request.urlopen(demo.sandbox + "/hop-thu.json", timeout=10) as answer:
        messages = json.load(answer)["messages"]
    ours = [
        one for one in messages
        if one["kind"] == "sms" and phone[1:] in json.dumps(one) and "Mã đăng nhập" in one["text"]
    ]
    return ours


def ask_for_code(person, phone, digits):
    person.go("/dang-nhap")
    person.click("Đăng nhập bằng mã gửi đến điện thoại")
    person.fill("Số điện thoại", phone)
    person.fill("4 số cuối", digits)
    person.press("Gửi mã")


def phone_and_devices(gate, demo, files, phone, script):
    """The phone as a second way: for the own account alone, for reading alone; then all devices are ended, as after the
    loss of a phone."""
    name, national_id, number = PEOPLE[script]
    desk = BrowserPerson(gate, demo, "identity-desk", phone, script)
    desk.go("/dang-nhap")
    story.sign_in(desk, name)
    desk.go("/tai-khoan")
    desk.sees(name)

    person = BrowserPerson(gate, demo, "identity-phone", phone, script)
    person.expects_errors = True
    person.go("/dang-nhap/dien-thoai")
    person.look("dang-nhap-dien-thoai")
    person.press("Gửi mã")
    person.sees("Nhập số điện thoại gồm 10 chữ số")
    number_text, digits = phone_number(number), national_id[-4:]
    # Wrong last digits: the very same page, and no message.
    before = len(sent_to(demo, number_text))
    ask_for_code(person, number_text, "9999")
    person.sees("Nếu số điện thoại và 4 số cuối đúng với một tài khoản")
    person.fill("Mã 6 số", "000000")
    person.press("Đăng nhập")
    person.sees("Mã chưa đúng, còn 4 lần thử")
    ask_for_code(person, number_text, digits)
    person.sees("Nếu số điện thoại và 4 số cuối đúng với một tài khoản")
    person.look("dang-nhap-ma")
    code = code_for(demo, number_text, before)
    if len(sent_to(demo, number_text)) != before + 1:
        raise Unexpected("a message left for wrong last digits")
    person.fill("Mã 6 số", code)
    person.press("Đăng nhập")
    person.sees("Hồ sơ của tôi", name)
    # What has legal effect asks for more.
    person.go("/thu-tuc/2.000635")
    person.press("Làm hồ sơ mới" if person.offers("Làm hồ sơ mới") else "Nộp hồ sơ")
    person.sees("Việc này cần định danh mức 2")

    desk.go("/tai-khoan")
    desk.click("Thiết bị đang đăng nhập")
    desk.sees("Thiết bị này", "mã gửi đến điện thoại")
    desk.look("thiet-bi")
    desk.press("Đăng xuất khỏi mọi thiết bị")
    desk.sees("Đăng nhập")
    for one in (desk, person):
        one.go("/tai-khoan")
        if "/dang-nhap" not in one.url:
            raise Unexpected(f"still signed in after all devices were ended: {one.url}")
        one.close()


ALL = [sign_in_cancelled_and_weak, phone_and_devices]
