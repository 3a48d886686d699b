// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Identity
import Journal
import Kernel
import Organisation
import Paper
import Payments
import Storage
import Synchronization
import TestSupport
import Testing
import WorkingTime

@testable import Dossiers

/// Every service that a dossier needs, over an empty store, with the sample province and the pack 2.000635 in it.
struct DossiersFixture {
    let store: any Store
    let time = TestClock()
    let log = TransparencyLog(random: .system)
    let organisation: OrganisationService
    let identity: IdentityService
    let payments: PaymentService
    let catalogue: CatalogueService
    let writer: DossierWriter
    let files: FileStore
    let service: DossierService
    let signer = ProbeSigner()
    let trap = Trap()

    static let procedure = "2.000635"
    static let permit = "1.013225"
    static let certifiedCopies = "2.000815"
    static let migrations =
        JournalSchema.migrations + OrganisationMigrations.all + IdentityMigrations.all + CatalogueService.migrations
        + PaymentMigrations.all + DossierMigrations.all
    static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    /// Fonts are read once.
    private static let renderer = Result { try PaperRenderer() }

    let anPhu: AgencyCode

    init(_ store: any Store, folder: String, clerkIssues: Bool = false) async throws {
        self.store = store
        anPhu = try #require(AgencyCode("H01.30337"))
        let (log, clock, trap) = (log, time.clock, trap)
        let succession = DossierSuccession(log: log, projectors: [{ _, _ in try trap.spring() }])
        organisation = OrganisationService(
            store: store,
            log: log,
            clock: clock,
            random: .system,
            projectors: [IdentityService.projector, succession.projector],
            counters: [succession.inFlight, IdentityService.inFlight]
        )
        try await organisation.load(SampleProvince(folder: Self.root + "/resources/sample"), by: .system("test"))
        identity = IdentityService(store: store, log: log, organisation: organisation, clock: clock, random: .system)
        catalogue = CatalogueService(store: store, clock: clock, unverified: .offer)
        let catalogue = catalogue
        for code in [Self.procedure, Self.permit, Self.certifiedCopies] {
            try await catalogue.publish(PackSource.pack(atPath: "\(Self.root)/procedures/\(code)"))
        }
        _ = try await organisation.snapshot()
        let agencies = organisation
        let writer = DossierWriter(
            log: log,
            jobs: JobQueue(random: .system),
            pack: { try catalogue.pack(version: $0, in: $1) },
            calendar: { agencies.lastSnapshot?.calendar(of: $0) ?? .standard },
            keptCalendar: { agencies.lastSnapshot?.calendar(version: $0) },
            consultable: { rule, agency in
                agencies.lastSnapshot?.parties(of: rule, asking: agency, on: clock.today) ?? []
            },
            naming: { agencies.lastSnapshot?.name(of: $0, unit: $1) ?? $0.text },
            administers: { agencies.lastSnapshot?.isAgency($1, atOrBelow: $0) ?? false },
            staffing: { agencies.lastSnapshot?.colleagues(of: $0, on: clock.today) ?? [] },
            clerkIssues: { _ in clerkIssues },
            projectors: [{ _, _ in try trap.spring() }]
        )
        payments = PaymentService(
            store: store,
            log: log,
            jobs: JobQueue(random: .system),
            gateway: StubGateway(),
            clock: clock,
            random: .system,
            projectors: [
                { obligation, at, transaction in
                    guard let dossier = DossierService.dossier(of: obligation.reference) else { return }
                    try writer.settlement(of: dossier, at: at, in: transaction)
                }
            ]
        )
        self.writer = writer
        files = try FileStore(directory: folder + "/files", random: .system)
        service = DossierService(
            store: store,
            writer: writer,
            catalogue: catalogue,
            organisation: organisation,
            identity: identity,
            payments: payments,
            files: files,
            templates: try FormTemplates(folder: Self.root + "/resources/forms"),
            renderer: try Self.renderer.get(),
            signer: signer.port,
            settings: DossierSettings(publicURL: "https://mot-cua.example", slipKey: Array(repeating: 7, count: 32)),
            clock: clock,
            random: .system
        )
    }

    // MARK: - People

    /// A citizen who has just signed in; each number is another person.
    func citizen(_ number: Int = 1, assurance: AssuranceLevel = .two) async throws -> Actor {
        let claims = VerifiedIdentity(
            subject: "tech-\(number)",
            fullName: "Nguyễn Thị Sao Mai",
            nationalID: try #require(NationalID("08919000" + String(number, paddedTo: 4))),
            birthDate: LocalDate("1990-05-12"),
            sex: "Nữ",
            address: "Ấp Trung, xã An Phú, tỉnh An Giang",
            phone: PhoneNumber("0912345678"),
            email: "mai@mau.example",
            assurance: assurance
        )
        return try #require(try await identity.person(behind: identity.signIn(citizen: claims))).actor
    }

