// SPDX-License-Identifier: Apache-2.0

import Kernel
import Storage

/// The SQL of `account`.
enum AccountTable {
    /// The accounts that have this subject or this personal ID, that of the subject first.
    static func matches(
        subject: String,
        nationalID: NationalID,
        in transaction: Transaction
    ) throws -> [Account] {
        try transaction.rows(
            """
            SELECT \(fragment: columns) FROM account WHERE subject = \(subject) OR national_id = \(nationalID.digits)
            ORDER BY CASE WHEN subject = \(subject) THEN 0 ELSE 1 END
            """
        ).map(account)
    }

    /// The accounts with this telephone number: a family may share one. More than a few tell nothing more.
    static func withPhone(_ phone: PhoneNumber, in transaction: Transaction) throws -> [Account] {
        try transaction.rows(
            "SELECT \(fragment: columns) FROM account WHERE phone = \(phone.national) ORDER BY created_at, id LIMIT 20"
        ).map(account)
    }

    static func find(_ id: AccountID, in transaction: Transaction) throws -> Account? {
        try transaction.first("SELECT \(fragment: columns) FROM account WHERE id = \(id)").map(account)
    }

    static func insert(_ account: Account, in transaction: Transaction) throws {
        let claims = account.identity
        try transaction.run(
            """
            INSERT INTO account (id, subject, full_name, national_id, birth_date, sex, address, phone, email, assurance,
                created_at, confirmed_at)
            VALUES (\(account.id), \(claims.subject), \(claims.fullName), \(claims.nationalID.digits),
                \(claims.birthDate), \(claims.sex), \(claims.address), \(claims.phone?.national), \(claims.email),
                \(claims.assurance.rawValue), \(account.createdAt), \(account.createdAt))
            """
        )
    }

    /// Keeps the newest claims of a known account.
    static func update(_ account: Account, at moment: Instant, in transaction: Transaction) throws {
        let claims = account.identity
        try GenerationTable.advance(in: transaction)
        try transaction.run(
            """
            UPDATE account SET subject = \(claims.subject), full_name = \(claims.fullName),
                national_id = \(claims.nationalID.digits), birth_date = \(claims.birthDate), sex = \(claims.sex),
                address = \(claims.address), phone = \(claims.phone?.national), email = \(claims.email),
                assurance = \(claims.assurance.rawValue), confirmed_at = \(moment)
            WHERE id = \(account.id)
            """
        )
    }

    /// Keeps a contact that the person corrected herself.
    static func correct(_ contact: OwnContact, of id: AccountID, in transaction: Transaction) throws {
        try GenerationTable.advance(in: transaction)
        switch contact {
        case .phone(let phone):
            try transaction.run("UPDATE account SET own_phone = \(phone.national) WHERE id = \(id)")
        case .email(let email): try transaction.run("UPDATE account SET own_email = \(email) WHERE id = \(id)")
        }
    }

    private static let columns: Statement = """
        id, subject, full_name, national_id, birth_date, sex, address, COALESCE(own_phone, phone) AS phone,
        COALESCE(own_email, email) AS email, assurance, created_at
        """

    private static func account(_ row: ResultRow) throws -> Account {
        let digits: String = try row.get("national_id")
        guard let nationalID = NationalID(digits) else {
            throw StoreError.decoding(column: "national_id", reason: "not twelve digits")
        }
        let phone: String? = try row.get("phone")
        let assurance: Int = try row.get("assurance")
        return Account(
            id: try row.get("id"),
            identity: VerifiedIdentity(
                subject: try row.get("subject"),
                fullName: try row.get("full_name"),
                nationalID: nationalID,
                birthDate: try row.get("birth_date"),
                sex: try row.get("sex"),
                address: try row.get("address"),
                phone: phone.flatMap { PhoneNumber($0) },
                email: try row.get("email"),
                assurance: AssuranceLevel(rawValue: assurance) ?? .none
            ),
            createdAt: try row.get("created_at")
        )
    }
}
