// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel
import Testing
import WorkingTime

@Suite struct TraceTests {
    private let sample = DeadlineCommandInput(
        received: "2026-04-24T16:10",
        limit: "5",
        unit: "WORKING_DAY",
        cutOff: "15:00"
    )

    @Test func `the printed trace is that of the standard, letter by letter`() throws {
        #expect(
            try sample.text() == """
                24/04/2026 Thứ Sáu    nhận lúc 16:10, sau 15:00: tính là nhận vào ngày làm việc kế tiếp
                25/04/2026 Thứ Bảy    nghỉ hằng tuần
                26/04/2026 Chủ nhật   nghỉ hằng tuần; Giỗ Tổ Hùng Vương (10/3 âm lịch)
                27/04/2026 Thứ Hai    nghỉ bù Giỗ Tổ Hùng Vương
                28/04/2026 Thứ Ba     ngày nhận, không tính
                29/04/2026 Thứ Tư     ngày thứ 1
                30/04/2026 Thứ Năm    nghỉ lễ 30/4
                01/05/2026 Thứ Sáu    nghỉ lễ 1/5
                02/05/2026 Thứ Bảy    nghỉ hằng tuần
                03/05/2026 Chủ nhật   nghỉ hằng tuần
                04/05/2026 Thứ Hai    ngày thứ 2
                05/05/2026 Thứ Ba     ngày thứ 3
                06/05/2026 Thứ Tư     ngày thứ 4
                07/05/2026 Thứ Năm    ngày thứ 5, đến hạn lúc 17:00
                2026-05-07T17:00:00+07:00
                """
        )
    }

    @Test func `pauses are shown on their days`() throws {
        let input = DeadlineCommandInput(
            received: "2026-03-09T09:00",
            limit: "5",
            unit: "WORKING_DAY",
            pauses: "2026-03-10T10:00/2026-03-12T10:00"
        )
        #expect(
            try input.text() == """
                09/03/2026 Thứ Hai    ngày nhận, không tính
                10/03/2026 Thứ Ba     ngày thứ 1
                11/03/2026 Thứ Tư     tạm dừng, không tính
                12/03/2026 Thứ Năm    tạm dừng, không tính
                13/03/2026 Thứ Sáu    ngày thứ 2
                14/03/2026 Thứ Bảy    nghỉ hằng tuần
                15/03/2026 Chủ nhật   nghỉ hằng tuần
                16/03/2026 Thứ Hai    ngày thứ 3
                17/03/2026 Thứ Ba     ngày thứ 4
                18/03/2026 Thứ Tư     ngày thứ 5, đến hạn lúc 17:00
                2026-03-18T17:00:00+07:00
                """
        )
    }

    @Test func `hours are shown with the minutes taken on each day`() throws {
        let input = DeadlineCommandInput(
            received: "2026-03-05T14:00",
            limit: "8",
            unit: "HOUR",
            pauses: "2026-03-05T15:00/2026-03-09T15:00"
        )
        #expect(
            try input.text() == """
                05/03/2026 Thứ Năm    ngày nhận, tính 60 phút (14:00-17:00), tạm dừng 120 phút
                06/03/2026 Thứ Sáu    tạm dừng 450 phút
                07/03/2026 Thứ Bảy    nghỉ hằng tuần
                08/03/2026 Chủ nhật   nghỉ hằng tuần
                09/03/2026 Thứ Hai    tính 120 phút (07:30-11:30, 13:30-17:00), tạm dừng 330 phút
                10/03/2026 Thứ Ba     tính 300 phút (07:30-11:30, 13:30-14:30), đến hạn lúc 14:30
                2026-03-10T14:30:00+07:00
                """
        )
    }

    @Test func `a limit in calendar days that ends on a day off says where it moved`() throws {
        let input = DeadlineCommandInput(received: "2026-04-22T09:00", limit: "4", unit: "CALENDAR_DAY")
        #expect(
            try input.text() == """
                22/04/2026 Thứ Tư     ngày nhận, không tính
                23/04/2026 Thứ Năm    ngày thứ 1
                24/04/2026 Thứ Sáu    ngày thứ 2
                25/04/2026 Thứ Bảy    ngày thứ 3 (nghỉ hằng tuần)
                26/04/2026 Chủ nhật   ngày thứ 4 (nghỉ hằng tuần; Giỗ Tổ Hùng Vương (10/3 âm lịch))
                27/04/2026 Thứ Hai    nghỉ bù Giỗ Tổ Hùng Vương
                28/04/2026 Thứ Ba     chuyển sang ngày làm việc kế tiếp, đến hạn lúc 17:00
                2026-04-28T17:00:00+07:00
                """
        )
    }

    @Test(arguments: [
        ("2026-03-05T06:00", "nhận lúc 06:00, trước giờ làm việc: tính từ 07:30; ngày nhận, không tính"),
        ("2026-03-05T11:30", "nhận lúc 11:30, trong giờ nghỉ: tính từ 13:30; ngày nhận, không tính"),
        ("2026-03-05T17:00", "nhận lúc 17:00, sau giờ làm việc: tính là nhận vào ngày làm việc kế tiếp"),
        ("2026-03-07T10:00", "nghỉ hằng tuần; nhận lúc 10:00: tính là nhận vào ngày làm việc kế tiếp"),
        (
            "2026-08-31T10:00",
            "nghỉ hoán đổi, làm bù vào ngày 22/08/2026; nhận lúc 10:00: tính là nhận vào ngày "
                + "làm việc kế tiếp"
        ),
        ("2026-08-22T10:00", "ngày nhận, không tính (làm bù cho ngày 31/08/2026)"),
    ])
    func `the first line says how the receipt counts`(_ received: String, _ reason: String) throws {
        let input = DeadlineCommandInput(received: received, limit: "1", unit: "WORKING_DAY")
        #expect(try input.deadline().trace.first?.reason == reason)
    }

    @Test func `a pause that ends after the limit was used up is still made up for`() throws {
        let input = DeadlineCommandInput(
            received: "2026-03-09T09:00",
            limit: "1",
            unit: "WORKING_DAY",
            pauses: "2026-03-12T10:00/2026-03-13T10:00"
        )
        let deadline = try input.deadline()
        #expect(deadline.dueAt.description == "2026-03-11T17:00:00+07:00")
        #expect(deadline.trace.last?.reason == "cộng thêm do tạm dừng, đến hạn lúc 17:00")
        #expect(deadline.trace.count(where: \.isCounted) == 1)
    }

    @Test func `JSON is one object on one line with dueAt and trace`() throws {
        let text = try sample.json()
        #expect(!text.contains("\n"))
        struct Answer: Decodable {
            struct Day: Decodable {
                var date: String
                var counted: Bool
                var kind: String
                var ordinal: Int?
                var minutes: Int?
                var reason: String
            }
            var dueAt: String
            var trace: [Day]
        }
        let answer = try JSONDecoder().decode(Answer.self, from: Data(text.utf8))
        #expect(answer.dueAt == "2026-05-07T17:00:00+07:00")
        #expect(answer.trace.count == 14)
        #expect(answer.trace[0].date == "2026-04-24")
        #expect(answer.trace[0].kind == "postponed")
        #expect(answer.trace[3].reason == "nghỉ bù Giỗ Tổ Hùng Vương")
        #expect(answer.trace[13].counted)
        #expect(answer.trace[13].ordinal == 5)
        #expect(answer.trace.allSatisfy { $0.minutes == nil })
    }

    @Test func `JSON of hours has the minutes of each day`() throws {
        let input = DeadlineCommandInput(received: "2026-03-06T16:00", limit: "8", unit: "HOUR")
        let text = try input.json()
        #expect(
            text == #"{"dueAt":"2026-03-09T16:30:00+07:00","trace":["#
                + #"{"counted":true,"date":"2026-03-06","kind":"counted","minutes":60,"#
                + #""reason":"ngày nhận, tính 60 phút (16:00-17:00)"},"#
                + #"{"counted":false,"date":"2026-03-07","kind":"off","minutes":0,"reason":"nghỉ hằng tuần"},"#
                + #"{"counted":false,"date":"2026-03-08","kind":"off","minutes":0,"reason":"nghỉ hằng tuần"},"#
                + #"{"counted":true,"date":"2026-03-09","kind":"counted","minutes":420,"#
                + #""reason":"tính 420 phút (07:30-11:30, 13:30-16:30), đến hạn lúc 16:30"}]}"#
        )
    }

    @Test func `a stored deadline is read back equal`() throws {
        let deadline = try sample.deadline()
        let stored = try JSONEncoder().encode(deadline)
        #expect(try JSONDecoder().decode(Deadline.self, from: stored) == deadline)
        #expect(deadline.calendarVersion == WorkCalendar.builtInVersion)
        #expect(deadline.countsFrom.description == "2026-04-28T07:30:00+07:00")
    }

    @Test func `seconds and fractions of the receipt are kept`() throws {
        let input = DeadlineCommandInput(received: "2026-03-05T09:30:15.25", limit: "1", unit: "HOUR")
        #expect(try input.deadline().dueAt.description == "2026-03-05T10:30:15.250000+07:00")
        let cut = DeadlineCommandInput(
            received: "2026-03-05T15:00:00.000001",
            limit: "0",
            unit: "WORKING_DAY",
            cutOff: "15:00"
        )
        #expect(try cut.deadline().dueAt.description == "2026-03-06T17:00:00+07:00")
    }

    @Test func `a receipt in another zone is the same moment`() throws {
        let utc = DeadlineCommandInput(
            received: "2026-04-24T09:10:00Z",
            limit: "5",
            unit: "WORKING_DAY",
            cutOff: "15:00"
        )
        #expect(try utc.text() == sample.text())
    }

    @Test func `limit zero in hours is due when the clock begins`() throws {
        let input = DeadlineCommandInput(received: "2026-03-05T12:10", limit: "0", unit: "HOUR")
        #expect(try input.deadline().dueAt.description == "2026-03-05T13:30:00+07:00")
    }
}
