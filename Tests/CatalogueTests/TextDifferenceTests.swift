// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Testing

@Suite("What became of a text")
struct TextDifferenceTests {
    private func told(_ old: String, _ new: String) -> [String] {
        TextDifference(from: old, to: new).pieces.map { piece in
            switch piece.fate {
            case .kept: "=\(piece.text)"
            case .removed: "-\(piece.text)"
            case .added: "+\(piece.text)"
            }
        }
    }

    @Test("Sentences are compared as wholes")
    func sentences() {
        let old = "Nộp tờ khai. Nhận trong 3 ngày. Phí 8.000 đ mỗi bản."
        let new = "Nộp tờ khai. Nhận trong 5 ngày. Phí 8.000 đ mỗi bản."
        #expect(
            told(old, new) == [
                "=Nộp tờ khai. ", "-Nhận trong 3 ngày. ", "+Nhận trong 5 ngày. ", "=Phí 8.000 đ mỗi bản.",
            ]
        )
        #expect(told(old, old) == ["=" + old])
        #expect(TextDifference(from: old, to: old).isEmpty)
    }

    @Test("Lines are compared where there are several")
    func lines() {
        #expect(told("a\nb\nc\n", "a\nc\nd\n") == ["=a\n", "-b\n", "=c\n", "+d\n"])
        #expect(told("", "a\nb\n") == ["+a\nb\n"])
        #expect(told("a\n", "") == ["-a\n"])
    }

    @Test("What stays and goes is the old text, what stays and comes the new one, for drawn texts")
    func whole() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            func draw() -> String {
                (0..<Int.random(in: 0...12, using: &random)).map { _ in
                    ["Một. ", "Hai. ", "Ba; ", "Bốn! ", "năm, "].randomElement(using: &random) ?? ""
                }.joined()
            }
            let (old, new) = (draw(), draw())
            let pieces = TextDifference(from: old, to: new).pieces
            #expect(pieces.filter { $0.fate != .added }.map(\.text).joined() == old)
            #expect(pieces.filter { $0.fate != .removed }.map(\.text).joined() == new)
        }
    }

    @Test("A text beyond the limit is told as a whole, but for its beginning and end")
    func bounded() {
        let middle = (0..<2_100).map { "dòng \($0)\n" }.joined()
        let other = (0..<2_100).map { "hàng \($0)\n" }.joined()
        let pieces = TextDifference(from: "đầu\n" + middle + "cuối\n", to: "đầu\n" + other + "cuối\n").pieces
        #expect(pieces.map(\.fate) == [.kept, .removed, .added, .kept])
    }
}
