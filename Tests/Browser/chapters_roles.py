# SPDX-License-Identifier: Apache-2.0
"""Who works on what, who stands in for whom, and what was issued: the head of a unit, a deputy, a clerk."""
import datetime

import steps
import story
from demo import Demo
from person import BrowserPerson, RobotPerson, Unexpected

HEAD, DEPUTY = "anphu.truonghotich", "anphu.phochutich"
NAMES = {"anphu.hotich1": "Trần Văn Bình", "anphu.hotich2": "Lê Thị Thu Hà"}
ZONE = datetime.timezone(datetime.timedelta(hours=7))


def officer(person, username):
    steps.sign_in_officer(person, username)
    return person


def received(demo, files, citizen=story.CITIZEN):
    """A dossier that the desk has taken in."""
    code = story.submitted_and_paid(RobotPerson(demo), demo, files, citizen)[1]
    story.receive(officer(RobotPerson(demo), story.DESK), code)
    return code


def shared_out(gate, demo, files, phone, script):
    """Two dossiers are shared out evenly; one is taken from its officer, with a reason; the other one may not act."""
    codes = [received(demo, files), received(demo, files, "Trần Văn Lộc")]
    head = officer(BrowserPerson(gate, demo, "unit-head", phone, script), HEAD)
    head.go("/viec")
    head.click("Đơn vị tôi")
    head.sees("Ai đang giữ bao nhiêu", "Chưa phân công", *NAMES.values(), *codes)
    head.look("don-vi", "staff")
    head.expects_errors = True
    head.press("Phân công")
    head.sees("Chưa phân công hồ sơ nào")
    for code in codes:
        head.fill(f"Chọn {code}", "1")
    head.press("Phân công")
    head.sees("Chọn cán bộ nhận việc")
    head.look("thieu-can-bo", "staff")
    head.expects_errors = False
    head.press("Chia đều theo số việc")
    head.sees("Đã phân công")
    head.look("da-chia", "staff")

    # Whoever has the first one gives it up, with words.
    holder, other = sorted(NAMES, key=lambda login: not may_draft(demo, login, codes[0]))
    if not may_draft(demo, holder, codes[0]) or may_draft(demo, other, codes[0]):
        raise Unexpected("a dossier that is assigned to one is not hers alone")
    head.go("/viec?loc=don-vi")
    head.fill(f"Chọn {codes[0]}", "1")
    head.pick("Cán bộ nhận việc", f"{NAMES[other]}, Công chức Tư pháp - Hộ tịch")
    head.expects_errors = True
    head.press("Phân công")
    head.sees("1 hồ sơ chưa phân công được", "Nhập lý do")
    head.look("thieu-ly-do", "staff")
    head.expects_errors = False
    head.fill("Lý do", "Nghỉ phép")
    head.press("Phân công")
    head.sees("Đã phân công")
    if may_draft(demo, holder, codes[0]) or not may_draft(demo, other, codes[0]):
        raise Unexpected("the work was not taken over")
    head.go(f"/viec/{codes[0]}")
    head.sees("phân công cán bộ thụ lý", "Nghỉ phép")
    head.close()


def may_draft(demo, login, code):
    """Whether the page of the case offers this specialist a draft."""
    person = officer(RobotPerson(demo), login)
    steps.open_case(person, code)
    return any(person.offers(words) for words in steps.DRAFTS)


def stood_in(gate, demo, files, phone, script):
    """A leader names his deputy; she signs with her own key in his place, and both see it until it is ended."""
    code = received(demo, files, "Lê Hoàng Phúc")
    story.draft_result(officer(RobotPerson(demo), story.SPECIALIST), code)
    leader = officer(BrowserPerson(gate, demo, "away", phone, script), story.LEADER)
    leader.go("/viec")
    leader.click("Người làm thay")
    leader.look("trong", "staff")
    today = datetime.datetime.now(ZONE).date()
    yesterday, last = today - datetime.timedelta(days=1), today + datetime.timedelta(days=2)
    leader.pick("Người làm thay", "Võ Thị Kim Loan, Phó Chủ tịch")
    leader.fill_date("Từ ngày", yesterday.day, yesterday.month, yesterday.year)
    leader.fill_date("Đến hết ngày", last.day, last.month, last.year)
    leader.fill("Lý do", "Đi công tác")
    leader.expects_errors = True
    leader.press("Cử người làm thay")
    leader.sees("Ngày bắt đầu không được trước hôm nay")
    leader.look("ngay-qua", "staff")
    leader.expects_errors = False
    leader.fill_date("Từ ngày", today.day, today.month, today.year)
    leader.press("Cử người làm thay")
    leader.sees("Đã cử người làm thay", "Võ Thị Kim Loan làm thay Ông/Bà", "Đang có hiệu lực")
    leader.look("da-cu", "staff")

    deputy = officer(BrowserPerson(gate, demo, "deputy", phone, script), DEPUTY)
    deputy.go("/viec")
    deputy.sees("Ông/Bà đang làm thay Phạm Minh Đức, Chủ tịch")
    deputy.look("dang-thay", "staff")
    story.sign(deputy, code)
    deputy.sees("Đã ký và ban hành")
    deputy.close()
    desk = officer(RobotPerson(demo), story.DESK)
    desk.go(f"/viec/{code}")
    desk.sees("Võ Thị Kim Loan, Phó Chủ tịch, làm thay Phạm Minh Đức, Chủ tịch")

    leader.go("/thay-the")
    leader.press("Kết thúc sớm")
    leader.sees("Đã kết thúc việc làm thay")
    leader.sees_not("Đang có hiệu lực")
    leader.close()


