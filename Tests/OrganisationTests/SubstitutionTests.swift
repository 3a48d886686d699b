// SPDX-License-Identifier: Apache-2.0

import Journal
import Kernel
import Storage
import TestSupport
import Testing

@testable import Organisation

/// Who may stand in for whom and when: everything that could not hold is refused by the field that is wrong.
struct SubstitutionTests {
    private func withSample(_ engine: Engine, _ body: (OrganisationFixture) async throws -> Void) async throws {
        try await withStore(engine, migrations: JournalSchema.migrations + OrganisationMigrations.all) { store in
            let fixture = OrganisationFixture(store)
            try await fixture.service.load(OrganisationFixture.sample(), by: fixture.admin)
            try await body(fixture)
        }
    }

    private func name(
        _ fixture: OrganisationFixture,
        _ substitute: String,
        for officer: String,
        as role: Role,
        from first: Int = 0,
        to last: Int = 2,
        reason: String = "Nghỉ phép",
        canSign: Bool = true
    ) async throws -> Substitution {
        let today = fixture.clock.now.date
        let new = NewSubstitution(
            officer: try #require(OfficerID(rawValue: officer)),
            substitute: try #require(OfficerID(rawValue: substitute)),
            role: role,
            firstDay: today.adding(days: first),
            lastDay: today.adding(days: last),
            reason: reason
        )
        return try await fixture.service.nameSubstitute(new, by: fixture.admin) { _ in canSign }
    }

    @Test(arguments: TestStores.all)
    func `what cannot hold is refused, and the field is named`(on engine: Engine) async throws {
        try await withSample(engine) { fixture in
            func expect(_ error: OrganisationError, _ field: String, _ act: () async throws -> Substitution) async {
                await #expect(throws: error) { try await act() }
                #expect(error.field == field && error.status == 422 && error.publicDetail?.isEmpty == false)
            }
            let (one, two) = ("anphu.hotich1", "anphu.hotich2")
            await expect(.substituteSelf, "substitute") { try await name(fixture, one, for: one, as: .specialist) }
            await expect(.substitutionRoleMissing, "role") { try await name(fixture, two, for: one, as: .leader) }
            await expect(.substitutionRoleMissing, "role") {
                try await name(fixture, "kiemtra", for: "quantri", as: .administrator)
            }
            for other in ["anphu.motcua", "longxuyen.hotich1", "nobody"] {
                await expect(.substituteUnsuitable, "substitute") {
                    try await name(fixture, other, for: one, as: .specialist)
                }
            }
            await expect(.substituteUnsuitable, "substitute") {
                try await name(fixture, "anphu.kinhte", for: "anphu.truonghotich", as: .unitHead)
            }
            await expect(.substituteCannotSign, "substitute") {
                try await name(fixture, "anphu.phochutich", for: "anphu.chutich", as: .leader, canSign: false)
            }
            await expect(.substitutionPast, "from") {
                try await name(fixture, two, for: one, as: .specialist, from: -1)
            }
            await expect(.substitutionBackwards, "to") {
                try await name(fixture, two, for: one, as: .specialist, from: 3, to: 2)
            }
            await expect(.substitutionTooLong, "to") {
                try await name(fixture, two, for: one, as: .specialist, to: 366)
            }
            for words in ["  ", String(repeating: "a", count: 501)] {
                await expect(.substitutionReasonMissing, "reason") {
                    try await name(fixture, two, for: one, as: .specialist, reason: words)
                }
            }
            let today = fixture.clock.now.date
            let left = try await fixture.service.snapshot().substitutions(with: OfficerID.named(one), from: today)
            #expect(left.isEmpty)
        }
    }

    @Test(arguments: TestStores.all)
    func `no two for one time, no circles, no chains; it begins and ends by itself`(on engine: Engine) async throws {
        try await withSample(engine) { fixture in
            let (one, two, third) = ("anphu.hotich1", "anphu.hotich2", "anphu.kinhte")
            let standing = try await name(fixture, two, for: one, as: .specialist, from: 1, to: 3)
            let overlap = OrganisationError.substitutionOverlaps(from: standing.firstDay, to: standing.lastDay)
            await #expect(throws: overlap) {
                try await name(fixture, third, for: one, as: .specialist, from: 3, to: 4)
            }
            await #expect(throws: OrganisationError.substituteAway) {
                try await name(fixture, one, for: two, as: .specialist, from: 2, to: 2)
            }
            await #expect(throws: OrganisationError.substituteAway) {
                try await name(fixture, one, for: third, as: .specialist, from: 2, to: 2)
            }
            await #expect(throws: OrganisationError.substitutionChain) {
                try await name(fixture, third, for: two, as: .specialist, from: 2, to: 2)
            }
            _ = try await name(fixture, third, for: two, as: .specialist, from: 4, to: 4)
            func standIns() async throws -> [String] {
                let snapshot = try await fixture.service.snapshot()
                let officer = try #require(snapshot.officer(OfficerID.named(two)))
                return snapshot.standIns(of: officer, on: fixture.clock.now.date).map(\.officer.rawValue)
            }
            var days: [[String]] = []
            for _ in 0...4 {
                days.append(try await standIns())
                fixture.clock.advance(seconds: 24 * 3_600)
            }
            #expect(days == [[], [one], [one], [one], []])
            await #expect(throws: OrganisationError.substitutionGone) {
                try await fixture.service.endSubstitution(standing.id, by: fixture.admin)
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `ended early, or by a lost role, it gives nothing any more`(on engine: Engine) async throws {
        try await withSample(engine) { fixture in
            let (away, deputy) = (try OfficerID.named("anphu.chutich"), try OfficerID.named("anphu.phochutich"))
            func standing() async throws -> Int {
                let snapshot = try await fixture.service.snapshot()
                return snapshot.standIns(of: try #require(snapshot.officer(deputy)), on: fixture.clock.now.date).count
            }
            let first = try await name(fixture, deputy.rawValue, for: away.rawValue, as: .leader)
            #expect(try await standing() == 1)
            try await fixture.service.endSubstitution(first.id, by: fixture.admin)
            await #expect(throws: OrganisationError.substitutionGone) {
                try await fixture.service.endSubstitution(first.id, by: fixture.admin)
            }
            #expect(try await standing() == 0)
            _ = try await name(fixture, deputy.rawValue, for: away.rawValue, as: .leader)
            #expect(try await standing() == 1)
            try await fixture.service.setRoles([.specialist], of: away, by: fixture.admin)
            #expect(try await standing() == 0)
        }
    }
}

extension OfficerID {
    fileprivate static func named(_ name: String) throws -> OfficerID { try #require(OfficerID(rawValue: name)) }
}
