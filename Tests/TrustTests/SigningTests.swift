// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation
import Kernel
import SwiftASN1
import Testing

@testable import Trust

@Suite("Signing documents")
struct SigningTests {
    let pki: SamplePKI
    let verifier: DocumentVerifier

    init() throws {
        pki = try SamplePKI()
        verifier = DocumentVerifier(roots: try pki.roots, clock: SamplePKI.clock)
    }

    func statement(_ reason: String = "Phê duyệt kết quả") -> SignatureStatement {
        SignatureStatement(name: "Nguyễn Thị Hồng Đào", reason: reason, location: "Tỉnh mẫu", signedAt: SamplePKI.now)
    }

    @Test("A signed document is whole, trusted and stamped with a time", arguments: [true, false])
    func signsOnce(withRSA: Bool) async throws {
        let holder = withRSA ? pki.seal : pki.leader
        let pdf = SamplePDF.make()
        let sealer = DocumentSealer(timestamps: try pki.timestamps())
        let signed = try await sealer.sign(pdf, by: try holder.key, statement())  // MUT
        #expect(Array(signed.prefix(pdf.count)) == pdf)
        let report = try await verifier.verify(signed)  // MUT
        let only = try #require(report.signatures.first)
        #expect(report.isValid)
        #expect(only.problems.isEmpty)
        #expect(only.coverage == .wholeFile)
        #expect(only.isTimestamped)
        #expect(only.signedAt == SamplePKI.now)
        #expect(only.signerName == (withRSA ? "Sở Tư pháp tỉnh mẫu" : "Nguyễn Thị Hồng Đào"))
        #expect(only.organisation == "Ủy ban nhân dân tỉnh mẫu")
        #expect(only.reason == "Phê duyệt kết quả")
        #expect(only.summary.contains("hợp lệ"))
    }

    @Test("Leader, then seal: both stay valid")
    func signsTwice() async throws {
        let signed = try await twice()
        let report = try await verifier.verify(signed)
        #expect(report.isValid)
        #expect(report.signatures.map(\.fieldName) == ["ChuKy1", "ChuKy2"])
        #expect(report.signatures.allSatisfy { $0.isValid })
        if case .earlierRevision(let after) = report.signatures[0].coverage {
            #expect(after > 16_384)
        } else {
            Issue.record("the first signature covers its own revision")
        }
        #expect(report.signatures[1].coverage == .wholeFile)
    }

    @Test("Twelve signatures in a row")
    func signsOften() async throws {
        let sealer = DocumentSealer(timestamps: nil)
        var pdf = SamplePDF.make()
        for _ in 0..<12 { pdf = try await sealer.sign(pdf, by: try pki.leader.key, statement()) }
        let report = try await verifier.verify(pdf)
        #expect(report.signatures.count == 12)
        #expect(report.signatures.allSatisfy { $0.problems == [.timestampMissing] && $0.isValid })
    }

    @Test("A byte flipped anywhere in the covered text is found")
    func contentTampered() async throws {
        var signed = try await twice()
        let index = try #require(signed.firstIndex(of: "giai quyet"))
        signed[index] ^= 1
        let report = try await verifier.verify(signed)
        #expect(!report.isValid)
        #expect(report.signatures.allSatisfy { $0.problems.contains(.contentChanged) && !$0.isIntact })
    }

    @Test("A byte flipped in the signature value is found")
    func valueTampered() async throws {
        let pdf = SamplePDF.make()
        let key = try pki.seal.key
        let sealer = DocumentSealer(timestamps: try pki.timestamps())
        let prepared = try sealer.prepare(pdf, by: key, statement())
        let value = try await key.sign(prepared.bytesToSign)
        let signed = try await sealer.complete(prepared, by: key, value: value)
        let broken = signed.replacing(value.hex.uppercased(), with: flipped(value).hex.uppercased())
        #expect(broken != signed)
        let report = try await verifier.verify(broken)
        #expect(report.signatures.first?.problems.contains(.valueInvalid) == true)
        #expect(!report.isValid)
    }

