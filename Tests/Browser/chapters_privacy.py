# SPDX-License-Identifier: Apache-2.0
"""Personal data: who looked and why, what is masked, and what a person asks about her own data."""
import io
import json
import time
import zipfile

import story
from person import BrowserPerson, RobotPerson, Unexpected

AUDITOR, PROTECTION = "kiemtra", "baovedulieu"
WHY = "Kiểm tra tiến độ theo kế hoạch quý"
PHONE_WHY = "Gọi người nộp để hỏi lại nơi đăng ký"
REFUSAL = "Hồ sơ đang giải quyết, luật buộc phải giữ"


def who_looked(gate, demo, files, phone, script):
    """An officer says why she looks, sees masked what she does not need, and the citizen reads all of it."""
    def person(name):
        return BrowserPerson(gate, demo, name, phone, script)

    code = story.submitted_and_paid(RobotPerson(demo), demo, files)[1]
    desk = RobotPerson(demo)
    story.sign_in_officer(desk, story.DESK)
    story.receive(desk, code)

    leader = person("leader-looks")
    story.sign_in_officer(leader, story.LEADER)
    leader.go(f"/viec/{code}")
    leader.sees("Mục đích xem hồ sơ", code)
    leader.sees_not(story.CITIZEN)
    leader.look("muc-dich", "staff")
    leader.expects_errors = True  # the page with errors answers 422, which the console tells
    leader.press("Mở hồ sơ")
    leader.sees("Chọn mục đích xem hồ sơ", "Ghi lý do từ 10 đến 500 ký tự")
    leader.expects_errors = False
    leader.pick("Xem để làm gì", "Kiểm tra, đôn đốc")
    leader.fill("Lý do cụ thể", WHY)
    leader.press("Mở hồ sơ")
    leader.sees(story.CITIZEN, "••• ••• •••", "Hiện dữ liệu bị che")
    leader.look("ho-so-bi-che", "staff")
    leader.close()

    specialist = person("specialist-unmasks")
    story.sign_in_officer(specialist, story.SPECIALIST)
    story.open_case(specialist, code)
    specialist.sees("•••• •••")
    specialist.click("Hiện dữ liệu bị che")
    specialist.pick("Xem để làm gì", "Thẩm định, giải quyết hồ sơ")
    specialist.fill("Lý do cụ thể", PHONE_WHY)
    specialist.press("Hiện dữ liệu")
    specialist.sees_not("•••• •••", "Hiện dữ liệu bị che")
    specialist.close()

    citizen = person("citizen-reads")
    citizen.go("/dang-nhap")
    story.sign_in(citizen)
    citizen.go("/tai-khoan")
    citizen.click("Ai đã xem dữ liệu của tôi")
    citizen.sees(code, "Lãnh đạo", "Kiểm tra, đôn đốc", WHY, "dữ liệu không che", PHONE_WHY)
    citizen.sees_not("Phạm Minh Đức")  # role, unit and agency, no name, unless the province tells names
    citizen.look("ai-da-xem")
    citizen.go("/tai-khoan/ai-da-xem?in=1")
    citizen.sees(WHY)
    citizen.sees_not("Trang sau", "Đăng xuất")
    citizen.close()

    auditor = person("auditor")
    story.sign_in_officer(auditor, AUDITOR)
    if not auditor.url.endswith("/quan-tri/truy-cap"):
        raise Unexpected(f"the auditor's home is {auditor.url}")
    auditor.go(f"/quan-tri/truy-cap?ho-so={code}&can-bo={story.LEADER}")
    auditor.sees("Phạm Minh Đức", WHY, code)
    auditor.sees_not(story.CITIZEN, PHONE_WHY)
    auditor.look("truy-cap", "staff")
    auditor.expects_errors = True
    if auditor.go(f"/viec/{code}") not in (403, 404):
        raise Unexpected("the auditor opens a dossier")
    auditor.go("/quan-tri/truy-cap?tu-ngay=hom-qua")
    auditor.sees("Ngày có dạng 22/11/2026")
    auditor.close()


def own_data(gate, demo, files, phone, script):
    """A copy of her data, and a deletion that the law refuses."""
    def person(name):
        return BrowserPerson(gate, demo, name, phone, script)

    name = f"{360 if phone else 1280}{script}"
    code = story.submitted_and_paid(RobotPerson(demo), demo, files)[1]
    citizen = person("citizen-asks")
    citizen.go("/dang-nhap")
    story.sign_in(citizen)
    citizen.go("/tai-khoan/du-lieu")
    citizen.look("du-lieu")
    citizen.expects_errors = True
    citizen.press("Gửi yêu cầu")
    citizen.sees("Chọn điều cần yêu cầu")
    citizen.pick("Tôi muốn", "Sửa dữ liệu sai")
    citizen.press("Gửi yêu cầu")
    citizen.sees("Ghi rõ yêu cầu, ít nhất 10 ký tự")
    citizen.expects_errors = False

    citizen.pick("Tôi muốn", "Nhận bản sao dữ liệu của tôi")
    citizen.press("Gửi yêu cầu")
    citizen.sees("Đã gửi yêu cầu", "Thực hiện trước")
    for _ in range(30):
        citizen.go(citizen.url)
        if citizen.offers("Tải dữ liệu của tôi"):
            break
        time.sleep(1)
    citizen.look("ban-sao")
    with zipfile.ZipFile(io.BytesIO(citizen.download("Tải dữ liệu của tôi"))) as archive:
        if archive.testzip():
            raise Unexpected("the archive is broken")
        data = json.loads(archive.read("du-lieu.json"))
        page = archive.read("du-lieu.html").decode()
    if data["person"]["fullName"] != story.CITIZEN or code not in [one["code"] for one in data["dossiers"]]:
        raise Unexpected(f"the copy lacks the person or her dossier {code}")
    if code not in page:
        raise Unexpected("the page of the copy lacks the dossier")

    citizen.go("/tai-khoan/du-lieu")
    citizen.pick("Tôi muốn", "Xóa dữ liệu")
    citizen.pick("Về hồ sơ nào", code)
    citizen.fill("Nội dung", f"Xóa giúp tôi {name}")
    citizen.press("Gửi yêu cầu")
    citizen.sees("chờ tiếp nhận", code)
    asked = citizen.url.split("?")[0]

    officer = person("protection")
    story.sign_in_officer(officer, PROTECTION)
    officer.click("Yêu cầu dữ liệu")
    officer.sees("Xóa dữ liệu", "Phải xong trước")
    officer.look("yeu-cau", "staff")
    officer.go("/quan-tri/du-lieu/" + asked.rsplit("/", 1)[1])
    officer.sees(story.CITIZEN, f"Xóa giúp tôi {name}", "Hồ sơ phải giữ", "Đang giải quyết, phải giữ")
    officer.look("tra-loi", "staff")
    officer.pick("Kết quả", "Không thực hiện được")
    officer.fill("Trả lời", REFUSAL)
    officer.press("Gửi trả lời")
    officer.sees("Đã ghi. Người yêu cầu được báo.")
    officer.click("Xóa theo thời hạn lưu")
    officer.sees("Xóa theo thời hạn lưu")
    officer.look("luu-tru", "staff")
    officer.close()

    citizen.go(asked)
    citizen.sees("Không thực hiện được", REFUSAL)
    citizen.look("tra-loi")
    citizen.go("/tai-khoan/ai-da-xem")
    citizen.sees("Yêu cầu về dữ liệu cá nhân")
    citizen.close()


ALL = (who_looked, own_data)
