// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Identity
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import Dossiers

/// The columns that a pack adds to the agency's book of issued results.
@Suite struct RegisterFieldTests {
    private static let columns = """
          registerFields:
            - { id: kind, label: Trích lục việc gì, answer: extractKind }
            - { id: phone, label: Điện thoại, answer: requesterPhone }
            - { id: person, label: Họ và tên, filled: personName }
            - { id: remark, label: Ghi chú, filled: remark }
        """

    /// The extract of civil status with columns of its own.
    private static func pack() throws -> PackSource {
        let source = PackSource.pack(atPath: "\(DossiersFixture.root)/procedures/\(DossiersFixture.procedure)")
        let lines = String(decoding: try #require(source.files[PackSource.mainFile]), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
        // Whatever columns the shipped pack has give way to these.
        var (kept, isColumn): ([Substring], Bool) = ([], false)
        for line in lines {
            if line.hasPrefix("  registerFields:") {
                isColumn = true
            } else if isColumn, !line.hasPrefix("    ") {
                isColumn = false
            }
            if !isColumn { kept.append(line) }
            if line == "result:" { kept.append(Substring(columns)) }
        }
        var files = source.files
        files[PackSource.mainFile] = Array(kept.joined(separator: "\n").utf8)
        return PackSource(path: source.path, files: files)
    }

    private func book(_ fixture: DossiersFixture, of officer: String) async throws -> [RegisterRow] {
        let question = RegisterQuestion(year: fixture.time.now.date.year)
        return try await fixture.service.documentRegister(question, for: fixture.officer(officer)).rows.items
    }

    @Test(arguments: TestStores.all)
    func `the book tells what the pack's columns say, masked where the reader does not need it, and keeps who read`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            try await fixture.catalogue.publish(try Self.pack())
            let mai = try await fixture.citizen()
            let code = try await fixture.awaitingSignature(by: mai).code
            #expect(try await book(fixture, of: "anphu.vanthu").isEmpty)
            _ = try await fixture.approve(code, by: "anphu.chutich")
            let before = try await fixture.service.accesses(toDataOf: mai, after: nil).items.count
            let row = try #require(try await book(fixture, of: "anphu.vanthu").first)
            #expect(row.entries.map(\.label) == ["Trích lục việc gì", "Điện thoại", "Họ và tên"])
            #expect(row.entries[0].value == "Khai sinh" && row.entries[2].value == "NGUYỄN THỊ SAO MAI")
            #expect(row.entries[1].value.contains("•") && !row.entries[1].value.contains("0912"))
            let told = try await fixture.service.accesses(toDataOf: mai, after: nil).items
            #expect(told.count == before + 1)
            #expect(told.first?.record.part == .register && told.first?.record.reason.purpose == .register)
            // Another agency's book, and who keeps no book, see nothing.
            #expect(try await book(fixture, of: "longxuyen.vanthu").isEmpty)
            #expect(try await book(fixture, of: "anphu.hotich1").isEmpty)
            #expect(try await fixture.service.accesses(toDataOf: mai, after: nil).items.count == before + 1)
            // Restricted, the line stays and says nothing of the person.
            let (id, now) = (try await fixture.state(code).id, fixture.time.now)
            try await fixture.store.write { try RestrictionTable.restrict(id, at: now, in: $0) }
            #expect(try await book(fixture, of: "anphu.vanthu").map(\.entries) == [[]])
        }
    }
}
