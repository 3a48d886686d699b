// SPDX-License-Identifier: Apache-2.0

import Kernel
import Testing
import WorkingTime

@Suite struct DeadlineInputTests {
    private static let received = "2026-03-05T09:00"

    private func refusal(
        received: String = DeadlineInputTests.received,
        limit: String = "5",
        unit: String = "WORKING_DAY",
        pauses: String? = nil,
        cutOff: String? = nil,
        hours: String? = nil,
        calendar: String? = nil
    ) throws -> DeadlineError {
        let file = calendar.map { DeadlineCommandInput.CalendarFile(name: "nghi.json", bytes: Array($0.utf8)) }
        let input = DeadlineCommandInput(
            received: received,
            limit: limit,
            unit: unit,
            pauses: pauses,
            cutOff: cutOff,
            hours: hours,
            calendar: file
        )
        let error = try #require(throws: DeadlineError.self) { try input.text() }
        // Every refusal is a sentence in Vietnamese.
        #expect(error.message.hasSuffix(".") && error.message.contains(" "))
        #expect(error.publicDetail == error.message)
        #expect(error.status == 422)
        #expect(throws: error) { try input.json() }
        return error
    }

    @Test(arguments: [
        "", "hôm nay", "2026-02-30T09:00", "2026-03-05", "2026-03-05T25:00", "2026-03-05T09:60", "05/03/2026 09:00",
        "2026-03-05T9h30", "2026-03-05T09:00+25:00", "2026-03-05T09:00+07:99",
    ])
    func `what is no moment`(_ text: String) throws {
        #expect(try refusal(received: text) == .notAMoment(text))
    }

    @Test(arguments: ["", "năm", "5.5", "1e3", "+5", "0x10", "99999999999999999999"])
    func `what is no whole number`(_ text: String) throws {
        #expect(try refusal(limit: text) == .notANumber(text))
    }

    @Test func `a negative limit, and one that is too long`() throws {
        #expect(try refusal(limit: "-1") == .negativeLimit(-1))
        #expect(try refusal(limit: "3651") == .limitTooLong(3_651, maximum: 3_650))
        #expect(try refusal(limit: "29201", unit: "HOUR") == .limitTooLong(29_201, maximum: 29_200))
        let longest = DeadlineCommandInput(received: Self.received, limit: "3650", unit: "WORKING_DAY")
        #expect(try longest.deadline().trace.count(where: \.isCounted) == 3_650)
    }

    @Test(arguments: ["", "DAY", "working_day", "OTHER", "ngày"])
    func `an unknown unit`(_ text: String) throws {
        #expect(try refusal(unit: text) == .unknownUnit(text))
    }

