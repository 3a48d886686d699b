// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
public import Dossiers
import Foundation
import Identity
import Kernel
import Organisation
public import Storage

/// What the worker does: copies, messages, and the end of copies.
extension DataProtectionService {
    /// The kind of jobs that make a copy of a person's data.
    public static let exportJob = "data-export"
    /// The kind of jobs that tell a person that her request has moved.
    public static let noticeJob = "data-request-notice"
    /// The kind of jobs that erase what a report names.
    public static let erasureJob = "retention-erasure"
    /// All kinds of this service.
    public static let jobKinds = [exportJob, noticeJob, erasureJob]

    /// How long a copy is kept for the person to fetch it.
    static let exportKeptDays: Int64 = 7

    private struct Payload: Codable {
        var id: String
    }

    /// One job of a kind for each version of its object.
    func enqueue(_ kind: String, of id: Identifier<some Any>, version: Int, in transaction: Transaction) throws {
        let now = clock.now()
        let payload = String(decoding: try JSONEncoder().encode(Payload(id: id.rawValue)), as: UTF8.self)
        try jobs.enqueue(
            kind: kind,
            payload: payload,
            runAt: now,
            uniqueKey: "\(kind):\(id):\(version)",
            in: transaction
        )
    }

    /// Does one job of this service; a repeated call does no harm.
    ///
    /// - Throws: what the ports throw, `StoreError`, `FileStoreError`, `DataRequestRefusal.notFound`.
    public func perform(_ job: Job, over ports: DataRequestPorts) async throws {
        let payload = try JSONDecoder().decode(Payload.self, from: Data(job.payload.utf8))
        switch job.kind {
        case Self.exportJob:
            guard let id = DataRequestID(rawValue: payload.id) else { throw DataRequestRefusal.notFound }
            try await makeExport(id)
        case Self.noticeJob:
            guard let id = DataRequestID(rawValue: payload.id) else { throw DataRequestRefusal.notFound }
            try await tell(id, reference: job.id.rawValue, over: ports)
        case Self.erasureJob:
            guard let id = RetentionReportID(rawValue: payload.id) else { throw DataRequestRefusal.notFound }
            try await erase(id)
        default: throw DataRequestRefusal.notFound
        }
    }

    /// Takes away copies whose time is over, and the bytes of what was erased.
    /// - Returns: how many copies and files.
    public func tidy() async throws -> Int {
        let now = clock.now()
        let stale = try await store.read { try DataRequestTable.staleExports(before: now, in: $0) }
        for request in stale {
            try await store.write { [dossiers] transaction in
                guard var request = try DataRequestTable.find(request.id, in: transaction),
                    let digest = request.exportDigest
                else { return }
                (request.exportDigest, request.exportSize) = (nil, nil)
                try dossiers.noteErased(digest, in: transaction)
                _ = try DataRequestTable.update(request, ifVersion: request.version, in: transaction)
            }
        }
        return try await stale.count + dossiers.removeErasedFiles()
    }

    // MARK: - Copies

    private func makeExport(_ id: DataRequestID) async throws {
        guard let request = try await store.read({ try DataRequestTable.find(id, in: $0) }), request.state.isOpen,
            let account = try await identity.account(request.account)
        else { return }
        let person = Actor.citizen(request.account, assurance: .two, session: nil)
        let export = try await export(of: account, person)
        let stored = try await files.store(export.archive())
        let (now, until) = (clock.now(), clock.now().adding(days: Self.exportKeptDays))
        let system = Actor.system("data-protection")
        try await store.journalled { [self] transaction in
            guard var request = try DataRequestTable.find(id, in: transaction), request.state.isOpen else {
                // Taken back meanwhile: nobody fetches the copy.
                try dossiers.noteErased(stored.digest, in: transaction)
                return
            }
            (request.state, request.outcome, request.answeredAt) = (.answered, .granted, now)
            request.answer = "Bản sao dữ liệu đã lập. Tải về trước \(until.vietnamese)."
            (request.exportDigest, request.exportSize, request.exportUntil) = (stored.digest, stored.size, until)
            request.version += 1
            _ = try DataRequestTable.update(request, ifVersion: request.version - 1, in: transaction)
            try append("answered", request, by: system, in: transaction)
            try enqueue(Self.noticeJob, of: id, version: request.version, in: transaction)
        }
    }

