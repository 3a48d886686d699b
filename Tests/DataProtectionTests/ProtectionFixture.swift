// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Dossiers
import Feedback
import Foundation
import Identity
import Journal
import Kernel
import Organisation
import Paper
import Payments
import Reporting
import Storage
import Synchronization
import TestSupport
import Testing
import WorkingTime

@testable import DataProtection

/// Every service up to this one, over an empty store, with the sample province and one pack whose retention is verified
/// or not, as the test wants it.
struct ProtectionFixture {
    let store: any Store
    let time = TestClock()
    let log = TransparencyLog(random: .system)
    let jobs = JobQueue(random: .system)
    let organisation: OrganisationService
    let identity: IdentityService
    let payments: PaymentService
    let files: FileStore
    let dossiers: DossierService
    let feedback: FeedbackService
    let reporting: ReportingService
    let service: DataProtectionService
    let post = Post()

    static let procedure = "2.000635"
    static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    static let migrations: [Migration] =
        JournalSchema.migrations + OrganisationMigrations.all + IdentityMigrations.all + CatalogueService.migrations
        + PaymentMigrations.all + DossierMigrations.all + FeedbackMigrations.all + ReportingMigrations.all
        + DataProtectionMigrations.all
    private static let renderer = Result { try PaperRenderer(colourProfile: nil) }

    init(_ store: any Store, folder: String, isVerified: Bool) async throws {
        self.store = store
        let (log, jobs, clock) = (log, jobs, time.clock)
        organisation = OrganisationService(store: store, log: log, clock: clock, random: .system)
        try await organisation.load(SampleProvince(folder: Self.root + "/resources/sample"), by: .system("test"))
        identity = IdentityService(store: store, log: log, organisation: organisation, clock: clock, random: .system)
        let catalogue = CatalogueService(store: store, clock: clock, unverified: .offer)
        try await catalogue.publish(PackSource.pack(atPath: Self.pack(in: folder, isVerified: isVerified)))
        let writer = DossierWriter(
            log: log,
            jobs: jobs,
            pack: { try catalogue.pack(version: $0, in: $1) },
            calendar: { _ in .standard },
            projectors: [ReportingService.projector]
        )
        payments = PaymentService(
            store: store,
            log: log,
            jobs: jobs,
            gateway: PaidGateway(),
            clock: clock,
            random: .system,
            projectors: [
                { obligation, at, transaction in
                    guard let dossier = DossierService.dossier(of: obligation.reference) else { return }
                    try writer.settlement(of: dossier, at: at, in: transaction)
                }
            ]
        )
        files = try FileStore(directory: folder + "/files", random: .system)
        dossiers = DossierService(
            store: store,
            writer: writer,
            catalogue: catalogue,
            organisation: organisation,
            identity: identity,
            payments: payments,
            files: files,
            templates: try FormTemplates(folder: Self.root + "/resources/forms"),
            renderer: try Self.renderer.get(),
            signer: DocumentSigner(require: { _ in }) { pdf, _, _ in pdf },
            settings: DossierSettings(publicURL: "https://mot-cua.example", slipKey: Array(repeating: 7, count: 32)),
            clock: clock,
            random: .system
        )
        feedback = FeedbackService(store: store, log: log, dossiers: dossiers, clock: clock)
        reporting = ReportingService(store: store, log: log, clock: clock)
        service = DataProtectionService(
            store: store,
            log: log,
            jobs: jobs,
            organisation: organisation,
            identity: identity,
            dossiers: dossiers,
            feedback: feedback,
            files: files,
            clock: clock,
            random: .system
        )
    }

    /// The pack of the repository with the word of a person who compared its retention, or without.
    private static func pack(in folder: String, isVerified: Bool) throws -> String {
        let copy = "\(folder)/\(procedure)"
        try FileManager.default.copyItem(atPath: "\(root)/procedures/\(procedure)", toPath: copy)
        let path = "\(copy)/procedure.yaml"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let section = try #require(text.range(of: "\nretention:"))
        let word = try #require(text.range(of: "verified: no", range: section.upperBound..<text.endIndex))
        if isVerified {
            let changed = text.replacingCharacters(in: word, with: "verified: yes")
            try Data(changed.utf8).write(to: URL(fileURLWithPath: path))
        }
        return copy
    }

    // MARK: - People

    func citizen(_ number: Int = 1) async throws -> Actor {
        let claims = VerifiedIdentity(
            subject: "tech-\(number)",
            fullName: "Nguyễn Thị Sao Mai",
            nationalID: try #require(NationalID("08919000" + String(number, paddedTo: 4))),
            birthDate: LocalDate("1990-05-12"),
            sex: "Nữ",
            address: "Ấp Trung, xã An Phú, tỉnh An Giang",
            phone: PhoneNumber("0912345678"),
            email: "mai@mau.example",
            assurance: .two
        )
        return try #require(try await identity.person(behind: identity.signIn(citizen: claims))).actor
    }

    func officer(_ name: String) async throws -> Actor {
        let officer = try #require(try await organisation.officer(loginName: name))
        return .officer(officer, authentication: .password, session: nil, provedAt: time.now)
    }

    // MARK: - Dossiers