    @Test func `pauses that cannot be`() throws {
        #expect(try refusal(pauses: "2026-03-06T09:00") == .notAPause("2026-03-06T09:00"))
        #expect(try refusal(pauses: "a/b") == .notAPause("a/b"))
        #expect(try refusal(pauses: "2026-03-06T09:00/2026-03-07T09:00,") == .notAPause(""))
        let backwards = try refusal(pauses: "2026-03-07T09:00/2026-03-06T09:00")
        guard case .pauseEndsBeforeStart = backwards else { return #expect(Bool(false), "\(backwards)") }
        let early = try refusal(pauses: "2026-03-04T09:00/2026-03-06T09:00")
        guard case .pauseBeforeReceipt = early else { return #expect(Bool(false), "\(early)") }
        let overlap = try refusal(
            pauses: "2026-03-06T09:00/2026-03-09T09:00,2026-03-09T08:59/2026-03-10T09:00"
        )
        guard case .pausesOverlap = overlap else { return #expect(Bool(false), "\(overlap)") }
        let long = try refusal(pauses: "2026-03-06T09:00/2046-03-09T09:00")
        guard case .pauseTooLong = long else { return #expect(Bool(false), "\(long)") }
        let many = (0..<101).map { "2026-04-01T09:\(String($0 % 60, paddedTo: 2))/2026-04-01T09:59" }
        #expect(try refusal(pauses: many.joined(separator: ",")) == .tooManyPauses(101))
    }

    @Test func `pauses out of order, touching, empty or none are fine`() throws {
        func due(_ pauses: String?) throws -> String {
            try DeadlineCommandInput(received: Self.received, limit: "5", unit: "WORKING_DAY", pauses: pauses)
                .deadline().dueAt.description
        }
        let none = try due(nil)
        #expect(try due("") == none)
        #expect(try due("  ") == none)
        #expect(try due("2026-03-06T09:00/2026-03-06T09:00") == none)
        let two = try due("2026-03-06T09:00/2026-03-09T09:00,2026-03-09T09:00/2026-03-11T09:00")
        #expect(try due("2026-03-09T09:00/2026-03-11T09:00, 2026-03-06T09:00/2026-03-09T09:00") == two)
        #expect(try due("2026-03-06T09:00/2026-03-11T09:00") == two)
    }

    @Test(arguments: ["", "3pm", "24:00", "15.00", "15:0x"])
    func `a cut-off that is no time`(_ text: String) throws {
        #expect(try refusal(cutOff: text) == .notATime(text))
    }

    @Test func `hours that are none`() throws {
        #expect(try refusal(hours: "08:00") == .notHours("08:00"))
    }

    @Test func `calendar files`() throws {
        #expect(try refusal(calendar: "") == .notACalendar(file: "nghi.json"))
        #expect(try refusal(calendar: "[]") == .notACalendar(file: "nghi.json"))
        #expect(try refusal(calendar: #"{"off":"2026-03-06"}"#) == .notACalendar(file: "nghi.json"))
        #expect(try refusal(calendar: #"{"holidays":[]}"#) == .unknownKey("holidays", file: "nghi.json"))
        #expect(try refusal(calendar: #"{"off":["2026-02-30"]}"#) == .notADay("2026-02-30", file: "nghi.json"))
        let missing = DeadlineCommandInput(
            received: Self.received,
            limit: "1",
            unit: "WORKING_DAY",
            calendar: DeadlineCommandInput.CalendarFile(name: "khong-co.json", bytes: nil)
        )
        #expect(throws: DeadlineError.unreadableFile("khong-co.json")) { try missing.text() }
    }

    @Test func `a calendar file is laid over the built-in calendar`() throws {
        let file = DeadlineCommandInput.CalendarFile(
            name: "2026.json",
            bytes: Array(#"{"off":["2026-03-06"],"work":["2026-03-07","2026-03-06"]}"#.utf8)
        )
        let off = DeadlineCommandInput.CalendarFile(name: "a.json", bytes: Array(#"{"off":["2026-03-06"]}"#.utf8))
        func due(_ file: DeadlineCommandInput.CalendarFile) throws -> Deadline {
            try DeadlineCommandInput(received: Self.received, limit: "2", unit: "WORKING_DAY", calendar: file)
                .deadline()
        }
        #expect(try due(file).dueAt.description == "2026-03-07T17:00:00+07:00")
        #expect(try due(off).dueAt.description == "2026-03-10T17:00:00+07:00")
        #expect(try due(off).calendarVersion == "vn-2026-1+a.json")
    }

    @Test func `hours of the call are used`() throws {
        let input = DeadlineCommandInput(
            received: "2026-03-05T10:00",
            limit: "3",
            unit: "HOUR",
            hours: "07:00-11:00, 13:00-16:30"
        )
        #expect(try input.deadline().dueAt.description == "2026-03-05T15:00:00+07:00")
    }

    @Test func `years beyond the calendar, and a calendar without work`() throws {
        #expect(try refusal(received: "2400-03-05T09:00") == .yearOutOfRange(2_400))
        #expect(try refusal(received: "1800-03-05T09:00") == .yearOutOfRange(1_800))
        let start = try #require(LocalDate("2026-03-05"))
        let days = (0..<500).map { "\"\(start.adding(days: $0))\"" }.joined(separator: ",")
        #expect(try refusal(calendar: "{\"off\":[\(days)]}") == .noWorkingDay(after: start))
    }
}
