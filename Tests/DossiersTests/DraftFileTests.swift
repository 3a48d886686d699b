// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Identity
import Kernel
import Storage
import TestSupport
import Testing

@testable import Dossiers

/// Photos joined to one file, and one file for two papers.
@Suite struct DraftFileTests {
    /// What photos were joined to, its bytes on disk.
    private func paper(_ fixture: DossiersFixture, size: Int64? = nil) async throws -> DossierFile {
        var file = try await fixture.file("một tệp")
        file.mediaType = "application/pdf"
        file.name = "Giấy tờ hộ tịch.pdf"
        file.pages = 2
        file.size = size ?? file.size
        return file
    }

    @Test(arguments: TestStores.all)
    func `a file of a type that the paper does not take is refused and nothing is kept`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let service = fixture.service
            let mai = try await fixture.citizen()
            let id = try await service.beginDraft(of: DossiersFixture.permit, by: mai).id
            let words = "Bản vẽ thiết kế xây dựng: tệp phải là PDF"
            let refusal = DossierRefusal.wrongFileType(component: "drawings", words: words)
            #expect(refusal.publicDetail == words && refusal.field == "drawings" && refusal.status == 422)
            let photo = try await fixture.file("bản vẽ", for: "drawings")
            await #expect(throws: refusal) { try await service.attach(photo, to: .draft(id), by: mai) }
            var drawing = try await fixture.file("bản vẽ 2", for: "drawings")
            drawing.mediaType = "application/pdf"
            try await service.attach(drawing, to: .draft(id), by: mai)
            // What stands for one paper does not stand for another that takes no photos.
            let land = try await fixture.file("giấy tờ đất", for: "landPaper")
            try await service.attach(land, to: .draft(id), by: mai)
            await #expect(throws: refusal) {
                try await service.reuse(land.id, for: "drawings", of: .draft(id), by: mai)
            }
            #expect(try await Set(service.draft(id, for: mai).files.map(\.id)) == [drawing.id, land.id])
        }
    }

    @Test(arguments: TestStores.all)
    func `photos of one paper become one file, all or none`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let service = fixture.service
            let (mai, duc) = (try await fixture.citizen(), try await fixture.citizen(2))
            let id = try await fixture.filledDraft(by: mai)
            let first = try await fixture.file("trang 1")
            let second = try await fixture.file("trang 2")
            let elsewhere = try await fixture.file("ảnh khác", for: "authorisation")
            for photo in [first, second, elsewhere] { try await service.attach(photo, to: .draft(id), by: mai) }
            let joined = try await paper(fixture)
            // Another window took a photo away, or added one: nothing changes.
            for stale in [[first.id], [first.id, second.id, elsewhere.id], []] {
                await #expect(throws: DossierRefusal.draftChangedMeanwhile) {
                    try await service.join(stale, into: joined, of: .draft(id), by: mai)
                }
            }
            await #expect(throws: DossierRefusal.draftGone) {
                try await service.join([first.id, second.id], into: joined, of: .draft(id), by: duc)
            }
            let limit = DossierLimits.standard.totalBytes
            let huge = try await paper(fixture, size: limit - elsewhere.size + 1)
            await #expect(throws: DossierRefusal.dossierTooLarge(limitBytes: limit)) {
                try await service.join([first.id, second.id], into: huge, of: .draft(id), by: mai)
            }
            #expect(try await Set(service.draft(id, for: mai).files.map(\.id)) == [first.id, second.id, elsewhere.id])
            // The photos that go leave their room to what they became.
            let large = try await paper(fixture, size: limit - elsewhere.size)
            try await service.join([second.id, first.id], into: large, of: .draft(id), by: mai)
            #expect(try await Set(service.draft(id, for: mai).files.map(\.id)) == [large.id, elsewhere.id])
            #expect(try await service.draft(id, for: mai).files.contains(large))
            await #expect(throws: DossierRefusal.draftChangedMeanwhile) {
                try await service.join([first.id, second.id], into: joined, of: .draft(id), by: mai)
            }
            // The way back is the same as for any file.
            try await service.detach(large.id, from: .draft(id), by: mai)
            #expect(try await service.draft(id, for: mai).files == [elsewhere])
        }
    }

    @Test(arguments: TestStores.all)
    func `a photo goes up among those of its paper`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let service = fixture.service
            let (mai, duc) = (try await fixture.citizen(), try await fixture.citizen(2))
            let id = try await fixture.filledDraft(by: mai)
            // All in the same moment, as from one form of old.
            for number in 1...3 { try await service.attach(fixture.file("trang \(number)"), to: .draft(id), by: mai) }
            let other = try await fixture.file("ảnh khác", for: "authorisation")
            try await service.attach(other, to: .draft(id), by: mai)
            func order() async throws -> [DossierFileID] {
                try await service.draft(id, for: mai).files.filter { $0.component == "earlierPaper" }.map(\.id)
            }
            let before = try await order()
            try await service.raise(before[2], of: .draft(id), by: mai)
            #expect(try await order() == [before[0], before[2], before[1]])
            try await service.raise(before[2], of: .draft(id), by: mai)
            try await service.raise(before[2], of: .draft(id), by: mai)
            #expect(try await order() == [before[2], before[0], before[1]])
            await #expect(throws: DossierRefusal.notFound) {
                try await service.raise(DossierFileID(.system), of: .draft(id), by: mai)
            }
            await #expect(throws: DossierRefusal.draftGone) {
                try await service.raise(before[1], of: .draft(id), by: duc)
            }
            #expect(try await order() == [before[2], before[0], before[1]])
            #expect(try await service.draft(id, for: mai).files.contains(other))
        }
    }

    @Test(arguments: TestStores.all)
    func `one file stands for two papers`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let service = fixture.service
            let (mai, duc) = (try await fixture.citizen(), try await fixture.citizen(2))
            let id = try await fixture.filledDraft(by: mai)
            let file = try await fixture.file("giấy tờ", for: "authorisation")
            try await service.attach(file, to: .draft(id), by: mai)
            try await service.reuse(file.id, for: "earlierPaper", of: .draft(id), by: mai)
            // Pressed twice, it stands there once.
            try await service.reuse(file.id, for: "earlierPaper", of: .draft(id), by: mai)
            let files = try await service.draft(id, for: mai).files
            let copy = try #require(files.first { $0.component == "earlierPaper" })
            #expect(files.count == 2 && copy.id != file.id && copy.digest == file.digest && copy.name == file.name)
            for (which, paper) in [(file.id, "noSuchPaper"), (DossierFileID(.system), "earlierPaper")] {
                await #expect(throws: DossierRefusal.notFound) {
                    try await service.reuse(which, for: paper, of: .draft(id), by: mai)
                }
            }
            // Not from the draft of somebody else.
            let other = try await fixture.filledDraft(by: duc)
            await #expect(throws: DossierRefusal.notFound) {
                try await service.reuse(file.id, for: "earlierPaper", of: .draft(other), by: duc)
            }
            await #expect(throws: DossierRefusal.draftGone) {
                try await service.reuse(file.id, for: "earlierPaper", of: .draft(id), by: duc)
            }
            // Each goes by itself.
            try await service.detach(file.id, from: .draft(id), by: mai)
            #expect(try await service.draft(id, for: mai).files == [copy])
            let submission = try await service.submit(id, key: "k", isDeclared: true, by: mai)
            #expect(try await service.dossier(submission.code, for: mai).files.map(\.id) == [copy.id])
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `a paper takes as many files as its pack says, on every way`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let service = fixture.service
            let mai = try await fixture.citizen()
            let id = try await fixture.filledDraft(by: mai)
            let place = FilePlace.draft(id)
            let limit = try #require(try await service.papers(at: place, for: mai).paper("earlierPaper")).fileLimit
            let refusal = DossierRefusal.tooManyFilesOfPaper(component: "earlierPaper", limit: limit)
            #expect(limit < DossierLimits.standard.fileCount)
            func begin() async throws -> PartialUpload {
                try await service.beginUpload(
                    to: place,
                    for: "earlierPaper",
                    name: "ảnh.jpg",
                    length: 5,
                    announced: nil,
                    by: mai
                )
            }
            // Announced while there was room, it finds none in the end.
            let late = try await begin()
            let other = try await fixture.file("giấy tờ khác", for: "authorisation")
            try await service.attach(other, to: place, by: mai)
            var photos: [DossierFile] = []
            for number in 0..<limit {
                photos.append(try await fixture.file("trang \(number)"))
                try await service.attach(photos[number], to: place, by: mai)
            }
            await #expect(throws: refusal) {
                try await service.attach(fixture.file("một trang nữa"), to: place, by: mai)
            }
            await #expect(throws: refusal) { try await begin() }
            await #expect(throws: refusal) { try await service.finish(late, as: fixture.file("muộn"), by: mai) }
            await #expect(throws: refusal) {
                try await service.reuse(other.id, for: "earlierPaper", of: place, by: mai)
            }
            #expect(try await service.papers(at: place, for: mai).files(of: "earlierPaper").count == limit)
            #expect(refusal.publicDetail?.contains("\(limit) tệp") == true && refusal.field == "earlierPaper")
            // Joined to one, they leave room.
            try await service.join(photos.map(\.id), into: paper(fixture), of: place, by: mai)
            try await service.finish(late, as: fixture.file("muộn"), by: mai)
            #expect(try await service.papers(at: place, for: mai).files(of: "earlierPaper").count == 2)
        }
    }

    @Test(arguments: TestStores.all)
    func `a file takes the place of the one of a paper that takes only one, and a refused one does not`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let service = fixture.service
            let mai = try await fixture.citizen()
            let source = PackSource.pack(atPath: "\(DossiersFixture.root)/procedures/\(DossiersFixture.permit)")
            let text = String(decoding: try #require(source.files[PackSource.mainFile]), as: UTF8.self)
            try #require(text.contains("    fileLimit: 10\n"))
            var sources = source.files
            let one = text.replacing("    fileLimit: 10\n", with: "    fileLimit: 1\n")
            sources[PackSource.mainFile] = Array(one.utf8)
            try await fixture.catalogue.publish(PackSource(path: source.path, files: sources))
            let id = try await service.beginDraft(of: DossiersFixture.permit, by: mai).id
            let place = FilePlace.draft(id)
            let papers = try await service.papers(at: place, for: mai).papers
            let single = try #require(papers.first { $0.fileLimit == 1 && $0.takes("image/jpeg") })
            let several = try #require(papers.first { $0.fileLimit > 1 && $0.takes("application/pdf") })
            func attach(_ file: DossierFile, isReplacing: Bool = true) async throws {
                try await service.attach(file, to: place, isReplacing: isReplacing, by: mai)
            }
            func standing(_ paper: RequiredComponent) async throws -> Set<DossierFileID> {
                try await Set(service.papers(at: place, for: mai).files(of: paper.id).map(\.id))
            }
            let first = try await fixture.file("một", for: single.id)
            let second = try await fixture.file("hai", for: single.id)
            try await attach(first)
            await #expect(throws: DossierRefusal.tooManyFilesOfPaper(component: single.id, limit: 1)) {
                try await attach(second, isReplacing: false)
            }
            #expect(try await standing(single) == [first.id])
            var wrong = try await fixture.file("ba", for: single.id)
            wrong.mediaType = "text/plain"
            await #expect(throws: DossierRefusal.self) { try await attach(wrong) }
            #expect(try await standing(single) == [first.id])
            try await attach(second)
            #expect(try await standing(single) == [second.id])
            // Where several make one paper, nothing is taken away.
            let pages = [
                try await fixture.file("trang 1", for: several.id), try await fixture.file("trang 2", for: several.id),
            ]
            for var page in pages {
                page.mediaType = "application/pdf"
                try await attach(page)
            }
            #expect(try await standing(several) == Set(pages.map(\.id)))
        }
    }

    @Test(arguments: TestStores.all)
    func `a file used again counts against the limits`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let service = fixture.service
            let mai = try await fixture.citizen()
            let id = try await fixture.filledDraft(by: mai)
            let limits = DossierLimits.standard
            var file = try await fixture.file("giấy tờ", for: "authorisation")
            file.size = limits.totalBytes / 2 + 1
            try await service.attach(file, to: .draft(id), by: mai)
            await #expect(throws: DossierRefusal.dossierTooLarge(limitBytes: limits.totalBytes)) {
                try await service.reuse(file.id, for: "earlierPaper", of: .draft(id), by: mai)
            }
            for number in 1..<limits.fileCount {
                try await service.attach(fixture.file("tệp \(number)", for: "authorisation"), to: .draft(id), by: mai)
            }
            await #expect(throws: DossierRefusal.tooManyFiles(limit: limits.fileCount)) {
                try await service.reuse(file.id, for: "earlierPaper", of: .draft(id), by: mai)
            }
        }
    }
}