    @Test("A value of another key is never embedded")
    func wrongKey() async throws {
        let stranger = try pki.another("Người khác").key
        let leader = pki.leader.chain
        let confused = try SigningKey(chain: leader) { try await stranger.sign($0) }
        await #expect {
            try await DocumentSealer(timestamps: nil).sign(SamplePDF.make(), by: confused, statement())
        } throws: {
            ($0 as? TrustError)?.code == "signature-mismatch"
        }
    }

    @Test("A key that fails leaves its reason in the error")
    func failingKey() async throws {
        struct TokenGone: Error {}
        let key = try SigningKey(chain: pki.leader.chain) { _ in throw TokenGone() }
        await #expect {
            try await DocumentSealer(timestamps: nil).sign(SamplePDF.make(), by: key, statement())
        } throws: {
            innerError($0) is TokenGone
        }
    }

    @Test("r‖s of a token is turned into DER")
    func rawECDSA() async throws {
        let leader = pki.leader
        let key = try SigningKey(chain: leader.chain) { bytes in
            let der = try await leader.key.sign(bytes)
            return try rawForm(der)
        }
        let signed = try await DocumentSealer(timestamps: nil).sign(SamplePDF.make(), by: key, statement())
        #expect(try await verifier.verify(signed).isValid)
    }

    @Test("Without the root nothing is trusted, but the content is still whole")
    func noRoot() async throws {
        let signed = try await twice()
        let report = try await DocumentVerifier(roots: TrustRoots([]), clock: SamplePKI.clock).verify(signed)
        #expect(!report.isValid)
        for signature in report.signatures {
            #expect(signature.isIntact && !signature.isTrusted)
            #expect(signature.problems.contains(.certificateUntrusted))
            #expect(signature.problems.contains(.timestampUntrusted))
        }
    }

    @Test("Bytes after the last signature are reported")
    func appendedBytes() async throws {
        let signed = try await twice() + Array("% thêm\n".utf8)
        let report = try await verifier.verify(signed)
        #expect(report.uncoveredBytes == 8)
        #expect(!report.isValid)
    }

    @Test("A page replaced after signing is found, a further signature is not blamed")
    func changedAfterwards() async throws {
        let signed = try await twice()
        var update = try PDFUpdate(signed)
        let text = Array("BT /F1 24 Tf 72 720 Td (Da doi ket qua) Tj ET".utf8)
        update.put(4, [:], stream: text)
        let report = try await verifier.verify(update.finished())
        #expect(report.signatures.allSatisfy { $0.problems.contains(.changedAfterwards) && $0.isIntact && !$0.isValid })
        #expect(report.uncoveredBytes > 0)
    }

    @Test("An annotation laid over the text after signing is found")
    func coveredAfterwards() async throws {
        let signed = try await twice()
        var update = try PDFUpdate(signed)
        let note = update.newNumber()
        var page = try update.current(3)
        page["Annots"] = .array((page["Annots"]?.asArray ?? []) + [.reference(note)])
        update.put(3, page)
        update.put(note, ["Type": .name("Annot"), "Subtype": .name("FreeText"), "Contents": .text("Hủy bỏ")])
        let report = try await verifier.verify(update.finished())
        #expect(report.signatures.allSatisfy { $0.problems.contains(.changedAfterwards) })
    }

    @Test("A range that leaves out more than the value is refused")
    func shiftedRange() async throws {
        let signed = try await DocumentSealer(timestamps: nil).sign(
            SamplePDF.make(),
            by: try pki.leader.key,
            statement()
        )
        let start = try #require(signed.firstIndex(of: "/ByteRange [0000000000 "))
        var broken = signed
        broken[start + 23 + 9] ^= 1
        let report = try await verifier.verify(broken)
        #expect(report.signatures.first?.problems == [.rangeInvalid])
        #expect(report.signatures.first?.coverage == .partial)
    }

    @Test("An unsigned document has no signatures and is not valid")
    func unsigned() async throws {
        let report = try await verifier.verify(SamplePDF.make())
        #expect(report.signatures.isEmpty && !report.isValid && report.uncoveredBytes == 0)
    }

    @Test("A detached signature over any bytes")
    func detached() async throws {
        let content = Array("Nội dung bất kỳ".utf8)
        let sealer = DocumentSealer(timestamps: try pki.timestamps())
        let cms = try await sealer.detachedSignature(over: content, by: try pki.seal.key, at: SamplePKI.now)
        #expect(await verifier.verify(detached: cms, over: content).isValid)
        let other = await verifier.verify(detached: cms, over: content + [0])
        #expect(other.problems.contains(.contentChanged))
    }

    func twice() async throws -> [UInt8] {
        let sealer = DocumentSealer(timestamps: try pki.timestamps())
        let first = try await sealer.sign(SamplePDF.make(), by: try pki.leader.key, statement())
        return try await sealer.sign(first, by: try pki.seal.key, statement("Đóng dấu cơ quan"))
    }
}

func flipped(_ bytes: [UInt8]) -> [UInt8] {
    var copy = bytes
    copy[copy.count / 2] ^= 1
    return copy
}

private func innerError(_ error: any Error) -> (any Error)? {
    guard case .keyFailed(let inner) = error as? TrustError else { return nil }
    return inner
}

/// r‖s of a DER signature, as a PKCS#11 token gives it.
func rawForm(_ der: [UInt8]) throws -> [UInt8] {
    let parts = try DERShape.parse(der[...]).parts("signature")
    var raw: [UInt8] = []
    for part in parts {
        let digits = Array(try ArraySlice<UInt8>(derEncoded: part).drop { $0 == 0 })
        raw += [UInt8](repeating: 0, count: 32 - digits.count) + digits
    }
    return raw
}
