// SPDX-License-Identifier: Apache-2.0

/// How much of a stranger's file we are ready to look at.
enum TrustLimits {
    /// One file of a dossier is at most 25 MB; a result with attachments may be a whole dossier, 100 MB.
    static let fileBytes = 100 * 1_024 * 1_024
    /// Objects of one PDF. A page of text has about ten objects; 500,000 is a book of 50,000 pages.
    static let objects = 500_000
    /// Revisions of one PDF: each signature is one, and no document here carries more than a dozen.
    static let revisions = 64
    /// Nesting of arrays and dictionaries, of the page tree and of the field tree.
    static let depth = 64
    /// Signature fields of one document.
    static let fields = 256
    /// One CMS structure: chain, token and attributes take 4 kB; a hundred certificates still fit.
    static let cmsBytes = 256 * 1_024
    /// Bytes reserved for the CMS structure in the file: RSA, chain of three and token need 4.2 kB.
    static let reservedSignatureBytes = 16_384
    /// One answer of a timestamp authority.
    static let timestampBytes = 64 * 1_024
    /// Certificates in one CMS structure.
    static let certificates = 100
    /// A key file or a PEM file of certificates.
    static let keyFileBytes = 64 * 1_024
    /// Bytes after the last `%%EOF` in which a reader still finds the end of the file.
    static let trailingBytes = 64 * 1_024
}
