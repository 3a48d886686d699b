// SPDX-License-Identifier: Apache-2.0

import Journal
import Kernel
import Storage
import TestSupport
import Testing
import WorkingTime

@testable import Organisation

/// Calendars are changed by versions; bad input is named.
@Suite struct CalendarTests {
    private func withSample(_ engine: Engine, _ body: (OrganisationFixture) async throws -> Void) async throws {
        try await withStore(engine, migrations: JournalSchema.migrations + OrganisationMigrations.all) { store in
            let fixture = OrganisationFixture(store)
            try await fixture.service.load(OrganisationFixture.sample(), by: fixture.admin)
            try await body(fixture)
        }
    }

    private func day(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

    @Test(arguments: TestStores.all)
    func `a change becomes a version that those below follow, and the old one stays`(on engine: Engine) async throws {
        try await withSample(engine) { fixture in
            let service = fixture.service
            let (commune, police) = (try #require(AgencyCode("H01.30337")), try #require(AgencyCode("H01.30337.CA")))
            let (ninth, tenth, made) = (try day("2026-03-09"), try day("2026-03-10"), try day("2026-03-14"))
            let swap = CalendarEdit.swap(off: ninth, work: made, reason: "Hội làng")
            let before = try await service.calendar(of: commune)
            let preview = try await service.preview(swap, of: commune)
            #expect(preview.agencies.map(\.code) == [commune, police])
            #expect(preview.before.workingDays == preview.after.workingDays)
            // Five working days from Monday 2 March end on Monday the 9th, which would be off.
            let five = try #require(preview.examples.first { $0.days == 5 })
            #expect(five.before.date == ninth && five.after.date == tenth)
            let version = try await service.publish(swap, of: commune, seen: before.version, by: fixture.admin)
            let after = try await service.calendar(of: police)
            #expect(after.version == version && !after.isWorking(ninth))
            #expect(after.isWorking(made))
            #expect(try await service.snapshot().calendar(version: before.version) == before)
            let neighbour = try #require(AgencyCode("H01.30307"))
            #expect(try await service.calendar(of: neighbour) == before)
            let next = try await service.publish(
                .remove(ninth),
                of: commune,
                seen: version,
                by: fixture.admin
            )
            #expect(try await service.calendar(of: commune).isWorking(ninth))
            let told = try await service.publications(of: commune)
            #expect(Set(told.map(\.version)) == [version, next] && told.allSatisfy { $0.publishedBy == "test" })
            let year = try await service.calendarYear(2_026, of: commune)
            #expect(year.version == next && year.days.filter(\.isOwn).map(\.date) == [made])
        }
    }

    @Test(arguments: TestStores.all)
    func `what cannot be is refused with its words, and the second administrator is told`(
        on engine: Engine
    ) async throws {
        try await withSample(engine) { fixture in
            let (service, top) = (fixture.service, try #require(AgencyCode("H01")))
            let wrong: [(CalendarEdit, String)] = [
                (.off(try day("2026-03-02"), reason: "x"), "sau hôm nay"),
                (.off(try day("2026-03-01"), reason: "x"), "sau hôm nay"),
                (.off(try day("2029-03-01"), reason: "x"), "trong vòng 2 năm"),
                (.off(try day("2026-03-07"), reason: "x"), "vốn là ngày nghỉ"),
                (.off(try day("2026-04-30"), reason: "x"), "vốn là ngày nghỉ"),
                (.off(try day("2026-03-09"), reason: ""), "Nhập lý do"),
                (.work(try day("2026-03-09"), reason: "x"), "vốn là ngày làm việc"),
                (.swap(off: try day("2026-03-09"), work: try day("2026-03-10"), reason: "x"), "vốn là ngày làm việc"),
                (.half(try day("2026-03-08"), morning: true, reason: "x"), "vốn là ngày nghỉ"),
                (.remove(try day("2026-03-09")), "không có thay đổi nào"),
                (.hours("13:30-17:00,07:30-11:30"), "theo thứ tự"),
                (.hours("sáng"), "theo thứ tự"),
            ]
            for (edit, words) in wrong {
                do {
                    _ = try await service.preview(edit, of: top)
                    Issue.record("\(edit) is let through")
                } catch let error as OrganisationError {
                    #expect(error.publicDetail?.contains(words) == true, "\(edit): \(error.publicDetail ?? "")")
                    #expect(error.status == 422)
                }
            }
            let seen = try await service.calendar(of: top).version
            let off = CalendarEdit.off(try day("2026-03-09"), reason: "Bão")
            _ = try await service.publish(off, of: top, seen: seen, by: fixture.admin)
            await #expect(throws: OrganisationError.changedMeanwhile) {
                try await service.publish(.hours("08:00-12:00,13:00-17:00"), of: top, seen: seen, by: fixture.admin)
            }
        }
    }
}
