# SPDX-License-Identifier: Apache-2.0
"""What an officer does beside the straight way: asking others, counting again, and a signature that cannot be made."""
import json
import urllib.request

import chapters_procedures as others
import procedures
import steps
import story
from person import BrowserPerson, RobotPerson, Unexpected

FIRE = "congantinh.pccc"
# The first date and hour after the words of the row.
DUE = r"Hẹn trả kết quả\s+(\d\d:\d\d ngày \d\d/\d\d/\d{4})"
SPECIALIST = "soxaydung.capphep"


def promised(person):
    """The date and hour that stand beside these words."""
    return person.find(DUE)[-len("17:00 ngày 31/12/2026"):]


def officer(person, username):
    steps.sign_in_officer(person, username)
    return person


def consulted(gate, demo, files, phone, script):
    """Two are asked at once on a building permit; one answers with a paper, one question is taken back."""
    procedure = procedures.BUILDING_PERMIT
    citizen = RobotPerson(demo)
    code = others.filed(citizen, procedure, files, look=False)
    steps.receive(officer(RobotPerson(demo), "soxaydung.motcua"), code)

    asker = officer(BrowserPerson(gate, demo, "consult-asker", phone, script), SPECIALIST)
    asker.go(f"/viec/{code}")
    asker.click("Hỏi ý kiến: phòng cháy, chữa cháy")
    asker.sees("Công an tỉnh An Giang", "không xem phần khác của hồ sơ", "Đồng hồ của hồ sơ vẫn chạy")
    asker.expects_errors = True
    asker.press("Gửi câu hỏi")
    asker.sees("Có thông tin cần sửa", "Nhập nội dung cần hỏi")
    asker.look("thieu-noi-dung", "staff")
    asker.expects_errors = False
    asker.fill("Nội dung cần hỏi", "Lối thoát nạn đạt không?")
    asker.press("Gửi câu hỏi")
    asker.sees("Đã gửi câu hỏi", "Chờ trả lời", "chưa trình ký")
    asker.click("Hỏi ý kiến: quy hoạch, kiến trúc")
    asker.fill("Nội dung cần hỏi", "Mật độ đúng quy hoạch không?")
    asker.press("Gửi câu hỏi")
    asker.sees("Còn chờ ý kiến của 2 nơi được hỏi: chưa chuyển bước được")
    if asker.offers("Chuyển kiểm tra thực địa"):
        raise Unexpected("a step is offered that waits for an answer")
    asker.look("dang-hoi", "staff")

    citizen.go(f"/ho-so/{code}")
    citizen.sees("Đang lấy ý kiến đơn vị liên quan")
    citizen.sees_not("Lối thoát nạn đạt không?")

    fire = officer(BrowserPerson(gate, demo, "consult-asked", phone, script), FIRE)
    fire.go("/viec")
    fire.click("Được hỏi ý kiến")
    fire.sees(code, "Sở Xây dựng tỉnh An Giang", "Phòng cháy, chữa cháy")
    fire.look("danh-sach", "staff")
    fire.click(code)
    fire.sees("Lối thoát nạn đạt không?", "Thửa đất số", "Bản vẽ thiết kế xây dựng")
    fire.sees_not("Số định danh", "Số điện thoại", "Giấy tờ chứng minh quyền sử dụng đất")
    fire.look("cau-hoi", "staff")
    question = fire.url
    fire.expects_errors = True
    if fire.go(f"/viec/{code}") != 404:
        raise Unexpected("those who are asked see the whole case")
    fire.go(question)
    fire.pick("Ý kiến", "Không đồng ý")
    fire.press("Gửi ý kiến")
    fire.sees("Nhập ý kiến")
    fire.look("thieu-y-kien", "staff")
    fire.expects_errors = False
    fire.fill("Nội dung ý kiến", "Phải có thêm một lối thoát nạn.")
    chosen = fire.page.locator("input[type=file]")
    chosen.set_input_files(files["pdf"])
    fire.press("Gửi ý kiến")
    fire.sees("Đã gửi ý kiến cho cơ quan hỏi", "Đã trả lời gần đây")
    fire.go(question)
    fire.sees("Không đồng ý", "Phải có thêm một lối thoát nạn.", "không còn mở cho nơi được hỏi")
    fire.sees_not("Thửa đất số")
    fire.look("da-tra-loi", "staff")
    fire.close()

    asker.go(f"/viec/{code}")
    asker.sees("Không đồng ý", "Phải có thêm một lối thoát nạn.")
    if not asker.download("Văn bản trả lời").startswith(b"%PDF-"):
        raise Unexpected("the paper of the answer is no PDF")
    asker.click("Rút câu hỏi")
    asker.press("Rút câu hỏi")
    asker.sees("Đã rút câu hỏi")
    asker.press("Chuyển kiểm tra thực địa")
    asker.sees("Đã chuyển hồ sơ sang bước tiếp theo")
    asker.close()