    private func export(of account: Account, _ person: Actor) async throws -> DataExport {
        let claims = account.identity
        let everybody = try await organisation.snapshot()
        let accesses = try await dossiers.accesses(toDataOf: person, after: nil, limit: 100).items
        return DataExport(
            madeAt: clock.now(),
            person: DataExport.Person(
                fullName: claims.fullName,
                nationalID: claims.nationalID.digits,
                birthDate: claims.birthDate,
                sex: claims.sex,
                address: claims.address,
                phone: claims.phone?.national,
                email: claims.email,
                accountCreatedAt: account.createdAt
            ),
            drafts: try await dossiers.drafts(of: person).map(\.procedureName),
            dossiers: try await dossiers.ownDossiers(of: person).map { exported($0) },
            accesses: accesses.map { told in
                DataExport.Access(
                    at: told.record.at,
                    who: [
                        told.record.role?.vietnamese ?? "Cán bộ", everybody.unit(told.record.unit)?.name,
                        everybody.agency(told.record.agency)?.name,
                    ].compactMap(\.self).joined(separator: " · "),
                    dossier: told.code?.text,
                    part: told.record.part.vietnamese,
                    purpose: told.record.reason.purpose.vietnamese,
                    words: told.record.reason.words
                )
            },
            requests: try await requests(of: person).map { request in
                DataExport.Request(
                    filedAt: request.filedAt,
                    kind: request.kind.vietnamese,
                    words: request.words,
                    state: request.state.vietnamese,
                    answer: request.answer
                )
            },
            authorities: try await identity.representations(of: account.id).map { one in
                DataExport.Authority(
                    name: one.name,
                    number: one.number,
                    validFrom: one.validFrom,
                    validTo: one.validTo,
                    paper: DataExport.ExportedFile(
                        name: one.paper.name,
                        sha256: one.paper.digest.hex,
                        bytes: one.paper.size
                    ),
                    statedAt: one.createdAt,
                    revokedAt: one.revokedAt
                )
            }
        )
    }

    private func exported(_ view: DossierView) -> DataExport.ExportedDossier {
        let lines = view.pack.form?.lines(view.shown.answers) ?? []
        return DataExport.ExportedDossier(
            code: view.state.code.text,
            procedure: view.pack.name,
            agency: view.agency.name,
            status: view.state.status.vietnamese,
            legalBasis: "Xử lý để giải quyết thủ tục hành chính \(view.pack.code).",
            keptUntil: dossiers.keptUntil(view.state, by: view.pack).vietnamese,
            answers: lines.compactMap { line in
                view.shown.answers[line.field.id].map { DataExport.Line(label: line.label, value: line.value ?? $0) }
            },
            files: view.files.map { DataExport.ExportedFile(name: $0.name, sha256: $0.digest.hex, bytes: $0.size) },
            events: view.timeline.filter(\.event.isToldToApplicant).map { entry in
                DataExport.Event(at: entry.at, what: entry.event.vietnamese, note: entry.note?.reason)
            }
        )
    }

    // MARK: - Messages

    /// Says that a request has moved and where to read it: no name and nothing of the answer goes over the wire.
    private func tell(_ id: DataRequestID, reference: String, over ports: DataRequestPorts) async throws {
        guard let request = try await store.read({ try DataRequestTable.find(id, in: $0) }),
            let account = try await identity.account(request.account)
        else { return }
        let what = "Yêu cầu về dữ liệu cá nhân gửi ngày \(request.filedAt.date.vietnamese)"
        let text =
            "\(what): \(request.state.vietnamese.lowercased()). Đăng nhập, mở mục Dữ liệu của tôi để đọc. Hỗ trợ: 1022"
        if let email = account.identity.email { try await ports.mail(email, what, text + "\n") }
        if let phone = account.identity.phone { try await ports.sms(phone, text, reference) }
    }
}
