// SPDX-License-Identifier: Apache-2.0

import Kernel
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Dossiers

/// A draft is kept for 90 days; a week before the end its owner is told, once.
@Suite struct DraftNoticeTests {
    private static let day: Int64 = 86_400

    /// The messages that the jobs bring, by way.
    private final class Post: Sendable {
        let sent = Mutex<[String]>([])

        var ports: NoticePorts {
            NoticePorts(
                mail: { to, subject, body in self.sent.withLock { $0.append("mail \(to)\n\(subject)\n\(body)") } },
                sms: { to, text, reference in
                    self.sent.withLock { $0.append("sms \(to.national)\n\(text)\n\(reference)") }
                }
            )
        }
    }

    private func deliver(_ fixture: DossiersFixture, to post: Post) async throws {
        let jobs = JobQueue(random: .system)
        let now = fixture.time.now
        let leased = try await fixture.store.write {
            try jobs.lease(kinds: [DraftNotice.jobKind], limit: 100, now: now, forSeconds: 60, in: $0)
        }
        for job in leased {
            try await fixture.service.send(draftNoticeJob: job.payload, reference: job.id.rawValue, over: post.ports)
            _ = try await fixture.store.write { try jobs.complete(job, in: $0) }
        }
    }

    @Test(arguments: TestStores.all)
    func `told once, a week before, and gone after 90 days`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let (service, post) = (fixture.service, Post())
            let mai = try await fixture.citizen()
            let draft = try await service.beginDraft(of: DossiersFixture.procedure, by: mai)
            fixture.time.advance(seconds: 83 * Self.day)
            #expect(try await service.announceEndingDrafts() == 0)
            #expect(DossierDraft.daysLeft(until: draft.expiresAt, at: fixture.time.now) == nil)
            fixture.time.advance(seconds: 1)
            #expect(DossierDraft.daysLeft(until: draft.expiresAt, at: fixture.time.now) == 7)
            #expect(try await service.announceEndingDrafts() == 1)
            #expect(try await service.announceEndingDrafts() == 0)
            try await deliver(fixture, to: post)
            let sent = post.sent.withLock { $0 }.sorted()
            #expect(sent.count == 2)
            let day = draft.expiresAt.date.vietnamese
            let mail = try #require(sent.first)
            #expect(mail.hasPrefix("mail mai@mau.example\nBản nháp hồ sơ được giữ đến \(day)\n"))
            #expect(mail.contains("https://mot-cua.example/tai-khoan"))
            #expect(!mail.contains(draft.id.rawValue) && !mail.contains("0912345678"))
            let message = try #require(sent.last)
            #expect(message.hasPrefix("sms 0912345678\nBản nháp hồ sơ chưa nộp được giữ đến \(day)"))
            #expect(!message.contains("Sao Mai") && !message.contains(draft.id.rawValue))
            fixture.time.advance(seconds: 7 * Self.day - 2)
            #expect(DossierDraft.daysLeft(until: draft.expiresAt, at: fixture.time.now) == 0)
            #expect(try await service.removeExpiredDrafts() == 0)
            #expect(try await service.drafts(of: mai).map(\.id) == [draft.id])
            fixture.time.advance(seconds: 2)
            #expect(try await service.removeExpiredDrafts() == 1)
            #expect(try await service.announceEndingDrafts() == 0)
        }
    }

    @Test(arguments: TestStores.all)
    func `a change gives 90 days more and another notice`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let (service, post) = (fixture.service, Post())
            let mai = try await fixture.citizen()
            let id = try await fixture.filledDraft(by: mai)
            fixture.time.advance(seconds: 84 * Self.day)
            #expect(try await service.announceEndingDrafts() == 1)
            // Changed before the message went out: it would tell a day that is no longer true.
            try await service.attach(fixture.file("a"), to: .draft(id), by: mai)
            try await deliver(fixture, to: post)
            #expect(post.sent.withLock { $0 }.isEmpty)
            fixture.time.advance(seconds: 84 * Self.day)
            #expect(try await service.announceEndingDrafts() == 1)
            try await deliver(fixture, to: post)
            #expect(post.sent.withLock { $0 }.count == 2)
            // What was submitted is no draft any more.
            _ = try await service.submit(id, key: "k", isDeclared: true, by: mai)
            fixture.time.advance(seconds: 84 * Self.day)
            #expect(try await service.announceEndingDrafts() == 0)
        }
    }
}