    /// A draft with a file, ready to be submitted.
    func draft(by actor: Actor, file text: String) async throws -> DossierDraftID {
        let draft = try await dossiers.beginDraft(of: Self.procedure, by: actor)
        let agency = try #require(AgencyCode("H01.30337"))
        try await dossiers.choose(agency: agency, delivery: .online, of: draft.id, seen: 1, by: actor)
        let pages: [(String, [(String, String)])] = [
            ("requester", [("requesterPhone", "0912 345 678")]),
            ("extract", [("extractKind", "birth"), ("relation", "self"), ("copies", "2")]),
            ("registration", [("registeredAt", "UBND xã An Phú, tỉnh An Giang")]),
        ]
        for (page, answers) in pages {
            let revision = try await dossiers.draft(draft.id, for: actor).draft.revision
            let check = try await dossiers.save(
                page: page,
                of: draft.id,
                typed: FormAnswers(answers),
                seen: revision,
                isFinishing: true,
                by: actor
            )
            #expect(check.isSound, "\(page): \(check.problems)")
        }
        let stored = try await files.store(Array(text.utf8))
        let file = DossierFile(
            id: DossierFileID(.system),
            component: "earlierPaper",
            digest: stored.digest,
            size: stored.size,
            mediaType: "image/jpeg",
            name: "giấy khai sinh.jpg",
            pages: 1,
            addedAt: time.now
        )
        try await dossiers.attach(file, to: .draft(draft.id), by: actor)
        return draft.id
    }

    func submitted(by actor: Actor, file text: String) async throws -> Submission {
        let draft = try await draft(by: actor, file: text)
        return try await dossiers.submit(draft, key: "key-\(draft)", isDeclared: true, by: actor)
    }

    /// A dossier that the applicant took back: over at once.
    func withdrawn(by actor: Actor, file text: String) async throws -> Submission {
        let submission = try await submitted(by: actor, file: text)
        let version = try await dossiers.dossier(submission.code, for: actor).state.version
        try await dossiers.perform(.withdraw(reason: "Nộp nhầm"), on: submission.code, seen: version, by: actor)
        return submission
    }

    /// A dossier on its whole way, rated with words.
    func delivered(to actor: Actor, file text: String) async throws -> Submission {
        let submission = try await submitted(by: actor, file: text)
        let (code, reference) = (submission.code, DossierService.payable(submission.dossier))
        _ = try await payments.begin(reference, returnURL: "https://mot-cua.example", by: actor.stamp)
        let payment = try #require(try await payments.obligation(of: reference)?.payment)
        _ = try await payments.callback(Array(payment.id.rawValue.utf8))
        try await payments.confirm(job: payment.id.rawValue)
        func version() async throws -> Int { try await dossiers.dossier(code, for: actor).state.version }
        func act(_ act: DossierAct, _ name: String) async throws {
            _ = try await dossiers.perform(act, on: code, seen: version(), by: officer(name))
        }
        try await act(.receive, "anphu.motcua")
        let result = FormAnswers([
            ("personName", "NGUYỄN THỊ SAO MAI"), ("personBirthDate", "1990-05-12"), ("personSex", "female"),
            ("personNationality", "Việt Nam"), ("content", "Họ và tên cha: Nguyễn Văn Hai"),
            ("registerOffice", "UBND xã An Phú"), ("registerNumber", "12"), ("registerDate", "1990-06-01"),
        ])
        _ = try await dossiers.draftResult(of: code, typed: result, seen: version(), by: officer("anphu.hotich1"))
        try await act(.advance(to: nil), "anphu.hotich1")
        _ = try await dossiers.approve(code, seen: version(), by: officer("anphu.chutich"))
        try await act(.deliver, "anphu.motcua")
        try await feedback.rate(code, [.overall: .satisfied], comment: "Cô Mai rất tận tình", by: actor)
        return submission
    }

    // MARK: - The worker

    /// Does every waiting job of this service, as the worker does; how many.
    @discardableResult
    func work() async throws -> Int {
        let (now, jobs) = (time.now, jobs)
        let leased = try await store.write { transaction in
            try jobs.lease(
                kinds: DataProtectionService.jobKinds,
                limit: 50,
                now: now,
                forSeconds: 60,
                in: transaction
            )
        }
        for job in leased {
            try await service.perform(job, over: post.ports)
            _ = try await store.write { try jobs.complete(job, in: $0) }
        }
        return leased.count
    }

    func count(_ statement: Statement) async throws -> Int {
        try await store.read { try $0.first(statement)?.get("total") ?? 0 }
    }
}

/// What was sent.
final class Post: Sendable {
    private let sent = Mutex<[String]>([])

    var ports: DataRequestPorts {
        DataRequestPorts(
            mail: { [self] to, subject, body in sent.withLock { $0.append("\(to) \(subject) \(body)") } },
            sms: { [self] to, text, _ in sent.withLock { $0.append("\(to.national) \(text)") } }
        )
    }

    var messages: [String] { sent.withLock { $0 } }
}

/// A gateway whose message is the id of a payment, always paid.
struct PaidGateway: PaymentGateway {
    let name = "paid"

    func create(_ payment: Payment, for obligation: Obligation, returnURL: String) -> String {
        "https://cong.example/\(payment.id.rawValue)"
    }

    func query(_ payment: Payment) -> GatewayVerdict { .paid(providerCode: "GD-\(payment.id.rawValue)") }

    func paymentID(in callback: [UInt8]) throws -> PaymentID {
        guard let id = PaymentID(rawValue: String(decoding: callback, as: UTF8.self)) else {
            throw PaymentError.malformedCallback
        }
        return id
    }

    func verdict(in callback: [UInt8], for payment: Payment) -> GatewayVerdict {
        .paid(providerCode: "GD-\(payment.id.rawValue)")
    }

    func reply(isAccepted: Bool) -> [UInt8] { [] }
}

/// The services over an empty store of this engine and an empty folder.
func withProtection(
    _ engine: Engine,
    isVerified: Bool = true,
    _ body: (ProtectionFixture) async throws -> Void
) async throws {
    try await withTemporaryFolder { folder in
        try await withStore(engine, migrations: ProtectionFixture.migrations) { store in
            try await body(ProtectionFixture(store, folder: folder, isVerified: isVerified))
        }
    }
}
