// SPDX-License-Identifier: Apache-2.0

/// A person's or an office's address.
public struct MailAddress: Hashable, Sendable {
    /// `name@example.vn`, ASCII.
    public let address: String
    /// Shown instead of the address; any language.
    public let name: String

    /// Nil when the address is none, or the name holds a line end or another control character.
    public init?(_ address: String, name: String = "") {
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        let allowed = address.utf8.allSatisfy { (0x21...0x7E).contains($0) && !Self.refused.contains($0) }
        guard parts.count == 2, allowed, address.utf8.count <= 254, !parts[0].isEmpty, parts[0].utf8.count <= 64,
            parts[1].split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty }),
            MailHeader.isSingleLine(name)
        else { return nil }
        self.address = address
        self.name = name
    }

    /// Signs with a meaning in SMTP or in header lines; addresses that need them in quotes are not used by people.
    private static let refused = Set("<>()[]\\,;:\"".utf8)
}

/// A letter before it is sent.
public struct MailMessage: Sendable {
    /// A file that goes with the letter.
    public struct Attachment: Hashable, Sendable {
        /// As the receiver sees it; any language, no line ends.
        public var fileName: String
        /// Such as `application/pdf`.
        public var mediaType: String
        public var bytes: [UInt8]

        /// A file.
        public init(fileName: String, mediaType: String, bytes: [UInt8]) {
            self.fileName = fileName
            self.mediaType = mediaType
            self.bytes = bytes
        }
    }

    public var to: [MailAddress]
    /// One line; any language.
    public var subject: String
    /// Plain text.
    public var text: String
    public var attachments: [Attachment]
    /// Left part of the Message-ID: the same for a repeated attempt, so that a server or a reader can tell the second
    /// copy. Letters, digits, `.`, `-` and `_`; made by chance when nil.
    public var identifier: String?

    /// A letter to one or more receivers.
    public init(
        to: [MailAddress],
        subject: String,
        text: String,
        attachments: [Attachment] = [],
        identifier: String? = nil
    ) {
        self.to = to
        self.subject = subject
        self.text = text
        self.attachments = attachments
        self.identifier = identifier
    }
}
