// SPDX-License-Identifier: Apache-2.0

internal import Crypto
import Digests

/// A text with signatures in the form of C2SP signed-note.
public struct SignedNote: Sendable, Equatable {
    /// One line below the text.
    public struct Signature: Sendable, Equatable {
        /// The key's name.
        public let name: String
        /// The first four bytes of the key's digest.
        public let keyID: [UInt8]
        /// The signature itself.
        public let bytes: [UInt8]
    }

    /// More lines than this are not read.
    public static let signatureLimit = 16

    /// What is signed; ends with a line break.
    public let text: String
    public var signatures: [Signature]

    /// A note that is to be signed. The text ends with a line break.
    public init(text: String, signatures: [Signature] = []) {
        precondition(text.last == "\n", "a note ends with a line break")
        (self.text, self.signatures) = (text, signatures)
    }

    /// Reads a note. Throws `JournalError.malformed`.
    public init(parsing note: String) throws(JournalError) {
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.last == "", let gap = lines.dropLast().lastIndex(of: ""), gap > 0, gap < lines.count - 2,
            note.unicodeScalars.allSatisfy({ $0.value >= 0x20 || $0 == "\n" })
        else { throw .malformed("note") }
        text = lines[..<gap].map { $0 + "\n" }.joined()
        let written = lines[(gap + 1)..<(lines.count - 1)]
        guard written.count <= SignedNote.signatureLimit else { throw .malformed("too many signatures") }
        var signatures: [Signature] = []
        for line in written { signatures.append(try Signature(line)) }
        self.signatures = signatures
    }

    /// The form that is published.
    public var published: String {
        text + "\n" + signatures.map { "— \($0.name) \(($0.keyID + $0.bytes).base64)\n" }.joined()
    }

    /// Whether at least one of these keys signed, and none of them wrongly. Signatures of other keys are passed over.
    public func isSigned(by keys: [NoteVerifier]) -> Bool {
        var verified = 0
        for signature in signatures {
            guard let key = keys.first(where: { $0.name == signature.name && $0.keyID == signature.keyID }) else {
                continue
            }
            guard key.isValid(signature.bytes, over: text) else { return false }
            verified += 1
        }
        return verified > 0
    }
}

extension SignedNote.Signature {
    fileprivate init(_ line: String) throws(JournalError) {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[0] == "—", NoteVerifier.isName(parts[1]),
            let bytes = [UInt8](base64: parts[2]), bytes.count > 4
        else { throw .malformed("signature line") }
        self.init(name: parts[1], keyID: Array(bytes.prefix(4)), bytes: Array(bytes.dropFirst(4)))
    }
}

/// The public side of a key that signs notes: `name+keyid+base64(0x01 || key)`.
public struct NoteVerifier: Sendable, Equatable {
    /// The only algorithm so far: Ed25519.
    private static let ed25519: UInt8 = 0x01

    public let name: String
    /// 32 bytes.
    public let publicKey: [UInt8]

    /// A key by its parts. Throws `JournalError.malformed`.
    public init(name: String, publicKey: [UInt8]) throws(JournalError) {
        guard NoteVerifier.isName(name), publicKey.count == 32 else { throw .malformed("key") }
        (self.name, self.publicKey) = (name, publicKey)
    }

    /// Reads the text of a key. Throws `JournalError.malformed`.
    public init(_ text: String) throws(JournalError) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let keyID = [UInt8](hex: parts[1]), let typed = [UInt8](base64: parts[2]),
            typed.first == NoteVerifier.ed25519
        else { throw .malformed("key") }
        try self.init(name: parts[0], publicKey: Array(typed.dropFirst()))
        guard self.keyID == keyID else { throw .malformed("key id") }
    }

    /// The first four bytes of SHA-256 over name, line break, algorithm and key.
    public var keyID: [UInt8] {
        Array(Digest(of: Array(name.utf8) + [0x0A, NoteVerifier.ed25519] + publicKey).bytes.prefix(4))
    }

    /// The form that is handed out.
    public var text: String { "\(name)+\(keyID.hex)+\(([NoteVerifier.ed25519] + publicKey).base64)" }

    func isValid(_ signature: [UInt8], over text: String) -> Bool {
        // A key that is no point on the curve verifies nothing.
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(signature, for: Array(text.utf8))
    }

    static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.unicodeScalars.allSatisfy { $0 != "+" && !$0.properties.isWhitespace && $0.value >= 0x20 }
    }
}

/// The secret side: an Ed25519 key from a file that only the program can read.
public struct NoteSigner: Sendable {
    private let key: Curve25519.Signing.PrivateKey
    /// The public side.
    public let verifier: NoteVerifier

    /// A key of 32 secret bytes, under the name of the log. Throws `JournalError.malformed`.
    public init(name: String, secret: [UInt8]) throws(JournalError) {
        // Any 32 bytes are a key; the library says no more than that they are not 32.
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: secret) else { throw .malformed("key") }
        self.key = key
        verifier = try NoteVerifier(name: name, publicKey: Array(key.publicKey.rawRepresentation))
    }

    /// Adds our signature to a note.
    public func sign(_ note: inout SignedNote) throws {
        let signature = try key.signature(for: Array(note.text.utf8))
        note.signatures.append(
            SignedNote.Signature(name: verifier.name, keyID: verifier.keyID, bytes: Array(signature))
        )
    }
}
