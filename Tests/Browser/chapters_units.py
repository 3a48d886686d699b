# SPDX-License-Identifier: Apache-2.0
"""The administrator's chapters of the organisation: a commune is merged while its dossiers are on their way."""
import dataclasses
import datetime

import chapters_admin
import steps
import story
from person import BrowserPerson, Unexpected

# By mode, since a commune ends once: (code, place) of the one that ends and of the one that takes over.
PAIRS = {
    (True, True): (("H01.30341", "Khánh Bình"), ("H01.30346", "Nhơn Hội")),
    (False, False): (("H01.30352", "Phú Hữu"), ("H01.30367", "Vĩnh Hậu")),
}
BASIS = "Nghị quyết 99/NQ-HĐND"


def filed_at(gate, demo, files, place, phone, script):
    """A citizen's dossier that was paid and waits for intake at this commune."""
    person = BrowserPerson(gate, demo, "merged-citizen", phone, script)
    form = dataclasses.replace(story.FORM, choices={**story.FORM.choices, "Nơi giải quyết": place})
    story.find(person, "trich luc ho tich", story.EXTRACT_NAME)
    story.begin(person, story.CITIZEN)
    steps.fill_draft(person, form, story.PAPERS, files, False)
    steps.submit(person, twice=False)
    code = person.find(steps.CODE)
    story.pay(person, "Thanh toán 16.000 đ")
    return person, code


def questions(admin, successor, day, basis):
    admin.fill("Nơi tiếp nhận", successor)
    admin.fill_date("Ngày hiệu lực", day.day, day.month, day.year)
    admin.fill("Văn bản quyết định", basis)
    admin.press("Xem trước")


def expect_signed_out(officer):
    officer.go("/viec")
    if officer.offers("Đăng xuất") or "/dang-nhap" not in officer.url:
        raise Unexpected(f"the session goes on at {officer.url}")


def merger(gate, demo, files, phone, script):
    """Questions, refusals, preview, confirmation; officers and dossiers go over, the citizen reads why."""
    (ending, ending_place), (heir, heir_place) = PAIRS[(phone, script)]
    mark = f"{360 if phone else 1280}"
    citizen, code = filed_at(gate, demo, files, ending_place, phone, script)
    if not code.startswith(ending):
        raise Unexpected(f"{code} is not a code of {ending}")
    admin = BrowserPerson(gate, demo, "merger", phone, script)
    story.sign_in_officer(admin, chapters_admin.ADMINISTRATOR)
    accounts = {}
    for agency, login in ((ending, f"cu.motcua{mark}"), (heir, f"moi.motcua{mark}")):
        accounts[login] = chapters_admin.add_officer(admin, agency, login, "Cán bộ một cửa", "Trung tâm")
    officer = BrowserPerson(gate, demo, "merged-officer", phone, script)
    app = chapters_admin.sign_in(officer, f"cu.motcua{mark}", accounts[f"cu.motcua{mark}"])
    officer.go(f"/viec/{code}")
    officer.sees(code)

    admin.go(f"/quan-tri/co-quan/{ending}")
    admin.click("Sáp nhập hoặc đóng cơ quan này")
    admin.expects_errors = True
    admin.press("Xem trước")
    admin.sees("Có thông tin cần sửa", "Chọn nơi tiếp nhận", "Nhập ngày hiệu lực", "Nhập số, ký hiệu văn bản")
    admin.look("sap-nhap-thieu", "staff")
    today = datetime.date.today()
    questions(admin, "Không có: đóng hẳn", today, BASIS)
    admin.sees("Chọn nơi tiếp nhận: còn 1 cán bộ đang làm việc và 1 cơ quan trực thuộc")
    admin.fill("Mã các cơ quan khác cùng sáp nhập", "H99.1")
    questions(admin, heir_place, today, BASIS)
    admin.sees("Chỉ ghi mã của cơ quan đang hoạt động")
    admin.fill("Mã các cơ quan khác cùng sáp nhập", "")
    admin.expects_errors = False
    questions(admin, heir_place, today, BASIS)
    admin.sees("Xem trước, rồi xác nhận", heir_place, BASIS, "Chờ tiếp nhận", chapters_admin.NAME, "không lùi lại được")
    admin.look("sap-nhap-xem-truoc", "staff")
    admin.expects_errors = True
    admin.press("Xác nhận")
    admin.sees("Đánh dấu vào ô để xác nhận")
    admin.expects_errors = False
    admin.press("Sửa lại")
    admin.press("Xem trước")
    admin.fill("Tôi đã đọc danh sách trên", "1")
    admin.press("Xác nhận")
    admin.sees("Đã thực hiện", "Kế thừa từ", ending_place)
    admin.look("sap-nhap-xong", "staff")

    # Who worked there signs in again, and goes on where she was.
    expect_signed_out(officer)
    steps.enter(officer, f"cu.motcua{mark}", chapters_admin.OWN_PASSWORD, app)
    officer.go(f"/viec/{code}")
    officer.sees(code, "do sáp nhập")
    colleague = BrowserPerson(gate, demo, "successor-officer", phone, script)
    chapters_admin.sign_in(colleague, f"moi.motcua{mark}", accounts[f"moi.motcua{mark}"])
    steps.receive(colleague, code)
    citizen.go(f"/ho-so/{code}")
    citizen.sees(code, f"{heir_place} do sáp nhập", BASIS)
    citizen.look("ho-so-sap-nhap")
    plan_to_come(admin, heir, ending)
    for person in (admin, officer, colleague, citizen):
        person.close()


