// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Identity
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import Dossiers

/// Each rule has two faces, a predicate and a condition of SQL; on generated provinces they must let the same through.
@Suite struct PolicyTests {
    private typealias Rule = Policy<DossierState>

    private static let seeds: [UInt64] = [1, 2, 2_000_635, 20_260_302]

    @Test(arguments: TestStores.all, seeds)
    func `what a rule lists is exactly what it allows`(on engine: Engine, seed: UInt64) async throws {
        try await withWorld(engine, seed) { world, store in
            let rules: [(String, Rule)] = [
                ("read", DossierPolicies.read), ("work", DossierPolicies.work),
                ("applicant", DossierPolicies.applicant), ("officerOfAgency", DossierPolicies.officerOfAgency),
                ("consulted", DossierPolicies.consulted), ("unitWork", DossierPolicies.unitWork),
                ("holdsWork", DossierPolicies.holdsWork), ("draftedByOthers", DossierPolicies.draftedByOthers),
                ("signedByOthers", DossierPolicies.signedByOthers),
            ]
            for (name, rule) in rules {
                let found = try await world.differences(of: rule, in: store)
                #expect(found.isEmpty, "rule \(name), seed \(seed): \(found.prefix(3))")
                // A rule that lets nothing or everything through would prove nothing.
                let count = world.allowed(by: rule)
                #expect(count > 0 && count < world.actors.count * world.dossiers.count, "rule \(name), seed \(seed)")
            }
        }
    }

    @Test(arguments: TestStores.all, seeds)
    func `what those find who are asked is exactly what they may see`(on engine: Engine, seed: UInt64) async throws {
        try await withWorld(engine, seed) { world, store in
            let rules: [(String, Policy<ConsultationState>)] = [
                ("asked", ConsultationPolicies.asked), ("open", ConsultationPolicies.open),
            ]
            for (name, rule) in rules {
                let (found, count) = try await world.differences(of: rule, in: store)
                #expect(found.isEmpty, "rule \(name), seed \(seed): \(found.prefix(3))")
                let all = world.actors.count * world.dossiers.reduce(0) { $0 + $1.consultations.count }
                #expect(count > 0 && count < all, "rule \(name), seed \(seed)")
            }
        }
    }

