# SPDX-License-Identifier: Apache-2.0
"""The chapters of officers' own accounts: the second factor and its loss, sessions, passkeys."""
import re

import chapters_admin
import steps
import story
from harness.gate import DESKTOP
from person import BrowserPerson, RobotPerson, Unexpected

CODES = r"\b[0-9a-z]{4}(?:-[0-9a-z]{4}){3}\b"
WRONG_BEFORE_LOCK = 5


def enter_name(person, login, password):
    """Name and password; the second step is asked then."""
    person.go("/dang-nhap/can-bo")
    person.fill("Tên đăng nhập", login)
    person.fill("Mật khẩu", password)
    person.press("Đăng nhập")


def guess(person, code):
    person.fill("Mã xác thực", code)
    person.press("Tiếp tục")


def lost_phone(gate, demo, files, phone, script):
    """The app is set up and opens; codes open once; wrong ones lock; two administrators let the officer begin anew."""
    mark = f"{360 if phone else 1280}{'' if script else '-khong'}"
    login = f"anphu.mat{mark}"
    admin = BrowserPerson(gate, demo, "reset-asks", phone, script)
    story.sign_in_officer(admin, chapters_admin.ADMINISTRATOR)
    password = chapters_admin.add_officer(admin, chapters_admin.OWN_AGENCY, login, "Chuyên viên")
    admin.click("Xem tài khoản này")
    account = admin.url.split("?")[0]

    officer = BrowserPerson(gate, demo, "lost-phone", phone, script)
    enter_name(officer, login, password)
    app = steps.set_up_app(officer)
    recovery = re.findall(CODES, officer.words)
    if len(set(recovery)) != 10:
        raise Unexpected(f"{len(set(recovery))} recovery codes instead of ten")
    officer.click("Đã ghi lại, tiếp tục")
    officer.fill("Mật khẩu mới", chapters_admin.OWN_PASSWORD)
    officer.press("Đặt mật khẩu")
    two_sessions(gate, demo, officer, login, app, phone, script)
    recovery_and_lock(officer, login, app, recovery)
    admin.go(account)
    begin_anew(gate, demo, admin, officer, login, f"anphu.duyet{mark}", phone, script)
    officer.close()
    admin.close()


def two_sessions(gate, demo, officer, login, app, phone, script):
    """Two devices are seen on the page of the account; one press ends both."""
    other = BrowserPerson(gate, demo, "other-device", phone, script)
    steps.enter(other, login, chapters_admin.OWN_PASSWORD, app)
    officer.go("/bao-mat")
    officer.sees("Bảo mật tài khoản", "Mật khẩu và mã xác thực", "Phiên này", "Còn 10 mã khôi phục")
    officer.look("bao-mat", "staff")
    if officer.words.count("Chrome trên") < 2:
        raise Unexpected("the other device is not seen")
    officer.press("Đăng xuất khỏi mọi thiết bị")
    for person in (officer, other):
        person.go("/viec")
        person.sees("Cán bộ đăng nhập")
    other.close()


def recovery_and_lock(officer, login, app, recovery):
    """A recovery code opens once; a used one and guesses lead to a lock that the right code does not open."""
    own = chapters_admin.OWN_PASSWORD
    enter_name(officer, login, own)
    officer.look("nhap-ma", "staff")
    guess(officer, recovery[0])
    if not officer.offers("Đăng xuất"):
        raise Unexpected(f"the recovery code does not open: {officer.words[:300]}")
    officer.go("/bao-mat")
    officer.sees("Mật khẩu và mã khôi phục", "Còn 9 mã khôi phục")
    officer.press("Đăng xuất")
    enter_name(officer, login, own)
    officer.expects_errors = True
    for number, wrong in enumerate((recovery[0], "000000", "111111", "222222", "333333"), 1):
        guess(officer, wrong)
        officer.sees("Mã chưa đúng" if number < WRONG_BEFORE_LOCK else "Chờ 15 phút")
    guess(officer, app.next_code())
    officer.sees("Chờ 15 phút")
    guess(officer, recovery[1])
    officer.sees("Chờ 15 phút")
    officer.look("tam-khoa", "staff")
    officer.expects_errors = False


