// SPDX-License-Identifier: Apache-2.0

import Foundation
import Journal
import Testing

@Suite struct JSONReaderTests {
    /// Foundation's decoder is the judge, but for commas at the end, which it lets pass and RFC 8259 does not.
    @Test(arguments: [
        "null", " true ", "\n[ ]", "{ }", "-12", "0", "-0", "1.0", "1e2", "12E-1", "[1,2 , 3]", "\"\"", "\"Hồ sơ\"",
        #"{"a":{"b":[null,false,"x\"y\\z\/\b\f\n\r\t"]},"c":"\u0000\u0111\ud83d\ude00"}"#, "\"😀\u{301}\"",
        #"[{"a":1},{"a":2}]"#, "[[[[1]]]]", "9007199254740991", "-9007199254740991", "1e400", "1.5", "-", "+1", "01",
        "1.", ".5", "1.e2", "1e", "0x10", "--1", "1 2", "tru", "nul", "[1", "{\"a\" 1}", "{a:1}",
        "\"a", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ude00\"", "\"\\ud83dx\"", "\"a\nb\"", "", " ", "]", "nan",
        "9007199254740992", "-9007199254740992", "99999999999999999999",
    ])
    func agreesWithFoundation(text: String) {
        let ours = try? JSONValue(parsing: text)  // a question
        let theirs = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))  // a question
        #expect(ours == theirs, "\(text)")
    }

    @Test func whatHasNoOneMeaningIsRefused() {
        #expect(throws: DecodingError.self) { try JSONValue(parsing: #"{"a":1,"a":1}"#) }
        for text in ["[1,]", #"{"a":1,}"#] {
            #expect(throws: DecodingError.self) { try JSONValue(parsing: text) }
        }
        let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
        #expect(throws: Never.self) { try JSONValue(parsing: deep) }
        let tooDeep = String(repeating: "[", count: 100_000)
        #expect(throws: DecodingError.self) { try JSONValue(parsing: tooDeep) }
    }

    /// Texts of every kind of letter and every escape, from a fixed seed: what is written is read again.
    @Test func readsWhateverIsWritten() throws {
        var state: UInt64 = 20_261_122
        func next(_ bound: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % bound
        }
        func value(_ depth: Int) -> JSONValue {
            switch next(depth < 4 ? 7 : 5) {
            case 0: return .null
            case 1: return .bool(next(2) == 0)
            case 2: return .integer(Int64(next(1 << 31)) * 4_000 - 1_000_000_000)
            case 3, 4:
                let scalars = (0..<next(12)).compactMap { _ in
                    Unicode.Scalar(UInt32(next(next(3) == 0 ? 0x110000 : 0x80)))
                }
                return .string(String(String.UnicodeScalarView(scalars)))
            case 5: return .array((0..<next(5)).map { _ in value(depth + 1) })
            default:
                let members = (0..<next(5)).map { ("k\($0)\"\u{1}đ", value(depth + 1)) }
                return .object(Dictionary(uniqueKeysWithValues: members))
            }
        }
        for _ in 0..<500 {
            let written = value(0)
            #expect(try JSONValue(parsing: written.canonicalText) == written)
        }
    }
}