    @Test(arguments: TestStores.all, seeds)
    func `however rules are combined, both faces stay equal`(on engine: Engine, seed: UInt64) async throws {
        try await withWorld(engine, seed) { world, store in
            var generator = SeededGenerator(seed: seed ^ 0xC0DE)
            for number in 0..<40 {
                let (text, rule) = Self.combination(depth: 3, &generator)
                let found = try await world.differences(of: rule, in: store)
                #expect(found.isEmpty, "\(text), number \(number), seed \(seed): \(found.prefix(3))")
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `a twin that is broken is found`(on engine: Engine) async throws {
        let whole = DossierPolicies.officerOfAgency
        let broken: [(String, Rule)] = [
            ("no look at the roles", Rule(allows: whole.allows) { Self.agencyAlone($0) }),
            (
                "the agencies below as well",
                Rule(allows: whole.allows) { actor in
                    let isWorking = !actor.roles.isEmpty && actor.roles != [.auditor]
                    guard isWorking, let agency = actor.agency else { return "1 = 0" }
                    return "dossier.agency LIKE \("\(agency.text)%")"
                }
            ),
            (
                "no look at the hat",
                Rule(allows: DossierPolicies.applicant.allows) { actor in
                    actor.kind == .citizen ? "dossier.applicant = \(actor.id)" : "1 = 0"
                }
            ),
            (
                "no look at the kind of actor",
                Rule(allows: DossierPolicies.applicant.allows) { "dossier.applicant = \($0.id)" }
            ),
            (
                "open dossiers alone",
                Rule(allows: whole.allows) { "\(fragment: whole.filter($0)) AND dossier.ended_at IS NULL" }
            ),
            ("deny", Rule(allows: whole.allows) { _ in "1 = 0" }),
            ("allow", Rule(allows: whole.allows) { _ in "1 = 1" }),
        ]
        try await withWorld(engine, 7) { world, store in
            for (name, rule) in broken {
                let found = try await world.differences(of: rule, in: store)
                #expect(!found.isEmpty, "\(name)")
            }
        }
    }

    private static func agencyAlone(_ actor: Actor) -> Statement {
        guard actor.kind == .officer, let agency = actor.agency else { return "1 = 0" }
        return "dossier.agency = \(agency)"
    }

    /// A random tree of combinators over the rules of dossiers, with what it is in words.
    private static func combination(depth: Int, _ generator: inout SeededGenerator) -> (String, Rule) {
        let leaves: [(String, Rule)] = [
            ("read", DossierPolicies.read), ("applicant", DossierPolicies.applicant),
            ("officerOfAgency", DossierPolicies.officerOfAgency),
            ("isCitizen", .actor { $0.kind == .citizen }), ("isLeader", .actor { $0.roles.contains(.leader) }),
            ("anyOf()", .anyOf([])), ("allOf()", .allOf([])),
            (
                "isDecided",
                Rule(
                    allows: { _, dossier in dossier.status == .decided || dossier.status == .delivered },
                    filter: { _ in "dossier.status = 9 OR dossier.status = 10" }
                )
            ),
        ]
        if depth == 0 || Int.random(in: 0..<4, using: &generator) == 0 {
            return leaves[Int.random(in: 0..<leaves.count, using: &generator)]
        }
        let parts = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
            combination(depth: depth - 1, &generator)
        }
        let isAny = Bool.random(using: &generator)
        let text = "\(isAny ? "anyOf" : "allOf")(\(parts.map(\.0).joined(separator: ", ")))"
        return (text, isAny ? .anyOf(parts.map(\.1)) : .allOf(parts.map(\.1)))
    }

    private func withWorld(
        _ engine: Engine,
        _ seed: UInt64,
        _ body: (World, any Store) async throws -> Void
    ) async throws {
        try await withStore(engine, migrations: DossierMigrations.all) { store in
            let world = try World(seed: seed)
            try await world.write(to: store)
            try await body(world, store)
        }
    }
}

/// Agencies whose codes begin alike, officers of every kind, citizens, the program, and dossiers in every status.
struct World: Sendable {
    var actors: [Actor] = []
    var dossiers: [DossierState] = []

    private static let agencies = ["H01", "H01.1", "H01.10", "H01.30337", "H01.30337.CA", "H01.30307"]
    private static let citizens = ["mai", "mai-2", "duc", "o-1", "payments", "h01", "g-1", "g-2"]

    init(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let agencies = try Self.agencies.map { try #require(AgencyCode($0)) }
        for id in Self.citizens {
            actors.append(.citizen(try #require(AccountID(rawValue: id)), assurance: .two, session: nil))
        }
        // People who act for another: by the hat of an authority whose id may even be somebody's own.
        for (id, worn) in [("mai", "g-1"), ("duc", "g-1"), ("mai", "g-2"), ("duc", "mai")] {
            let party = try #require(RepresentationID(rawValue: worn))
            // Several papers of one party: the id of the paper says nothing.
            let paper = try #require(RepresentationID(rawValue: "paper-\(worn)"))
            let hat = Hat(representation: paper, party: party, kind: .business, name: "Gạo Bình Đức")
            let account = try #require(AccountID(rawValue: id))
            actors.append(.citizen(account, assurance: .two, session: nil, hat: hat))
        }
        // Ids that are the same for a citizen, an officer and a part of the program mean three different actors.
        actors += [.system("payments"), .system("mai")]
        for number in 0..<30 {
            let roles = Role.allCases.filter { _ in Int.random(in: 0..<4, using: &generator) == 0 }
            let agency = try #require(agencies.randomElement(using: &generator))
            let isActive = Int.random(in: 0..<4, using: &generator) > 0
            let standIns = try (0..<Int.random(in: 0...2, using: &generator)).map { place in
                StandIn(
                    id: try #require(SubstitutionID(rawValue: "s\(number)-\(place)")),
                    officer: try #require(OfficerID(rawValue: "o-\(Int.random(in: 0..<30, using: &generator))")),
                    role: try #require(Substitution.roles.randomElement(using: &generator))
                )
            }
            actors.append(
                try Self.officer(
                    "o-\(number)",
                    agency,
                    Set(roles),
                    isActive: isActive,
                    standingInFor: standIns
                )
            )
        }
        for role in Role.allCases {
            for isActive in [true, false] {
                let id = "o-\(role.rawValue.lowercased())-\(isActive)"
                actors.append(try Self.officer(id, agencies[3], [role], isActive: isActive))
            }
        }
        actors.append(try Self.officer("mai", agencies[3], Set(Role.allCases), isActive: true))
        for number in 1...(DossierStatus.allCases.count * 8) {
            let status = DossierStatus.allCases[number % DossierStatus.allCases.count]
            dossiers.append(try Self.dossier(number, status, agencies, &generator))
        }
    }

    private static func officer(
        _ id: String,
        _ agency: AgencyCode,
        _ roles: Set<Role>,
        isActive: Bool,
        standingInFor standIns: [StandIn] = []
    ) throws -> Actor {
        let officer = Officer(
            id: try #require(OfficerID(rawValue: id)),
            loginName: id,
            agency: agency,
            unit: try #require(OrgUnitID(rawValue: id.hasSuffix("7") ? "v" : "u")),
            fullName: "Trần Văn Bình",
            position: "Công chức",
            email: nil,
            roles: roles,
            isActive: isActive
        )
        return .officer(officer, authentication: .password, session: nil, standIns: standIns)
    }

    private static func dossier(
        _ number: Int,
        _ status: DossierStatus,
        _ agencies: [AgencyCode],
        _ generator: inout SeededGenerator
    ) throws -> DossierState {
        let agency = try #require(agencies.randomElement(using: &generator))
        let applicant = try #require(citizens.randomElement(using: &generator))
        let submitted = Instant.test.adding(minutes: Int64.random(in: 0...100_000, using: &generator))
        return DossierState(
            id: try #require(DossierID(rawValue: "d\(number)")),
            code: DossierCode(agency: agency, day: submitted.date, sequence: Int64(number)),
            procedure: "2.000635",
            packVersion: "v",
            agency: agency,
            applicant: try #require(Identifier(rawValue: applicant)),
            channel: try #require(Channel.allCases.randomElement(using: &generator)),
            delivery: .online,
            regime: .nd118of2025,
            status: status,
            obligation: try #require(ObligationSubstate.allCases.randomElement(using: &generator)),
            submittedAt: submitted,
            // An officer who drafted has no right by that alone.
            drafter: OfficerID(rawValue: "o-\(Int.random(in: 0..<30, using: &generator))"),
            signer: Bool.random(using: &generator)
                ? OfficerID(rawValue: "o-\(Int.random(in: 0..<30, using: &generator))") : nil,
            unit: ["u", "v", nil].randomElement(using: &generator).flatMap { $0.flatMap { OrgUnitID(rawValue: $0) } },
            assignee: Bool.random(using: &generator)
                ? OfficerID(rawValue: "o-\(Int.random(in: 0..<30, using: &generator))") : nil,
            endedAt: status.isOpen ? nil : submitted.adding(days: 3),
            consultations: try consultations(number, submitted, agency, agencies, &generator),
            version: 1
        )
    }

    /// Open and ended questions to agencies and to two of their units.
    private static func consultations(
        _ number: Int,
        _ moment: Instant,
        _ asking: AgencyCode,
        _ agencies: [AgencyCode],
        _ generator: inout SeededGenerator
    ) throws -> [ConsultationState] {
        try (0..<Int.random(in: 0...3, using: &generator)).map { place in
            let agency = try #require(agencies.randomElement(using: &generator))
            let unit = ["u", "v", nil].randomElement(using: &generator) ?? nil
            let outcome = ([nil] + ConsultationOutcome.allCases.map(Optional.some)).randomElement(using: &generator)
            return ConsultationState(
                id: try #require(ConsultationID(rawValue: "c\(number)-\(place)")),
                rule: "fire",
                party: ConsultedParty(agency: agency, unit: unit.flatMap { OrgUnitID(rawValue: $0) }),
                askedBy: asking,
                step: "examine",
                askedAt: moment,
                dueAt: moment.adding(days: 3),
                outcome: outcome ?? nil,
                closedAt: (outcome ?? nil).map { _ in moment.adding(days: 2) }
            )
        }
    }

    func differences(
        of rule: Policy<ConsultationState>,
        in store: any Store
    ) async throws -> (found: [String], allowed: Int) {
        try await store.read { [actors, dossiers] transaction in
            let states = dossiers.flatMap(\.consultations)
            var (found, count): ([String], Int) = ([], 0)
            for actor in actors {
                let ids = try transaction.rows(
                    "SELECT id FROM dossier_consultation WHERE \(fragment: rule.filter(actor))"
                ).map { try $0.get("id", as: String.self) }
                let allowed = states.filter { rule.allows(actor, $0) }.map(\.id.rawValue)
                count += allowed.count
                if Set(ids) != Set(allowed) {
                    found.append("\(actor.kind) \(actor.id) of \(actor.agency?.text ?? "-")")
                }
            }
            return (found, count)
        }
    }

    func write(to store: any Store) async throws {
        try await store.write { [dossiers] transaction in
            for state in dossiers {
                try DossierTable.insert(state, queue: .intake, slipSecret: state.id.rawValue, in: transaction)
                for consultation in state.consultations {
                    let row = Consultation(state: consultation, dossier: state.id, papers: [], question: "Đạt không?")
                    try ConsultationTable.insert(row, in: transaction)
                    try ConsultationTable.keepOutcome(consultation, in: transaction)
                }
            }
        }
    }

    func allowed(by rule: Policy<DossierState>) -> Int {
        actors.reduce(0) { sum, actor in sum + dossiers.count { rule.allows(actor, $0) } }
    }

    /// Where the two faces disagree: the actor, what is listed and not allowed, what is allowed and not listed.
    func differences(of rule: Policy<DossierState>, in store: any Store) async throws -> [String] {
        try await store.read { [actors, dossiers] transaction in
            // The rows as the store gives them back are what `allows` judges in production.
            let rows = try transaction.rows("SELECT \(fragment: DossierTable.columns) FROM dossier")
            let states = try rows.map(DossierTable.state)
            guard Set(states) == Set(dossiers) else { return ["the store changed the dossiers"] }
            var found: [String] = []
            for actor in actors {
                let ids = try transaction.rows("SELECT id FROM dossier WHERE \(fragment: rule.filter(actor))")
                    .map { try $0.get("id", as: String.self) }
                let allowed = Set(states.filter { rule.allows(actor, $0) }.map(\.id.rawValue))
                guard Set(ids) != allowed || ids.count != allowed.count else { continue }
                let who = "\(actor.kind) \(actor.id) of \(actor.agency?.text ?? "-") \(actor.roles.map(\.rawValue))"
                let more = Set(ids).subtracting(allowed).sorted()
                found.append("\(who): too many \(more), too few \(allowed.subtracting(ids).sorted())")
            }
            return found
        }
    }
}