def counted_again(gate, demo, files, phone, script):
    """The officer counts more pages than were declared: the rest is paid before the result is given out. Another
    count is lower: the difference stands as a task until it was given back. A third is corrected before payment."""
    procedure = procedures.CERTIFIED_COPY
    desk = officer(BrowserPerson(gate, demo, "count-desk", phone, script), story.DESK)
    for pages, words in (("8", "Chờ nộp thêm 9.000 đ"), ("4", "Phải hoàn 3.000 đ")):
        citizen = BrowserPerson(gate, demo, f"count-citizen-{pages}", phone, script)
        code = others.filed(citizen, procedure, files, look=False)
        steps.receive(desk, code)
        specialist = officer(RobotPerson(demo), story.SPECIALIST)
        steps.draft_result(
            specialist, code, procedure.draft.but({"Số trang đã đối chiếu": pages}), words=procedure.draft_button
        )
        steps.sign(officer(RobotPerson(demo), "anphu.phochutich"), code, procedure.name)
        desk.go(f"/viec/{code}")
        desk.sees(words)
        desk.look(f"so-trang-{pages}", "staff")
        if pages == "8":
            if desk.offers("Trả kết quả"):
                raise Unexpected("a result is given out before the rest is paid")
            citizen.go(f"/ho-so/{code}")
            citizen.sees("Cần nộp thêm 9.000 đ theo số đã đối chiếu để nhận kết quả")
            citizen.look("nop-them")
            citizen.click("Thanh toán")
            steps.pay(citizen, "9.000 đ")
            citizen.sees("Đã thanh toán")
        steps.deliver(desk, code)
        citizen.close()
    desk.go("/viec")
    desk.click("Chờ hoàn tiền")
    desk.sees("Hoàn 3.000 đ", code)
    desk.look("cho-hoan", "staff")
    desk.fill("Hoàn thế nào", "Tiền mặt tại quầy")
    desk.press("Đề nghị hoàn")
    desk.sees("Đã gửi đề nghị hoàn", "Chờ một trưởng đơn vị hoặc lãnh đạo khác duyệt")
    desk.look("da-de-nghi", "staff")
    if desk.offers("Duyệt hoàn"):
        raise Unexpected("who asks for a refund may approve it")
    head = officer(BrowserPerson(gate, demo, "refund-head", phone, script), "anphu.truonghotich")
    head.go("/viec")
    head.click("Chờ hoàn tiền")
    head.sees("Nguyễn Thị Hoa", "Tiền mặt tại quầy")
    head.expects_errors = True
    head.press("Trả lại")
    head.sees("Nhập lý do trả lại")
    head.look("thieu-ly-do", "staff")
    head.expects_errors = False
    head.press("Duyệt hoàn")
    head.sees("Đã duyệt và ghi nhận khoản hoàn")
    head.sees_not(code)
    head.close()

    citizen = RobotPerson(demo)
    code = submitted(citizen, procedure, files)
    desk.go(f"/viec/{code}")
    desk.click("Đính chính số đếm")
    desk.sees("Số trang đã đối chiếu")
    desk.look("dinh-chinh", "staff")
    desk.fill("Số trang đã đối chiếu", "1")
    desk.fill("Số bản chứng thực", "1")
    desk.press("Tính lại phí")
    desk.sees("Đã tính lại phí theo số đã đính chính", "Chờ nộp 2.000 đ")
    desk.close()
    citizen.go(f"/ho-so/{code}")
    citizen.sees("Cần nộp 2.000 đ")


def submitted(citizen, procedure, files):
    """Filed and not paid."""
    steps.find(citizen, procedure.typed, procedure.name)
    steps.begin(citizen, procedure.citizen)
    steps.fill_draft(citizen, procedure.form, procedure.papers, files, look=False)
    steps.submit(citizen, twice=False)
    return citizen.find(steps.CODE)


