// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
import Storage

/// The SQL of `partner` and `partner_token`.
enum PartnerTable {
    private static let columns: Statement =
        "partner.id, partner.name, partner.agency, partner.scopes, partner.secret_digest, partner.created_at, partner.disabled_at"

    static func find(_ id: PartnerID, in transaction: Transaction) throws -> Partner? {
        try transaction.first("SELECT \(fragment: columns) FROM partner WHERE partner.id = \(id)").map(partner)
    }

    /// All of them, oldest first: a province has some dozens.
    static func all(in transaction: Transaction) throws -> [Partner] {
        try transaction.rows("SELECT \(fragment: columns) FROM partner ORDER BY partner.created_at, partner.id")
            .map(partner)
    }

    static func insert(_ partner: Partner, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO partner (id, name, agency, scopes, secret_digest, created_at, disabled_at)
            VALUES (\(partner.id), \(partner.name), \(partner.agency), \(PartnerScope.text(partner.scopes)),
                \(partner.secretDigest.hex), \(partner.createdAt), \(partner.disabledAt))
            """
        )
    }

    /// Ends a partner with all its tokens; false when it had ended before.
    static func disable(_ id: PartnerID, at now: Instant, in transaction: Transaction) throws -> Bool {
        let changed = try transaction.run(
            "UPDATE partner SET disabled_at = \(now) WHERE id = \(id) AND disabled_at IS NULL"
        )
        try transaction.run("DELETE FROM partner_token WHERE partner = \(id)")
        return changed == 1
    }

    static func insert(_ token: PartnerToken, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO partner_token (digest, partner, scopes, issued_at, expires_at)
            VALUES (\(token.digest.hex), \(token.partner), \(PartnerScope.text(token.scopes)), \(token.issuedAt),
                \(token.expiresAt))
            """
        )
    }

    /// The token with its partner, whether or not either is still good.
    static func token(_ digest: Digest, in transaction: Transaction) throws -> (PartnerToken, Partner)? {
        let row = try transaction.first(
            """
            SELECT partner_token.scopes AS token_scopes, partner_token.issued_at, partner_token.expires_at,
                \(fragment: columns)
            FROM partner_token JOIN partner ON partner.id = partner_token.partner
            WHERE partner_token.digest = \(digest.hex)
            """
        )
        guard let row else { return nil }
        let owner = try partner(row)
        let token = PartnerToken(
            digest: digest,
            partner: owner.id,
            scopes: try scopes(row, "token_scopes"),
            issuedAt: try row.get("issued_at"),
            expiresAt: try row.get("expires_at")
        )
        return (token, owner)
    }

    static func deleteEnded(before moment: Instant, in transaction: Transaction) throws -> Int {
        try transaction.run("DELETE FROM partner_token WHERE expires_at <= \(moment)")
    }

    private static func partner(_ row: ResultRow) throws -> Partner {
        let hex: String = try row.get("secret_digest")
        guard let digest = Digest(hex: hex) else {
            throw StoreError.decoding(column: "secret_digest", reason: "no SHA-256")
        }
        return Partner(
            id: try row.get("id"),
            name: try row.get("name"),
            agency: try row.get("agency"),
            scopes: try scopes(row, "scopes"),
            secretDigest: digest,
            createdAt: try row.get("created_at"),
            disabledAt: try row.get("disabled_at")
        )
    }

    /// A scope that this release does not know any more gives nothing.
    private static func scopes(_ row: ResultRow, _ column: String) throws -> Set<PartnerScope> {
        let text: String = try row.get(column)
        return Set(text.split(separator: " ").compactMap { PartnerScope(rawValue: String($0)) })
    }
}