def begin_anew(gate, demo, admin, officer, login, second_login, phone, script):
    """One administrator asks with a reason and cannot approve; another one gives the code; it opens once."""
    admin.expects_errors = True
    admin.press("Đề nghị đặt lại")
    admin.sees("Nhập lý do đặt lại")
    admin.expects_errors = False
    admin.fill("Lý do đặt lại", "Mất điện thoại và mã khôi phục")
    admin.press("Đề nghị đặt lại")
    admin.sees("Đã gửi đề nghị", "Đang chờ một quản trị khác duyệt")
    admin.click("Xem các đề nghị")
    admin.sees("Mất điện thoại", "Một quản trị khác phải duyệt")
    if admin.offers("Duyệt và lấy mã"):
        raise Unexpected("who asked is offered to approve")
    admin.look("de-nghi", "staff")
    given = chapters_admin.add_officer(admin, "H01", second_login, "Quản trị", "Văn phòng")
    second = BrowserPerson(gate, demo, "reset-approves", phone, script)
    chapters_admin.sign_in(second, second_login, given)
    second.go("/quan-tri/dat-lai")
    second.look("duyet", "staff")
    second.press("Duyệt và lấy mã")
    second.sees("Đã duyệt đặt lại", "Mã chỉ hiện một lần")
    second.look("ma-dat-lai", "staff")
    code = second.find(CODES)
    second.close()
    officer.go("/dang-nhap/can-bo")
    officer.click("Có mã đặt lại đăng nhập")
    for attempt in (code, code):
        officer.go("/dang-nhap/can-bo/dat-lai")
        officer.fill("Tên đăng nhập", login)
        officer.fill("Mã đặt lại", attempt)
        officer.expects_errors = officer.has_field("Mã đặt lại")
        officer.press("Tiếp tục")
        if officer.has_field("Mã mà ứng dụng đang hiện"):
            steps.set_up_app(officer)
            officer.click("Đã ghi lại, tiếp tục")
            officer.fill("Mật khẩu mới", "lúa chín vàng đồng An Phú")
            officer.press("Đặt mật khẩu")
            if not officer.offers("Đăng xuất"):
                raise Unexpected(f"the officer is not signed in after the reset: {officer.words[:300]}")
    officer.sees("Tên đăng nhập hoặc mã đặt lại chưa đúng")
    officer.expects_errors = False


class Nearby:
    """The same demo under the name `localhost`: passkeys are bound to a name, and a number is none."""

    def __init__(self, demo):
        self._demo = demo
        self.base = demo.base.replace("127.0.0.1", "localhost")

    def __getattr__(self, name):
        return getattr(self._demo, name)


class Device:
    """Chromium's virtual authenticator: a soft device beside the page."""

    def __init__(self, person):
        self.session = person.context.new_cdp_session(person.page)
        self.session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True,
        }
        added = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.id = added["authenticatorId"]

    def verifies(self, is_verified):
        message = {"authenticatorId": self.id, "isUserVerified": is_verified}
        self.session.send("WebAuthn.setUserVerified", message)

    def credentials(self):
        return self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"]


def passkeys(gate, demo, files, phone, script):
    """A passkey is added, opens the door without password and code, proves presence, and is removed; our own policy is
    in force all the while."""
    near = Nearby(demo)
    person = BrowserPerson(gate, near, "passkeys", phone, script)
    person.context.close()
    person.context = gate.context(script=True, viewport=DESKTOP, phone=False, inspect=False)
    person.page = person.context.new_page()
    person.page.on("console", person._console)
    person.page.on("request", person._request)
    person.page.on("pageerror", lambda error: gate.blame(person.label, "G3", f"script error: {error}"))
    device = Device(person)
    password = added_officer(demo, "anphu.khoatruycap")
    steps.enter(person, "anphu.khoatruycap", password, own_password=chapters_admin.OWN_PASSWORD)
    person.go("/bao-mat/khoa")
    person.fill("Tên khóa", "Máy tính ở quầy số 1")
    person.press("Thêm khóa truy cập")
    person.sees("Đã thêm khóa truy cập", "Máy tính ở quầy số 1", "Chưa dùng")
    picture(person, "da-them")
    if len(device.credentials()) != 1:
        raise Unexpected("the device holds no credential")
    refused(person, "Thêm khóa truy cập", "Chưa dùng được khóa truy cập")  # the same device twice

    person.press("Đăng xuất")
    person.go("/dang-nhap/can-bo")
    device.verifies(False)
    refused(person, "Đăng nhập bằng khóa truy cập", "Chưa dùng được khóa truy cập")
    device.verifies(True)
    person.go("/dang-nhap/can-bo")
    picture(person, "dang-nhap")
    person.press("Đăng nhập bằng khóa truy cập")
    if not person.url.endswith("/viec"):
        raise Unexpected(f"the passkey leads to {person.url}: {person.words[:300]}")
    person.go("/bao-mat/xac-thuc?ve=/bao-mat/khoa")
    person.press("Xác thực bằng khóa truy cập")
    person.sees("Các khóa đang dùng")
    person.press("Xóa")
    person.sees("Đã xóa khóa truy cập", "Chưa có khóa truy cập nào")
    person.press("Đăng xuất")
    person.go("/dang-nhap/can-bo")
    person.expects_errors = True
    person.press("Đăng nhập bằng khóa truy cập")
    person.sees("Khóa truy cập này không mở được tài khoản nào")
    person.close()


def added_officer(demo, login):
    """An officer of her own for the chapter, by a robot."""
    admin = RobotPerson(demo)
    steps.sign_in_officer(admin, chapters_admin.ADMINISTRATOR)
    return chapters_admin.add_officer(admin, chapters_admin.OWN_AGENCY, login, "Chuyên viên")


def refused(person, button, words):
    """The device says no: the page says so and stays."""
    person.page.get_by_role("button", name=button).click()
    person.page.get_by_text(words).wait_for()


def picture(person, name):
    person.shots += 1
    person.page.screenshot(path=person.gate.shots / f"{person.label}-{person.shots:02d}-{name}.png", full_page=True)