def expired_certificate(gate, demo, files, phone, script):
    """A leader whose certificate has expired signs nothing, and is told what helps; nothing was written meanwhile."""
    deputy = "anphu.phochutich"
    citizens = ["Trần Văn Lộc", "Lê Hoàng Phúc"]
    codes = [story.submitted_and_paid(RobotPerson(demo), demo, files, citizen)[1] for citizen in citizens]
    desk, specialist = officer(RobotPerson(demo), story.DESK), officer(RobotPerson(demo), story.SPECIALIST)
    for code in codes:
        story.receive(desk, code)
        story.draft_result(specialist, code)
    order = json.dumps({"commonName": "Võ Thị Kim Loan", "days": -1}).encode()
    asked = urllib.request.Request(
        f"{demo.sandbox}/ca/issue", order, {"Content-Type": "application/json"}, method="POST"
    )
    with urllib.request.urlopen(asked) as answer:
        issued = json.loads(answer.read())
    folder = next(demo.data.rglob(f"{deputy}.key.pem")).parent
    kept = {name: (folder / name).read_text() for name in (f"{deputy}.key.pem", f"{deputy}.chain.pem")}
    leader = officer(BrowserPerson(gate, demo, "expired", phone, script), deputy)
    try:
        (folder / f"{deputy}.key.pem").write_text(issued["privateKey"])
        (folder / f"{deputy}.chain.pem").write_text(issued["chain"])
        leader.go("/ky")
        for citizen in citizens:
            leader.fill(f"Chọn {story.EXTRACT_NAME}, {citizen}", "1")
        leader.press("Ký văn bản đã chọn")
        leader.sees("Đã ký 0 văn bản", "2 văn bản chưa ký được", "đã hết hiệu lực", "gia hạn chứng thư số")
        leader.look("het-han", "staff")
        leader.go(f"/ky/{codes[0]}")
        leader.expects_errors = True
        leader.press("Ký văn bản này")
        leader.sees("Chứng thư số đã hết hiệu lực")
        leader.expects_errors = False
    finally:
        for name, text in kept.items():
            (folder / name).write_text(text)
    leader.go(f"/ky/{codes[0]}")
    leader.press("Ký văn bản này")
    leader.sees("Đã ký và ban hành")
    leader.close()


def lengthened(gate, demo, files, phone, script):
    """Something must be verified: the limit grows once, by law; the citizen reads the new date, why, by which law."""
    procedure = procedures.CORRECTION
    visitor = BrowserPerson(gate, demo, "longer-visitor", phone, script)
    visitor.go(f"/thu-tuc/{procedure.code}")
    visitor.sees("3 ngày làm việc; 6 ngày làm việc nếu phải xác minh")
    visitor.look("thu-tuc")
    visitor.close()

    citizen = BrowserPerson(gate, demo, "longer-citizen", phone, script)
    code = others.filed(citizen, procedure, files, look=False)
    steps.receive(officer(RobotPerson(demo), "anphu.motcua"), code)
    citizen.go(f"/ho-so/{code}")
    citizen.sees_not("Kéo dài thời hạn")
    first = promised(citizen)

    examiner = officer(BrowserPerson(gate, demo, "longer-officer", phone, script), story.SPECIALIST)
    examiner.go(f"/viec/{code}")
    examiner.click("Kéo dài thời hạn")
    examiner.sees("Phải xác minh", "Theo Luật Hộ tịch số 60/2014/QH13", "Chỉ kéo dài được một lần", first)
    examiner.expects_errors = True
    examiner.press("Xem trước")
    examiner.sees("Có thông tin cần sửa", "Nhập lý do")
    examiner.look("keo-dai-thieu-ly-do", "staff")
    examiner.expects_errors = False
    examiner.fill("Lý do", "Sổ gốc lưu tại xã Vĩnh Hậu, đã gửi văn bản xác minh.")
    examiner.press("Xem trước")
    examiner.sees("Hẹn trả kết quả mới", "Vì phải xác minh, theo Luật Hộ tịch", f"thay cho {first}")
    examiner.look("keo-dai-xem-truoc", "staff")
    examiner.press("Kéo dài thời hạn")
    examiner.sees("Đã kéo dài thời hạn. Ngày hẹn trả mới và lý do đã báo cho người nộp", f"hẹn lần đầu {first}")
    if examiner.offers("Kéo dài thời hạn"):
        raise Unexpected("a second lengthening is offered")
    examiner.look("da-keo-dai", "staff")
    examiner.close()

    citizen.go(f"/ho-so/{code}")
    citizen.sees(
        f"Hẹn lần đầu: {first}", "Vì phải xác minh, theo Luật Hộ tịch số 60/2014/QH13", "Sổ gốc lưu tại xã Vĩnh Hậu",
        "Kéo dài thời hạn giải quyết theo quy định",
    )
    if promised(citizen) == first:
        raise Unexpected("the promised date did not move")
    citizen.look("da-keo-dai")
    citizen.close()


ALL = [consulted, counted_again, expired_certificate, lengthened]