def book_of_results(gate, demo, files, phone, script):
    """The records clerk finds what was signed by its dossier, and what waits to be given out, until it was."""
    code = received(demo, files, "Châu Sóc Kha")
    story.draft_result(officer(RobotPerson(demo), story.SPECIALIST), code)
    story.sign(officer(RobotPerson(demo), story.LEADER), code)
    clerk = officer(BrowserPerson(gate, demo, "clerk", phone, script), "anphu.vanthu")
    clerk.go("/viec")
    clerk.click("Sổ kết quả")
    clerk.sees("Sổ kết quả đã ban hành năm", code, "Phạm Minh Đức, Chủ tịch", "Chờ trả")
    clerk.sees_not("Châu Sóc Kha")
    clerk.look("so", "staff")
    clerk.click("Chưa trả")
    clerk.sees(code)
    clerk.fill("Số, ký hiệu hoặc mã hồ sơ", code)
    clerk.press("Xem sổ")
    clerk.sees(code, "1 kết quả")
    story.deliver(officer(RobotPerson(demo), story.DESK), code)
    clerk.press("Xem sổ")
    clerk.sees("Không có kết quả nào")
    clerk.look("khong-con", "staff")
    clerk.close()


def clerk_issues(gate, demo, files, phone, script):
    """Where the clerk issues: a leader signs two at night, she gives one back and issues the other, the applicant sees
    it then and not before; what was given back is signed again."""
    with Demo(environment={"MOTCUA_CLERK_ISSUES": "H01.30337"}) as own:
        applicant, first = story.submitted_and_paid(RobotPerson(own), own, files, "Châu Sóc Kha")
        story.receive(officer(RobotPerson(own), story.DESK), first)
        codes = [first, received(own, files, "Lê Hoàng Phúc")]
        for code in codes:
            story.draft_result(officer(RobotPerson(own), story.SPECIALIST), code)
            leader = officer(RobotPerson(own), story.LEADER)
            story.sign(leader, code)
            leader.sees("Kết quả chờ văn thư kiểm tra và phát hành")
        applicant.go(f"/ho-so/{codes[0]}")
        applicant.sees("Đang giải quyết")
        clerk = officer(BrowserPerson(gate, own, "issuing", phone, script), "anphu.vanthu")
        clerk.go("/so-ket-qua")
        clerk.sees("Không có kết quả nào")
        clerk.click("Chờ phát hành")
        clerk.sees(*codes)
        clerk.look("cho-phat-hanh", "staff")

        steps.open_case(clerk, codes[1])
        clerk.follow("Kiểm tra và phát hành")
        clerk.sees("Số, ký hiệu", "Phạm Minh Đức, Chủ tịch")
        clerk.look("kiem-tra", "staff")
        clerk.reveal("Trả lại người ký, kèm lý do")
        clerk.expects_errors = True
        clerk.press("Trả lại người ký")
        clerk.sees("Nhập lý do")
        clerk.look("thieu-ly-do", "staff")
        clerk.expects_errors = False
        clerk.fill("Lý do trả lại", "Ngày trên văn bản khác ngày ký")
        clerk.press("Trả lại người ký")
        clerk.sees("Đã trả lại người ký")

        steps.open_case(clerk, codes[0])
        clerk.follow("Kiểm tra và phát hành")
        clerk.press("Phát hành")
        clerk.sees("Đã phát hành kết quả")
        clerk.look("da-phat-hanh", "staff")
        clerk.go("/so-ket-qua")
        clerk.sees(codes[0], "phát hành")
        clerk.sees_not(codes[1])
        clerk.look("so", "staff")
        clerk.close()
        applicant.go(f"/ho-so/{codes[0]}")
        applicant.sees("Đã có kết quả")
        story.deliver(officer(RobotPerson(own), story.DESK), codes[0])

        leader = officer(BrowserPerson(gate, own, "signer", phone, script), story.LEADER)
        leader.go(f"/ky/{codes[1]}")
        leader.sees("Văn thư trả lại kết quả đã ký", "Ngày trên văn bản khác ngày ký")
        leader.look("bi-tra-lai", "staff")
        steps.prove(leader)
        leader.press("Ký văn bản này")
        leader.sees("Kết quả chờ văn thư")
        leader.close()


ALL = [shared_out, stood_in, book_of_results, clerk_issues]