def plan_to_come(admin, agency, closed):
    """A merger of next year is planned, seen, and taken back; a closed commune offers nothing."""
    admin.go(f"/quan-tri/co-quan/{closed}")
    admin.sees("đến hết", "Cơ quan kế thừa")
    if admin.offers("Sáp nhập hoặc đóng cơ quan này") or admin.offers("Thêm cán bộ"):
        raise Unexpected("a closed agency is offered to be changed")
    admin.go(f"/quan-tri/co-quan/{agency}/sap-nhap")
    questions(admin, "Long Phú", datetime.date.today() + datetime.timedelta(days=200), BASIS)
    admin.sees("Ngày hiệu lực chưa đến")
    admin.fill("Tôi đã đọc danh sách trên", "1")
    admin.press("Xác nhận")
    admin.sees("Kế hoạch sáp nhập", "Đã ghi kế hoạch", BASIS)
    admin.look("ke-hoach", "staff")
    admin.press("Hủy kế hoạch")
    admin.sees("Đã hủy kế hoạch", "Không có kế hoạch nào đang chờ")


def bodies(gate, demo, files, phone, script):
    """A unit and an agency are added and called otherwise; a circle of bodies is not offered."""
    mark = f"{360 if phone else 1280}"
    admin = BrowserPerson(gate, demo, "bodies", phone, script)
    story.sign_in_officer(admin, chapters_admin.ADMINISTRATOR)
    admin.go("/quan-tri/co-quan/H01.09")
    admin.click("Thêm đơn vị")
    admin.expects_errors = True
    admin.press("Thêm đơn vị")
    admin.sees("Nhập tên, không quá 200 ký tự")
    admin.expects_errors = False
    admin.fill("Tên đơn vị", f"Phòng Thử nghiệm {mark}")
    admin.press("Thêm đơn vị")
    admin.sees("Đã thêm đơn vị", f"Phòng Thử nghiệm {mark}")
    admin.look("mot-so", "staff")
    admin.click(f"Phòng Thử nghiệm {mark}")
    admin.fill("Tên đơn vị", f"Phòng Đổi tên {mark}")
    admin.press("Lưu")
    admin.sees("Đã lưu đơn vị", f"Phòng Đổi tên {mark}")
    admin.click("Thêm cơ quan trực thuộc")
    admin.fill("Tên cơ quan", f"Trung tâm Thử nghiệm {mark}")
    admin.fill("Mã cơ quan", "H02.1")
    admin.pick("Loại cơ quan", "Sở")
    admin.pick("Cấp", "Cấp tỉnh")
    admin.expects_errors = True
    admin.press("Thêm cơ quan")
    admin.sees("phải bắt đầu bằng mã của cấp trên")
    admin.look("them-co-quan", "staff")
    admin.expects_errors = False
    admin.fill("Mã cơ quan", f"H01.09.{mark}")
    admin.press("Thêm cơ quan")
    admin.sees("Đã thêm cơ quan", f"Trung tâm Thử nghiệm {mark}")
    admin.click("Sửa tên, cấp trên")
    admin.fill("Tên cơ quan", f"Trung tâm Đổi tên {mark}")
    admin.press("Lưu")
    admin.sees("Đã lưu cơ quan", f"Trung tâm Đổi tên {mark}")
    admin.close()


