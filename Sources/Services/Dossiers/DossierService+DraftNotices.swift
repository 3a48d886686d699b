// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Identity
import Kernel
import Paper
import Storage

/// Drafts that nobody has touched for long: their owners are told before they are deleted.
extension DossierService {
    /// Queues a message for each draft that ends within a week and was not announced yet; called by the worker.
    ///
    /// - Returns: how many drafts were announced.
    public func announceEndingDrafts() async throws -> Int {
        let now = clock.now()
        return try await store.write { [writer] transaction in
            let ending = try DraftTable.ending(
                after: now,
                before: now.adding(days: DraftNotice.daysBefore),
                limit: DraftNotice.sweepLimit,
                in: transaction
            )
            for draft in ending {
                try DraftTable.noteAnnouncement(of: draft.id, at: now, in: transaction)
                let end = draft.expiresAt.microseconds
                for way in DossierNotice.Way.allCases {
                    try writer.jobs.enqueue(
                        kind: DraftNotice.jobKind,
                        payload: try JSONText.encode(DraftNotice.Payload(draft: draft.id, expiresAt: end, way: way)),
                        runAt: now,
                        uniqueKey: "draft-notice:\(draft.id):\(end):\(way.rawValue)",
                        in: transaction
                    )
                }
            }
            return ending.count
        }
    }

    /// Sends one queued message: called by the worker for a job of kind `DraftNotice.jobKind`.
    ///
    /// Nothing is sent for a draft that was submitted, changed or deleted since.
    /// - Throws: what the ports throw, `PaperError`, `StoreError`.
    public func send(draftNoticeJob payload: String, reference: String, over ports: NoticePorts) async throws {
        let job = try JSONText.decode(DraftNotice.Payload.self, from: payload)
        let now = clock.now()
        let found = try await store.read { [identity] transaction -> (DossierDraft, AccountID?)? in
            guard let draft = try DraftTable.find(job.draft, in: transaction) else { return nil }
            return (draft, try identity.filer(of: draft.applicant.rawValue, in: transaction))
        }
        guard let (draft, filer) = found, draft.dossier == nil, draft.expiresAt.microseconds == job.expiresAt,
            now < draft.expiresAt,
            let account = filer, let person = try await identity.account(account)?.identity
        else { return }
        let values: FormValues = [
            "recipientName": .text(person.fullName),
            "procedureName": .text(catalogue.entry(draft.procedure, on: now.date)?.name ?? draft.procedure),
            "expiresOn": .text(draft.expiresAt.date.vietnamese),
            "expiresAt": .text(draft.expiresAt.onSlip),
            "pageURL": .text("\(settings.publicURL)/tai-khoan"),
            "contactPhone": .text("1022"),
        ]
        let notice = FormTemplates.HouseNotice.draftEnds
        if job.way == .mail, let email = person.email {
            let letter = try templates.letter(notice.letter, values: values)
            try await ports.mail(email, letter.subject, letter.body)
        }
        if job.way == .sms, let phone = person.phone {
            try await ports.sms(phone, try templates.text(notice.message, values: values), reference)
        }
    }
}
