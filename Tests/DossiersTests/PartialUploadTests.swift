// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Identity
import Kernel
import Storage
import TestSupport
import Testing

@testable import Dossiers

/// Uploads in pieces, and files for a supplement.
@Suite struct PartialUploadTests {
    private static let paper = "earlierPaper"

    private func begin(
        _ fixture: DossiersFixture,
        _ place: FilePlace,
        by actor: Actor,
        length: Int64 = 10
    ) async throws -> PartialUpload {
        try await fixture.service.beginUpload(
            to: place,
            for: Self.paper,
            name: "trang 1.jpg",
            length: length,
            announced: Digest(of: "x"),
            by: actor
        )
    }

    @Test(arguments: TestStores.all)
    func `an upload is its owner's, is noted, and becomes one file once`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let service = fixture.service
            let (mai, duc) = (try await fixture.citizen(), try await fixture.citizen(2))
            let place = FilePlace.draft(try await fixture.filledDraft(by: mai))
            let upload = try await begin(fixture, place, by: mai)
            #expect(try await service.upload(upload.id, for: mai) == upload)
            await #expect(throws: PartialUploadError.notFound) { try await service.upload(upload.id, for: duc) }
            await #expect(throws: PartialUploadError.notFound) { try await service.discardUpload(upload.id, by: duc) }
            await #expect(throws: DossierRefusal.draftGone) { try await begin(fixture, place, by: duc) }
            try await service.noteArrival(of: upload, upTo: 6)
            // A slow answer of an earlier piece takes nothing back.
            try await service.noteArrival(of: upload, upTo: 4)
            let half = try await service.upload(upload.id, for: mai)
            #expect(half.offset == 6 && !half.isDone)
            #expect(try await service.papers(at: place, for: mai).unfinished == [half])
            let file = try await fixture.file("trang 1")
            await #expect(throws: PartialUploadError.notFound) { try await service.finish(half, as: file, by: duc) }
            try await service.finish(half, as: file, by: mai)
            try await service.finish(half, as: fixture.file("trang 1, lần nữa"), by: mai)
            let view = try await service.papers(at: place, for: mai)
            #expect(view.files == [file] && view.unfinished.isEmpty)
            let done = try await service.upload(upload.id, for: mai)
            #expect(done.isDone && done.offset == done.length)
            try await service.noteArrival(of: upload, upTo: 7)
            #expect(try await service.upload(upload.id, for: mai).offset == 10)
            await #expect(throws: FileStoreError.unfinishedMissing) { try await fixture.files.lockPartial(upload.id) }
            // Thrown away after the end, the file stays.
            try await service.discardUpload(upload.id, by: mai)
            try await service.discardUpload(upload.id, by: mai)
            #expect(try await service.papers(at: place, for: mai).files == [file])
        }
    }

    @Test(arguments: TestStores.all)
    func `how much one person may have on its way`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let service = fixture.service
            let (mai, duc) = (try await fixture.citizen(), try await fixture.citizen(2))
            let draft = try await fixture.filledDraft(by: mai)
            let place = FilePlace.draft(draft)
            await #expect(throws: DossierRefusal.notFound) {
                try await service.beginUpload(
                    to: place,
                    for: "noSuchPaper",
                    name: "",
                    length: 1,
                    announced: nil,
                    by: mai
                )
            }
            let limits = DossierLimits.standard
            await #expect(throws: DossierRefusal.dossierTooLarge(limitBytes: limits.totalBytes)) {
                try await begin(fixture, place, by: mai, length: limits.totalBytes + 1)
            }
            var uploads: [PartialUpload] = []
            for _ in 0..<PartialUpload.countLimit { uploads.append(try await begin(fixture, place, by: mai)) }
            await #expect(throws: PartialUploadError.tooMany(limit: PartialUpload.countLimit)) {
                try await begin(fixture, place, by: mai)
            }
            // Neither the finished nor those of others count.
            try await service.finish(uploads[0], as: fixture.file("a"), by: mai)
            _ = try await begin(fixture, place, by: mai)
            let other = FilePlace.draft(try await fixture.filledDraft(by: duc))
            _ = try await begin(fixture, other, by: duc, length: limits.totalBytes - 10)
            await #expect(throws: PartialUploadError.tooMany(limit: 1)) {
                try await begin(fixture, other, by: duc, length: 11)
            }
            _ = try await begin(fixture, other, by: duc, length: 10)
            // What was refused left no bytes behind.
            #expect(try await fixture.files.partials(before: Instant(microseconds: .max)).count == 22)
        }
    }

    @Test(arguments: TestStores.all)
    func `what waits too long is swept away`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let service = fixture.service
            let mai = try await fixture.citizen()
            let place = FilePlace.draft(try await fixture.filledDraft(by: mai))
            let (old, young) = (try await begin(fixture, place, by: mai), try await begin(fixture, place, by: mai))
            let orphan = PartialFileID(.system)
            try await fixture.files.beginPartial(orphan)
            fixture.time.advance(seconds: PartialUpload.lifetimeSeconds - 1)
            #expect(try await service.upload(old.id, for: mai) == old)
            try await service.noteArrival(of: young, upTo: 3)
            fixture.time.advance(seconds: 1)
            await #expect(throws: PartialUploadError.expired) { try await service.upload(old.id, for: mai) }
            #expect(try await service.papers(at: place, for: mai).unfinished.map(\.id) == [young.id])
            // The disk has a clock of its own, behind which the test's may lie.
            fixture.time.advance(seconds: max(0, Clock.system.now().seconds(since: fixture.time.now)) + 3_700)
            try await service.noteArrival(of: young, upTo: 4)
            #expect(try await service.removeEndedUploads() == 2)
            #expect(try await fixture.files.partials(before: Instant(microseconds: .max)) == [young.id])
            #expect(try await fixture.count("SELECT COUNT(*) AS total FROM partial_upload") == 1)
            #expect(try await service.removeEndedUploads() == 0)
        }
    }

    @Test(arguments: TestStores.all)
    func `nothing arrives where nothing is open any more`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let service = fixture.service
            let mai = try await fixture.citizen()
            let id = try await fixture.filledDraft(by: mai)
            try await service.attach(fixture.file("a"), to: .draft(id), by: mai)
            let upload = try await begin(fixture, .draft(id), by: mai)
            let code = try await service.submit(id, key: "k", isDeclared: true, by: mai).code
            await #expect(throws: DossierRefusal.draftSubmitted(code)) { try await service.upload(upload.id, for: mai) }
            let late = try await fixture.file("b")
            await #expect(throws: DossierRefusal.draftSubmitted(code)) {
                try await service.finish(upload, as: late, by: mai)
            }
            #expect(try await service.dossier(code, for: mai).files.count == 1)
            // A draft that is thrown away takes its uploads along.
            let other = try await fixture.filledDraft(by: mai)
            let lost = try await begin(fixture, .draft(other), by: mai)
            try await service.discard(other, by: mai)
            await #expect(throws: PartialUploadError.notFound) { try await service.upload(lost.id, for: mai) }
        }
    }

    @Test(arguments: TestStores.all)
    func `a supplement takes files as a draft does`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let service = fixture.service
            let (mai, duc) = (try await fixture.citizen(), try await fixture.citizen(2))
            let id = try await fixture.filledDraft(by: mai)
            let first = try await fixture.file("mờ")
            let letter = try await fixture.file("giấy ủy quyền", for: "authorisation")
            for file in [first, letter] { try await service.attach(file, to: .draft(id), by: mai) }
            let submission = try await service.submit(id, key: "k", isDeclared: true, by: mai)
            let place = FilePlace.supplement(submission.code)
            await #expect(throws: DossierRefusal.self) { try await service.papers(at: place, for: mai) }
            try await fixture.pay(submission, by: mai)
            let item = SupplementItem(target: Self.paper, text: "Ảnh mờ")
            try await fixture.act(
                .requestSupplement(reason: "Ảnh mờ", items: [item]),
                on: submission.code,
                by: "anphu.motcua"
            )
            await #expect(throws: DossierRefusal.notFound) { try await service.papers(at: place, for: duc) }
            let pages = [try await fixture.file("trang 1"), try await fixture.file("trang 2")]
            for page in pages { try await service.attach(page, to: place, by: mai) }
            try await service.raise(pages[1].id, of: place, by: mai)
            let view = try await service.papers(at: place, for: mai)
            #expect(view.photos(of: Self.paper).map(\.id) == [pages[1].id, pages[0].id])
            #expect(view.papers.map(\.id) == [Self.paper] && view.counted.count == 4)
            // What was filed already is not to be changed here.
            for filed in [first.id, letter.id] {
                try await service.detach(filed, from: place, by: mai)
                await #expect(throws: DossierRefusal.notFound) { try await service.raise(filed, of: place, by: mai) }
            }
            #expect(try await service.dossier(submission.code, for: mai).currentFiles.count == 2)
            var joined = try await fixture.file("hai trang")
            joined.mediaType = "application/pdf"
            await #expect(throws: DossierRefusal.draftChangedMeanwhile) {
                try await service.join([pages[0].id], into: joined, of: place, by: mai)
            }
            try await service.join(pages.map(\.id), into: joined, of: place, by: mai)
            // A filed paper stands for another one too.
            try await service.reuse(letter.id, for: Self.paper, of: place, by: mai)
            await #expect(throws: DossierRefusal.notFound) {
                try await service.reuse(first.id, for: "authorisation", of: place, by: mai)
            }
            let upload = try await begin(fixture, place, by: mai)
            try await service.finish(upload, as: fixture.file("trang 3"), by: mai)
            #expect(try await service.papers(at: place, for: mai).files.count == 3)
            let version = try await fixture.state(submission.code).version
            try await service.answerSupplement(of: submission.code, seen: version, by: mai)
            let names = try await service.dossier(submission.code, for: mai).currentFiles.map(\.name)
            #expect(Set(names) == ["giấy ủy quyền.jpg", "hai trang.jpg", "trang 3.jpg"])
            await #expect(throws: DossierRefusal.self) { try await service.attach(first, to: place, by: mai) }
            try await fixture.expectNoFault()
        }
    }
}