def moved_officer(gate, demo, files, phone, script):
    """An officer comes to another unit, then to another agency: her session ends with each."""
    mark = f"{360 if phone else 1280}"
    login = f"anphu.chuyen{mark}"
    admin = BrowserPerson(gate, demo, "mover", phone, script)
    story.sign_in_officer(admin, chapters_admin.ADMINISTRATOR)
    password = chapters_admin.add_officer(admin, chapters_admin.OWN_AGENCY, login, "Chuyên viên")
    officer = BrowserPerson(gate, demo, "moved", phone, script)
    app = chapters_admin.sign_in(officer, login, password)
    admin.click("Xem tài khoản này")
    account = admin.url.split("?")[0]
    admin.click("Chuyển sang đơn vị khác")
    admin.expects_errors = True
    admin.fill("Đơn vị của", "Tư pháp - Hộ tịch")
    admin.press("Chuyển")
    admin.sees("Cán bộ đang ở đơn vị này")
    admin.fill("Mã cơ quan chuyển đến", "H99")
    admin.press("Chuyển")
    admin.sees("Ghi mã của một cơ quan đang hoạt động")
    admin.look("chuyen-sai", "staff")
    admin.expects_errors = False
    admin.fill("Mã cơ quan chuyển đến", chapters_admin.OWN_AGENCY)
    admin.fill("Đơn vị của", "Kinh tế")
    admin.press("Chuyển")
    admin.sees("Đã chuyển cán bộ", "Bộ phận Kinh tế")
    admin.look("da-chuyen", "staff")
    expect_signed_out(officer)
    steps.enter(officer, login, chapters_admin.OWN_PASSWORD, app)
    officer.go("/viec")
    if not officer.offers("Đăng xuất"):
        raise Unexpected("the officer who was moved cannot go on")
    admin.go(f"{account}/chuyen")
    admin.fill("Mã cơ quan chuyển đến", "H01.30307")
    admin.expects_errors = True
    admin.press("Chuyển")
    admin.sees("Chọn đơn vị của Ủy ban nhân dân phường Long Xuyên")
    admin.expects_errors = False
    admin.fill("Đơn vị của", "Kinh tế")
    admin.press("Chuyển")
    admin.sees("Đã chuyển cán bộ", "phường Long Xuyên")
    admin.close()
    officer.close()


def calendar(gate, demo, files, phone, script):
    """A day off of one commune: refused where it is off already, seen before it is published, kept as a version."""
    agency = "H01.30388" if phone else "H01.30403"
    day = datetime.date.today() + datetime.timedelta(days=30)
    while day.weekday() > 4 or (day.month, day.day) in ((1, 1), (4, 30), (5, 1), (9, 2), (11, 24)):
        day += datetime.timedelta(days=1)
    sunday = day + datetime.timedelta(days=6 - day.weekday())
    admin = BrowserPerson(gate, demo, "calendar", phone, script)
    story.sign_in_officer(admin, chapters_admin.ADMINISTRATOR)
    admin.go(f"/quan-tri/co-quan/{agency}")
    admin.click("Lịch làm việc")
    admin.sees("Ngày làm việc trong năm", "07:30-11:30", "vn-2026-1")
    admin.expects_errors = True
    admin.press("Xem trước")
    admin.sees("Chọn loại thay đổi")
    admin.pick("Loại thay đổi", "Nghỉ thêm một ngày")
    admin.fill_date("Ngày", sunday.day, sunday.month, sunday.year)
    admin.fill("Lý do", "Bảo trì lưới điện")
    admin.press("Xem trước")
    admin.sees("vốn là ngày nghỉ")
    admin.look("lich-sai", "staff")
    admin.expects_errors = False
    admin.fill_date("Ngày", day.day, day.month, day.year)
    admin.press("Xem trước")
    admin.sees("Xem trước, rồi xác nhận", "giữ lịch cũ", "Cơ quan theo lịch này", "ngày làm việc")
    admin.look("lich-xem-truoc", "staff")
    admin.fill("Tôi đã đọc danh sách trên", "1")
    admin.press("Xác nhận")
    admin.sees("Đã đổi lịch", "Bảo trì lưới điện", "Riêng của cơ quan", "Nguyễn Văn Quang")
    admin.look("lich", "staff")
    admin.close()


ALL = (bodies, moved_officer, calendar, merger)
