// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
import Organisation
import Storage

/// The SQL of `mandate`.
enum MandateTable {
    private static let columns: Statement = """
        id, holder, kind, name, number, birth_date, paper_digest, paper_size, paper_type, paper_name, paper_pages,
        valid_from, valid_to, created_at, revoked_at, party, confirmed_at, confirmed_by, confirmed_way
        """

    static func find(_ id: MandateID, in transaction: Transaction) throws -> Mandate? {
        try transaction.first("SELECT \(fragment: columns) FROM mandate WHERE id = \(id)").map(mandate)
    }

    /// Those of a person, the newest first.
    static func all(of holder: AccountID, in transaction: Transaction) throws -> [Mandate] {
        try transaction.rows(
            """
            SELECT \(fragment: columns) FROM mandate WHERE holder = \(holder)
            ORDER BY created_at DESC, id DESC LIMIT \(IdentityService.mandateLimitInAll)
            """
        ).map(mandate)
    }

    /// The hats that a person may put on, the newest first: one index and no paper, for it is asked with each request.
    static func hats(of holder: AccountID, on day: LocalDate, in transaction: Transaction) throws -> [Hat] {
        try transaction.rows(
            """
            SELECT id, party, kind, name FROM mandate
            WHERE holder = \(holder) AND revoked_at IS NULL AND valid_from <= \(day) AND valid_to >= \(day)
            ORDER BY created_at DESC, id DESC LIMIT \(IdentityService.mandateLimit)
            """
        ).map { row in
            let kind: String = try row.get("kind")
            guard let known = Mandate.Kind(rawValue: kind) else {
                throw StoreError.decoding(column: "kind", reason: "no mandate")
            }
            return Hat(mandate: try row.get("id"), party: try row.get("party"), kind: known, name: try row.get("name"))
        }
    }

    /// Those by which others act for this person: the SQL twin of `Mandate.concerns`, for others' authorities.
    static func all(about account: Account, in transaction: Transaction) throws -> [Mandate] {
        guard account.identity.assurance >= .two else { return [] }
        return try transaction.rows(
            """
            SELECT \(fragment: columns) FROM mandate
            WHERE number = \(account.identity.nationalID.digits) AND kind IN ('person', 'parent')
                AND holder <> \(account.id)
            ORDER BY created_at DESC, id DESC LIMIT 200
            """
        ).map(mandate)
    }

    /// The papers of a party, the newest first; none for a party that is no authority.
    static func all(ofParty party: String, in transaction: Transaction) throws -> [Mandate] {
        try transaction.rows(
            "SELECT \(fragment: columns) FROM mandate WHERE party = \(party) ORDER BY created_at DESC, id DESC LIMIT 200"
        ).map(mandate)
    }

    /// What the earlier papers of this holder for the same person or business were filed under; nil for the first one.
    static func party(
        of holder: AccountID,
        _ kind: Mandate.Kind,
        _ number: String,
        in transaction: Transaction
    ) throws -> MandateID? {
        try transaction.first(
            """
            SELECT party FROM mandate WHERE holder = \(holder) AND kind = \(kind.rawValue) AND number = \(number)
            ORDER BY created_at, id LIMIT 1
            """
        )?.get("party")
    }

    /// What a person filed for others is filed under.
    static func parties(of holder: AccountID, in transaction: Transaction) throws -> [MandateID] {
        try transaction.rows("SELECT DISTINCT party FROM mandate WHERE holder = \(holder) ORDER BY party")
            .map { try $0.get("party") }
    }

    /// The accounts of those for whom somebody acts under this party.
    static func represented(by party: String, in transaction: Transaction) throws -> [AccountID] {
        try transaction.rows(
            """
            SELECT DISTINCT account.id AS id FROM mandate JOIN account ON account.national_id = mandate.number
            WHERE mandate.party = \(party) AND mandate.kind <> 'business' ORDER BY account.id
            """
        ).map { try $0.get("id") }
    }

    /// Those of these digests that are the paper of an authority.
    static func papers(among digests: [String], in transaction: Transaction) throws -> Set<String> {
        Set(
            try transaction.rows("SELECT paper_digest FROM mandate WHERE paper_digest IN (\(list: digests))")
                .map { try $0.get("paper_digest", as: String.self) }
        )
    }

    /// False when an officer confirmed it before.
    static func confirm(_ id: MandateID, _ how: Mandate.Confirmation, in transaction: Transaction) throws -> Bool {
        try transaction.run(
            """
            UPDATE mandate SET confirmed_at = \(how.at), confirmed_by = \(how.officer), confirmed_way = \(how.way.rawValue)
            WHERE id = \(id) AND confirmed_at IS NULL
            """
        ) == 1
    }

    static func insert(_ mandate: Mandate, in transaction: Transaction) throws {
        let paper = mandate.paper
        try transaction.run(
            """
            INSERT INTO mandate (id, party, holder, kind, name, number, birth_date, paper_digest, paper_size, paper_type,
                paper_name, paper_pages, valid_from, valid_to, created_at, revoked_at)
            VALUES (\(mandate.id), \(mandate.party), \(mandate.holder), \(mandate.kind.rawValue), \(mandate.name), \(mandate.number),
                \(mandate.birthDate), \(paper.digest.hex), \(paper.size), \(paper.mediaType), \(paper.name),
                \(paper.pages), \(mandate.validFrom), \(mandate.validTo), \(mandate.createdAt), \(mandate.revokedAt))
            """
        )
    }

    /// False when it was revoked before.
    static func revoke(_ id: MandateID, at now: Instant, in transaction: Transaction) throws -> Bool {
        try transaction.run("UPDATE mandate SET revoked_at = \(now) WHERE id = \(id) AND revoked_at IS NULL") == 1
    }

    private static func mandate(_ row: ResultRow) throws -> Mandate {
        let (kind, hex): (String, String) = (try row.get("kind"), try row.get("paper_digest"))
        guard let known = Mandate.Kind(rawValue: kind), let digest = Digest(hex: hex) else {
            throw StoreError.decoding(column: "kind", reason: "no mandate")
        }
        return Mandate(
            id: try row.get("id"),
            party: try row.get("party"),
            holder: try row.get("holder"),
            kind: known,
            name: try row.get("name"),
            number: try row.get("number"),
            birthDate: try row.get("birth_date"),
            paper: Mandate.StatedPaper(
                digest: digest,
                size: try row.get("paper_size"),
                mediaType: try row.get("paper_type"),
                name: try row.get("paper_name"),
                pages: try row.get("paper_pages")
            ),
            validFrom: try row.get("valid_from"),
            validTo: try row.get("valid_to"),
            createdAt: try row.get("created_at"),
            revokedAt: try row.get("revoked_at"),
            confirmation: try confirmation(row)
        )
    }

    private static func confirmation(_ row: ResultRow) throws -> Mandate.Confirmation? {
        let (at, officer): (Instant?, OfficerID?) = (try row.get("confirmed_at"), try row.get("confirmed_by"))
        let way: String? = try row.get("confirmed_way")
        guard let at, let officer, let way = way.flatMap({ Mandate.Confirmation.Way(rawValue: $0) }) else { return nil }
        return Mandate.Confirmation(at: at, officer: officer, way: way)
    }
}