    /// An officer of the sample province, with the roles of this moment.
    func officer(_ name: String) async throws -> Actor {
        let officer = try #require(try await organisation.officer(loginName: name))
        let snapshot = try await organisation.snapshot()
        return .officer(
            officer,
            authentication: .password,
            session: nil,
            provedAt: time.now,
            predecessors: snapshot.predecessors(of: officer.agency),
            standIns: snapshot.standIns(of: officer, on: time.now.date)
        )
    }

    /// Somebody stands in for somebody from today for so many days.
    @discardableResult
    func standIn(_ substitute: String, for officer: String, as role: Role, days: Int = 3) async throws -> Substitution {
        let new = NewSubstitution(
            officer: try #require(OfficerID(rawValue: officer)),
            substitute: try #require(OfficerID(rawValue: substitute)),
            role: role,
            firstDay: time.now.date,
            lastDay: time.now.date.adding(days: days - 1),
            reason: "Nghỉ phép"
        )
        return try await organisation.nameSubstitute(new, by: .system("test"), canSign: service.canSign)
    }

    // MARK: - The way of a dossier

    /// A draft with everything in it that a submission needs; its fee is 16,000 đ.
    ///
    /// The address is typed where the state does not know it.
    func filledDraft(by actor: Actor, at agency: AgencyCode? = nil, address: String? = nil) async throws
        -> DossierDraftID
    {
        let draft = try await service.beginDraft(of: Self.procedure, by: actor)
        try await service.choose(agency: agency ?? anPhu, delivery: .online, of: draft.id, seen: 1, by: actor)
        for (page, answers) in Self.pages {
            let revision = try await service.draft(draft.id, for: actor).draft.revision
            let check = try await service.save(
                page: page,
                of: draft.id,
                typed: FormAnswers(answers + (address.map { [("requesterAddress", $0)] } ?? [])),
                seen: revision,
                isFinishing: true,
                by: actor
            )
            #expect(check.isSound, "\(page): \(check.problems)")
        }
        return draft.id
    }

    static let pages: [(String, [(String, String)])] = [
        ("requester", [("requesterPhone", "0912 345 678")]),
        ("extract", [("extractKind", "birth"), ("relation", "self"), ("copies", "2")]),
        ("registration", [("registeredAt", "UBND xã An Phú, tỉnh An Giang")]),
    ]

    /// A file whose bytes are on disk.
    func file(_ text: String, for component: String = "earlierPaper") async throws -> DossierFile {
        let stored = try await files.store(Array(text.utf8))
        return DossierFile(
            id: DossierFileID(.system),
            component: component,
            digest: stored.digest,
            size: stored.size,
            mediaType: "image/jpeg",
            name: "\(text).jpg",
            pages: 1,
            addedAt: time.now
        )
    }

    func submitted(by actor: Actor, at agency: AgencyCode? = nil, address: String? = nil) async throws -> Submission {
        let draft = try await filledDraft(by: actor, at: agency, address: address)
        return try await service.submit(draft, key: "key-\(draft)", isDeclared: true, by: actor)
    }

    /// Pays: the gateway's message, and its answer to our question; the state of the attempt.
    @discardableResult
    func pay(_ submission: Submission, by actor: Actor) async throws -> PaymentState? {
        let reference = DossierService.payable(submission.dossier)
        _ = try await payments.begin(reference, returnURL: "https://mot-cua.example", by: actor.stamp)
        let payment = try #require(try await payments.obligation(of: reference)?.payment)
        try await hear(of: payment)
        return try await payments.obligation(of: reference)?.payment?.state
    }

    /// A message of the gateway, and the question that follows from it.
    func hear(of payment: Payment) async throws {
        _ = try await payments.callback(Array(payment.id.rawValue.utf8))
        try await payments.confirm(job: payment.id.rawValue)
    }

    /// A dossier that was paid and taken in.
    func received(by actor: Actor) async throws -> Submission {
        let submission = try await submitted(by: actor)
        try await pay(submission, by: actor)
        try await act(.receive, on: submission.code, by: "anphu.motcua")
        return submission
    }

    /// A dossier that waits for its signature, drafted by `anphu.hotich1`.
    func awaitingSignature(by actor: Actor) async throws -> Submission {
        let submission = try await received(by: actor)
        let check = try await service.draftResult(
            of: submission.code,
            typed: Self.result,
            seen: state(submission.code).version,
            by: officer("anphu.hotich1")
        )
        #expect(check.isSound, "\(check.problems)")
        try await act(.advance(to: nil), on: submission.code, by: "anphu.hotich1")
        return submission
    }

