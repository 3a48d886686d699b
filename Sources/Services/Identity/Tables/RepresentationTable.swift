// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
import Organisation
import Storage

/// The SQL of `representation`.
enum RepresentationTable {
    private static let columns: Statement = """
        id, holder, kind, name, number, birth_date, paper_digest, paper_size, paper_type, paper_name, paper_pages,
        valid_from, valid_to, created_at, revoked_at, party, confirmed_at, confirmed_by, confirmed_way
        """

    static func find(_ id: RepresentationID, in transaction: Transaction) throws -> Representation? {
        try transaction.first("SELECT \(fragment: columns) FROM representation WHERE id = \(id)").map(representation)
    }

    /// Those of a person, the newest first.
    static func all(of holder: AccountID, in transaction: Transaction) throws -> [Representation] {
        try transaction.rows(
            """
            SELECT \(fragment: columns) FROM representation WHERE holder = \(holder)
            ORDER BY created_at DESC, id DESC LIMIT \(IdentityService.representationLimitInAll)
            """
        ).map(representation)
    }

    /// The hats that a person may put on, the newest first: one index and no paper, for it is asked with each request.
    static func hats(of holder: AccountID, on day: LocalDate, in transaction: Transaction) throws -> [Hat] {
        try transaction.rows(
            """
            SELECT id, party, kind, name FROM representation
            WHERE holder = \(holder) AND revoked_at IS NULL AND valid_from <= \(day) AND valid_to >= \(day)
            ORDER BY created_at DESC, id DESC LIMIT \(IdentityService.representationLimit)
            """
        ).map { row in
            let kind: String = try row.get("kind")
            guard let known = Representation.Kind(rawValue: kind) else {
                throw StoreError.decoding(column: "kind", reason: "no representation")
            }
            return Hat(
                representation: try row.get("id"),
                party: try row.get("party"),
                kind: known,
                name: try row.get("name")
            )
        }
    }

    /// Those by which others act for this person: the SQL twin of `Representation.concerns`, for others' authorities.
    static func all(about account: Account, in transaction: Transaction) throws -> [Representation] {
        guard account.identity.assurance >= .two else { return [] }
        return try transaction.rows(
            """
            SELECT \(fragment: columns) FROM representation
            WHERE number = \(account.identity.nationalID.digits) AND kind IN ('person', 'parent')
                AND holder <> \(account.id)
            ORDER BY created_at DESC, id DESC LIMIT 200
            """
        ).map(representation)
    }

    /// The papers of a party, the newest first; none for a party that is no authority.
    static func all(ofParty party: String, in transaction: Transaction) throws -> [Representation] {
        try transaction.rows(
            """
            SELECT \(fragment: columns) FROM representation WHERE party = \(party)
            ORDER BY created_at DESC, id DESC LIMIT 200
            """
        ).map(representation)
    }

    /// What the earlier papers of this holder for the same person or business were filed under; nil for the first one.
    static func party(
        of holder: AccountID,
        _ kind: Representation.Kind,
        _ number: String,
        in transaction: Transaction
    ) throws -> RepresentationID? {
        try transaction.first(
            """
            SELECT party FROM representation WHERE holder = \(holder) AND kind = \(kind.rawValue) AND number = \(number)
            ORDER BY created_at, id LIMIT 1
            """
        )?.get("party")
    }

    /// What a person filed for others is filed under.
    static func parties(of holder: AccountID, in transaction: Transaction) throws -> [RepresentationID] {
        try transaction.rows("SELECT DISTINCT party FROM representation WHERE holder = \(holder) ORDER BY party")
            .map { try $0.get("party") }
    }

    /// The accounts of those for whom somebody acts under this party.
    static func represented(by party: String, in transaction: Transaction) throws -> [AccountID] {
        try transaction.rows(
            """
            SELECT DISTINCT account.id AS id
            FROM representation JOIN account ON account.national_id = representation.number
            WHERE representation.party = \(party) AND representation.kind <> 'business' ORDER BY account.id
            """
        ).map { try $0.get("id") }
    }

    /// Those of these digests that are the paper of an authority.
    static func papers(among digests: [String], in transaction: Transaction) throws -> Set<String> {
        Set(
            try transaction.rows("SELECT paper_digest FROM representation WHERE paper_digest IN (\(list: digests))")
                .map { try $0.get("paper_digest", as: String.self) }
        )
    }

    /// False when an officer confirmed it before.
    static func confirm(_ id: RepresentationID, _ how: Representation.Confirmation, in transaction: Transaction) throws
        -> Bool
    {
        try GenerationTable.advance(in: transaction)
        return try transaction.run(
            """
            UPDATE representation
            SET confirmed_at = \(how.at), confirmed_by = \(how.officer), confirmed_way = \(how.way.rawValue)
            WHERE id = \(id) AND confirmed_at IS NULL
            """
        ) == 1
    }

    static func insert(_ representation: Representation, in transaction: Transaction) throws {
        let paper = representation.paper
        try GenerationTable.advance(in: transaction)
        try transaction.run(
            """
            INSERT INTO representation (id, party, holder, kind, name, number, birth_date, paper_digest, paper_size,
                paper_type, paper_name, paper_pages, valid_from, valid_to, created_at, revoked_at)
            VALUES (\(representation.id), \(representation.party), \(representation.holder),
                \(representation.kind.rawValue), \(representation.name), \(representation.number),
                \(representation.birthDate), \(paper.digest.hex), \(paper.size), \(paper.mediaType), \(paper.name),
                \(paper.pages), \(representation.validFrom), \(representation.validTo), \(representation.createdAt),
                \(representation.revokedAt))
            """
        )
    }

    /// False when it was revoked before.
    static func revoke(_ id: RepresentationID, at now: Instant, in transaction: Transaction) throws -> Bool {
        try GenerationTable.advance(in: transaction)
        return try transaction.run(
            "UPDATE representation SET revoked_at = \(now) WHERE id = \(id) AND revoked_at IS NULL"
        )
            == 1
    }

    private static func representation(_ row: ResultRow) throws -> Representation {
        let (kind, hex): (String, String) = (try row.get("kind"), try row.get("paper_digest"))
        guard let known = Representation.Kind(rawValue: kind), let digest = Digest(hex: hex) else {
            throw StoreError.decoding(column: "kind", reason: "no representation")
        }
        return Representation(
            id: try row.get("id"),
            party: try row.get("party"),
            holder: try row.get("holder"),
            kind: known,
            name: try row.get("name"),
            number: try row.get("number"),
            birthDate: try row.get("birth_date"),
            paper: Representation.StatedPaper(
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

    private static func confirmation(_ row: ResultRow) throws -> Representation.Confirmation? {
        let (at, officer): (Instant?, OfficerID?) = (try row.get("confirmed_at"), try row.get("confirmed_by"))
        let way: String? = try row.get("confirmed_way")
        guard let at, let officer, let way = way.flatMap({ Representation.Confirmation.Way(rawValue: $0) }) else {
            return nil
        }
        return Representation.Confirmation(at: at, officer: officer, way: way)
    }
}
