# SPDX-License-Identifier: Apache-2.0
"""Officers through the identity service of the authority's own."""
import chapters_admin
import steps
import story
from person import BrowserPerson, RobotPerson, Unexpected

BUTTON = "Đăng nhập bằng tài khoản cơ quan"
NAME, SUBJECT = "Đỗ Thị Hạnh", "nv-0003"


def by_service(person, name=NAME, level=2):
    """From the door of officers through the service and back."""
    person.go("/dang-nhap/can-bo")
    person.press(BUTTON)
    person.press(f"Đăng nhập mức {level}: {name}")


def bound(admin):
    """The name at the service is bound to the account whose page stands open."""
    admin.sees("Đăng nhập bằng dịch vụ định danh")
    admin.fill("Mã người dùng tại dịch vụ định danh", SUBJECT)
    admin.press("Gắn")
    admin.sees("Đã gắn", SUBJECT, "Chờ cán bộ xác nhận")


def staff(gate, demo, files, phone, script):
    """Nobody is added on the way; a binding asks for the officer's own code first, then for none; without a second
    factor at the service ours is asked; a binding taken away opens nothing."""
    login = f"anphu.dinhdanh{360 if phone else 1280}"
    admin = RobotPerson(demo)
    story.sign_in_officer(admin, chapters_admin.ADMINISTRATOR)
    password = chapters_admin.add_officer(admin, chapters_admin.OWN_AGENCY, login, "Chuyên viên")
    admin.click("Xem tài khoản này")
    officer = BrowserPerson(gate, demo, "staff", phone, script)
    officer.go("/dang-nhap/can-bo")
    officer.look("dang-nhap", "staff")
    officer.expects_errors = True
    by_service(officer, "Trần Văn Chưa Gắn")
    officer.sees("chưa gắn với cán bộ nào")
    officer.look("chua-gan", "staff")
    bound(admin)
    by_service(officer)
    officer.sees("Đăng nhập bằng mật khẩu một lần để thiết lập")
    other = RobotPerson(demo)
    app = steps.enter(other, login, password, own_password=chapters_admin.OWN_PASSWORD)
    by_service(officer)
    if "/dang-nhap/can-bo/ma" not in officer.url:
        raise Unexpected(f"the first time leads to {officer.url}")
    officer.look("ma", "staff")
    steps.give_code(officer, app)
    if not officer.url.endswith("/viec"):
        raise Unexpected(f"confirmed, one stands at {officer.url}: {officer.words[:300]}")
    officer.press("Đăng xuất")
    by_service(officer)
    if not officer.url.endswith("/viec"):
        raise Unexpected(f"the second time leads to {officer.url}: {officer.words[:300]}")
    officer.press("Đăng xuất")
    by_service(officer, level=1)
    if "/dang-nhap/can-bo/ma" not in officer.url:
        raise Unexpected(f"without a second factor it leads to {officer.url}")
    admin.press("Gỡ")
    admin.sees("Đã gỡ")
    by_service(officer)
    officer.sees("chưa gắn với cán bộ nào")
    officer.close()


ALL = (staff,)