    static let result = FormAnswers([
        ("personName", "NGUYỄN THỊ SAO MAI"), ("personBirthDate", "1990-05-12"), ("personSex", "female"),
        ("personNationality", "Việt Nam"), ("content", "Họ và tên cha: Nguyễn Văn Hai"),
        ("registerOffice", "UBND xã An Phú"), ("registerNumber", "12"), ("registerDate", "1990-06-01"),
    ])

    /// An act on the newest version.
    @discardableResult
    func act(_ act: DossierAct, on code: DossierCode, by officer: String) async throws -> DossierState {
        try await service.perform(act, on: code, seen: state(code).version, by: self.officer(officer))
    }

    func approve(_ code: DossierCode, by officer: String) async throws -> DossierState {
        try await service.approve(code, seen: state(code).version, by: self.officer(officer))
    }

    func state(_ code: DossierCode) async throws -> DossierState {
        try #require(try await store.read { try DossierTable.find(code, in: $0) })
    }

    func count(_ statement: Statement) async throws -> Int {
        try await store.read { try $0.first(statement)?.get("total") ?? 0 }
    }

    /// Rows equal events, files equal digests, the tree is whole.
    func expectNoFault(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let faults = try await DossierCheck.faults(store: store, log: log, files: files)
        #expect(faults.isEmpty, sourceLocation: sourceLocation)
        #expect(try await log.verify(store).fault == nil, sourceLocation: sourceLocation)
    }
}

/// A gateway whose message is the id of a payment, always paid: the wire is tested in `PaymentsTests`.
struct StubGateway: PaymentGateway {
    let name = "stub"

    func create(_ payment: Payment, for obligation: Obligation, returnURL: String) -> String {
        "https://cong.example/\(payment.id.rawValue)"
    }

    func query(_ payment: Payment) -> GatewayVerdict { paid(payment) }

    func paymentID(in callback: [UInt8]) throws -> PaymentID {
        guard let id = PaymentID(rawValue: String(decoding: callback, as: UTF8.self)) else {
            throw PaymentError.malformedCallback
        }
        return id
    }

    func verdict(in callback: [UInt8], for payment: Payment) -> GatewayVerdict { paid(payment) }

    private func paid(_ payment: Payment) -> GatewayVerdict { .paid(providerCode: "GD-\(payment.id.rawValue)") }

    func reply(isAccepted: Bool) -> [UInt8] { [] }
}

/// Puts a mark at the end of the file, and fails when it is told to.
final class ProbeSigner: Sendable {
    struct KeyLocked: Error {}

    /// What a real signer says of a certificate that is out of its time.
    struct OutOfTime: Presentable {
        let code = "certificate-expired"
        let status = 409
        let publicDetail: String? = "Chứng thư số đã hết hiệu lực."
    }

    private struct State {
        var isLocked = false
        var outOfTime: Set<OfficerID> = []
        var meanwhile: (@Sendable () async throws -> Void)?
        var signed: [(officer: OfficerID, reason: String, bytes: Int)] = []
    }

    private let state = Mutex(State())
    static let mark = Array("\n% signed by the test\n".utf8)

    var port: DocumentSigner {
        DocumentSigner(require: { [self] officer in
            if state.withLock({ $0.outOfTime.contains(officer) }) { throw OutOfTime() }
        }) { [self] pdf, officer, reason in
            try await state.withLock { $0.meanwhile }?()
            try state.withLock { state in
                if state.isLocked { throw KeyLocked() }
                state.signed.append((officer, reason, pdf.count))
            }
            return pdf + Self.mark
        }
    }

    var signed: [(officer: OfficerID, reason: String, bytes: Int)] { state.withLock { $0.signed } }

    /// From now on the certificates of these officers are out of their time.
    func outOfTime(_ officers: Set<OfficerID>) { state.withLock { $0.outOfTime = officers } }

    /// What somebody else does while a paper is at the signer.
    func meanwhile(_ act: (@Sendable () async throws -> Void)?) { state.withLock { $0.meanwhile = act } }

    func lock(_ isLocked: Bool) { state.withLock { $0.isLocked = isLocked } }
}

/// A fault in the middle of a transaction, when it is set.
final class Trap: Sendable {
    struct Sprung: Error {}

    private let isSet = Mutex(false)

    func set(_ value: Bool) { isSet.withLock { $0 = value } }

    func spring() throws { if isSet.withLock({ $0 }) { throw Sprung() } }
}

/// The services over an empty store of this engine and an empty folder.
func withDossiers(
    _ engine: Engine,
    clerkIssues: Bool = false,
    _ body: (DossiersFixture) async throws -> Void
) async throws {
    try await withTemporaryFolder { folder in
        try await withStore(engine, migrations: DossiersFixture.migrations) { store in
            try await body(DossiersFixture(store, folder: folder, clerkIssues: clerkIssues))
        }
    }
}
