// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
import Testing

@Suite struct DigestTests {
    @Test func matchesTheVectorsOfFIPS180() {
        #expect(
            Digest(of: "abc").hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
        #expect(Digest(of: "").hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test func aStreamGivesTheDigestOfTheWhole() {
        var stream = DigestStream()
        stream.update(Array("Hồ sơ ".utf8))
        #expect(stream.finish() == Digest(of: "Hồ sơ "))
        stream.update(Array("đất đai".utf8)[...])
        #expect(stream.finish() == Digest(of: "Hồ sơ đất đai"))
        #expect(stream.byteCount == Int64("Hồ sơ đất đai".utf8.count))
    }

    @Test func readsOnlyWholeHexDigests() {
        let digest = Digest(of: "x")
        #expect(Digest(hex: digest.hex) == digest)
        #expect(Digest(hex: digest.hex.uppercased()) == digest)
        #expect(Digest(hex: String(digest.hex.dropLast())) == nil)
        #expect(Digest(hex: digest.hex + "00") == nil)
        #expect(Digest(hex: "g" + digest.hex.dropFirst()) == nil)
    }

    @Test func matchesTheVectorOfRFC4231() {
        let code = HMACSHA256.code(key: Array("Jefe".utf8), message: Array("what do ya want for nothing?".utf8))
        #expect(code.hex == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }

    @Test func comparesBytes() {
        #expect(constantTimeEquals([1, 2, 3], [1, 2, 3]))
        #expect(!constantTimeEquals([1, 2, 3], [1, 2, 4]))
        #expect(!constantTimeEquals([1, 2, 3], [1, 2]))
        #expect(constantTimeEquals([], []))
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func matchesTheVectorsOfRFC4648(plain: String, encoded: String) {
        let bytes = Array(plain.utf8)
        #expect(bytes.base64 == encoded)
        #expect([UInt8](base64: encoded) == bytes)
        let bare = String(encoded.prefix { $0 != "=" })
        #expect(bytes.base64URL == bare)
        #expect([UInt8](base64URL: bare) == bytes)
    }

    @Test(arguments: ["Z", "Zh==", "Zg=", "Zg", "Z=g=", "Zm9v====", "Zm9v\n", "Zm-v"])
    func refusesASecondSpellingOfBase64(text: String) {
        #expect([UInt8](base64: text) == nil)
    }

    @Test func theURLAlphabetIsItsOwn() {
        let bytes: [UInt8] = [0xFB, 0xEF, 0xFF]
        #expect(bytes.base64URL == "--__")
        #expect([UInt8](base64URL: "++//") == nil)
        #expect([UInt8](base64URL: "Zg==") == nil)
    }

    @Test func tokensAreLongAndDiffer() throws {
        let session = SecretToken(.bits256, from: .system)
        let slip = SecretToken(.bits128, from: .system)
        #expect(session.text.count == 43)
        #expect(slip.text.count == 22)
        #expect(SecretToken(.bits256, from: .system).text != session.text)
        let shown = try #require(SecretToken(session.text))
        #expect(shown.digest == session.digest)
        #expect(SecretToken(session.text + "A") == nil)
        #expect(SecretToken("short") == nil)
        #expect(SecretToken("") == nil)
    }
}
