// SPDX-License-Identifier: Apache-2.0

import Dossiers
import Foundation
import Kernel
import Organisation
import Outbound
import Trust

/// Signs with the key files of officers, and has each signature stamped by the configured authority.
struct Signers: Sendable {
    private let folder: String
    private let organisation: OrganisationService
    private let sealer: DocumentSealer
    private let roots: TrustRoots
    private let clock: Clock

    init(
        _ outside: OutsideSettings,
        organisation: OrganisationService,
        http: HTTPClient,
        roots: TrustRoots,
        clock: Clock
    ) {
        folder = outside.signers
        self.organisation = organisation
        self.roots = roots
        self.clock = clock
        let url = outside.tsaURL
        let timestamps = TimestampClient(roots: roots, clock: clock, random: .system) { query in
            let headers = [OutboundRequest.Header("Content-Type", "application/timestamp-query")]
            let request = OutboundRequest(.post, url, headers: headers, body: query, timeoutSeconds: 15)
            return try await http.send(request).accepted().body
        }
        sealer = DocumentSealer(timestamps: timestamps)
    }

    /// Whether a key of this officer lies there, good or not.
    static func hasKey(_ officer: Officer, in folder: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(folder)/\(officer.loginName).key.pem")
    }

    /// The port that `Dossiers` sees.
    var port: DocumentSigner { DocumentSigner(require: { _ = try await key(of: $0) }, sign: sign) }

    /// The officer's key, whose certificate is good now.
    private func key(of id: OfficerID) async throws -> (officer: Officer, key: SigningKey) {
        guard let officer = try await organisation.officer(id) else { throw SignerError.noKey }
        let base = "\(folder)/\(officer.loginName)"
        guard FileManager.default.fileExists(atPath: "\(base).key.pem") else { throw SignerError.noKey }
        let key = try KeyFile.load(key: "\(base).key.pem", certificates: "\(base).chain.pem")
        try await roots.require(key, at: clock.now())
        return (officer, key)
    }

    private func sign(_ pdf: [UInt8], _ id: OfficerID, _ reason: String) async throws -> [UInt8] {
        let (officer, key) = try await key(of: id)
        guard let agency = try await organisation.agency(officer.agency) else { throw SignerError.noKey }
        let now = clock.now()
        let statement = SignatureStatement(
            name: officer.fullName,
            reason: reason,
            location: agency.place,
            signedAt: now
        )
        return try await sealer.sign(pdf, by: key, statement, holder: CertificateHolder(name: officer.fullName))
    }
}

/// Why nothing could be signed, beside what `Trust` says.
enum SignerError: Presentable {
    /// No key of this officer is in the folder of signers.
    case noKey

    var code: String { "signer-no-key" }
    var status: Int { 409 }
    var publicDetail: String? {
        "Chưa có khóa ký số của tài khoản này. Liên hệ quản trị để cấp khóa, rồi ký lại."
    }
}
