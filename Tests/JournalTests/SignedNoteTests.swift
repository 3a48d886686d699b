// SPDX-License-Identifier: Apache-2.0

import Digests
import Journal
import Testing

@Suite struct SignedNoteTests {
    private let key = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    private let signature =
        "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
    private var note: String { "This is an example message.\n\n\(signature)\n" }

    @Test func verifiesTheVectorOfTheSpecification() throws {
        let verifier = try NoteVerifier(key)
        #expect(verifier.keyID.hex == "530d903a")
        #expect(verifier.text == key)
        let parsed = try SignedNote(parsing: note)
        #expect(parsed.text == "This is an example message.\n")
        #expect(parsed.isSigned(by: [verifier]))
        #expect(parsed.published == note)
    }

    @Test func refusesAnotherTextOrSignature() throws {
        let verifier = try NoteVerifier(key)
        let changed = try SignedNote(parsing: note.replacing("example message", with: "example messagf"))
        #expect(!changed.isSigned(by: [verifier]))
        let forged = try SignedNote(parsing: note.replacing("Uw2QOkn8", with: "Uw2QOkn9"))
        #expect(!forged.isSigned(by: [verifier]))
        #expect(try !SignedNote(parsing: note).isSigned(by: []))
    }

    @Test func passesOverUnknownKeysButNotWrongSignatures() throws {
        let ours = try NoteSigner(name: "log.example", secret: [UInt8](repeating: 7, count: 32))
        var signed = try SignedNote(parsing: note)
        try ours.sign(&signed)
        #expect(signed.isSigned(by: [ours.verifier]))
        #expect(try signed.isSigned(by: [ours.verifier, NoteVerifier(key)]))
        #expect(try SignedNote(parsing: signed.published) == signed)
        let changed = try SignedNote(parsing: signed.published.replacing("Uw2QOkn8", with: "Uw2QOkn9"))
        #expect(changed.isSigned(by: [ours.verifier]))
        let other = SignedNote(text: "Another message.\n", signatures: signed.signatures)
        #expect(try !other.isSigned(by: [ours.verifier, NoteVerifier(key)]))
    }

    @Test(arguments: [
        "", "text\n", "text\n\n", "\n— a AAAAAAA=\n", "text\n\n- a AAAAAAA=\n", "text\n\n— a b AAAAAAA=\n",
        "text\n\n— a AAAA\n", "text\n\n— a+b AAAAAAA=\n", "te\u{7}xt\n\n— a AAAAAAA=\n", "text\n\n— a AAAAAAA=",
    ])
    func refusesWhatIsNoNote(text: String) {
        #expect(throws: JournalError.self) { try SignedNote(parsing: text) }
    }

    @Test func sixteenSignaturesAreReadAndNoMore() throws {
        let line = "— a AAAAAAA=\n"
        #expect(try SignedNote(parsing: "x\n\n" + String(repeating: line, count: 16)).signatures.count == 16)
        #expect(throws: JournalError.self) { try SignedNote(parsing: "x\n\n" + String(repeating: line, count: 17)) }
    }

    @Test(arguments: [
        "", "a+b", "a+530d903a+AAAA", "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    ])
    func refusesWhatIsNoKey(text: String) {
        #expect(throws: JournalError.self) { try NoteVerifier(text) }
    }

    @Test func aCheckpointIsItsThreeLines() throws {
        let head = TreeHead(
            size: 8,
            root: try #require(Digest(hex: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"))
        )
        let checkpoint = Checkpoint(origin: "example.gov.vn/log", head: head)
        #expect(checkpoint.text == "example.gov.vn/log\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n")
        #expect(try Checkpoint(parsing: checkpoint.text) == checkpoint)
        for wrong in [
            "", "o\n08\nXcna\n", "o\n-1\n\n", checkpoint.text + "more\n",
            "\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n",
        ] {
            #expect(throws: JournalError.self) { try Checkpoint(parsing: wrong) }
        }
    }
}

@Suite struct JSONValueTests {
    @Test func writesTheOneTextOfRFC8785() throws {
        let value: JSONValue = [
            "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh",
            "1": "One", "\u{1f600}": "Emoji: Grinning Face", "\u{80}": "Control",
            "\u{f6}": "Latin Small Letter O With Diaeresis",
        ]
        // The example of RFC 8785 §3.2.3: keys in the order of their UTF-16 units.
        let expected =
            #"{"\r":"Carriage Return","1":"One","\#u{80}":"Control","ö":"Latin Small Letter O With Diaeresis","#
            + #""€":"Euro Sign","😀":"Emoji: Grinning Face","\#u{fb33}":"Hebrew Letter Dalet With Dagesh"}"#
        #expect(Array(value.canonicalText.unicodeScalars) == Array(expected.unicodeScalars))
        let nested: JSONValue = ["b": [true, .null, -12, "a\"\\\u{0}\u{1f}/đ"], "a": [:], "c": []]
        #expect(nested.canonicalText == #"{"a":{},"b":[true,null,-12,"a\"\\\u0000\u001f/đ"],"c":[]}"#)
    }

    @Test func readsWhatItWrites() throws {
        struct Sample: Codable, Equatable {
            var name = "Hồ sơ"
            var count: Int64 = 42
            var flag: Bool? = true
            var list = ["a", "b"]
        }
        let value = try JSONValue(encoding: Sample())
        #expect(value.canonicalText == #"{"count":42,"flag":true,"list":["a","b"],"name":"Hồ sơ"}"#)
        #expect(try JSONValue(parsing: value.canonicalText) == value)
        #expect(try value.decoded() == Sample())
        #expect(value["count"] == 42)
        #expect(value["none"] == nil)
    }

    @Test(arguments: ["1.5", "9007199254740992", "{", "1e400", ""])
    func refusesFractionsAndHugeNumbers(text: String) {
        #expect(throws: (any Error).self) { try JSONValue(parsing: text) }
    }

    @Test func theLargestIntegersAreRead() throws {
        #expect(try JSONValue(parsing: "9007199254740991") == .integer(JSONValue.largestInteger))
        #expect(try JSONValue(parsing: "-9007199254740991") == .integer(-JSONValue.largestInteger))
    }
}
