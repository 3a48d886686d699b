// SPDX-License-Identifier: Apache-2.0

public import Storage

/// The tables of this service, oldest first; a migration is never changed once shipped.
public enum PaymentMigrations {
    /// In the order in which they are applied.
    public static let all: [Migration] = [obligations, refunds, refundRequests]

    /// Who asked that money be given back, and who approved it: two persons.
    private static let refundRequests = Migration(
        id: "payment-0003-refund-requests",
        statements: [
            "ALTER TABLE refund ADD COLUMN requested_by TEXT",
            "ALTER TABLE refund ADD COLUMN requested_at INT64",
            "ALTER TABLE refund ADD COLUMN approved_by TEXT",
            "ALTER TABLE refund ADD COLUMN sent_back TEXT",
        ]
    )

    private static let refunds = Migration(
        id: "payment-0002-refunds",
        statements: [
            """
            CREATE TABLE refund (
                id TEXT PRIMARY KEY,
                reference TEXT NOT NULL,
                payer TEXT NOT NULL,
                subject TEXT NOT NULL,
                amount INT64 NOT NULL CHECK (amount > 0),
                reason TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('due', 'done')),
                created_at INT64 NOT NULL,
                done_at INT64,
                note TEXT
            )
            """,
            "CREATE INDEX refund_reference ON refund (reference, created_at)",
            "CREATE INDEX refund_payer ON refund (payer, state, created_at, id)",
        ]
    )

    private static let obligations = Migration(
        id: "payment-0001-obligations",
        statements: [
            """
            CREATE TABLE obligation (
                id TEXT PRIMARY KEY,
                reference TEXT NOT NULL,
                payee TEXT NOT NULL,
                subject TEXT NOT NULL,
                lines TEXT NOT NULL,
                total INT64 NOT NULL CHECK (total > 0),
                state TEXT NOT NULL CHECK (state IN ('due', 'settled', 'cancelled')),
                created_at INT64 NOT NULL,
                settled_at INT64
            )
            """,
            "CREATE INDEX obligation_reference ON obligation (reference, created_at)",
            """
            CREATE TABLE payment (
                id TEXT PRIMARY KEY,
                obligation TEXT NOT NULL REFERENCES obligation (id),
                amount INT64 NOT NULL,
                state TEXT NOT NULL,
                created_at INT64 NOT NULL,
                pay_url TEXT,
                provider_code TEXT,
                finished_at INT64
            )
            """,
            "CREATE UNIQUE INDEX payment_provider_code ON payment (provider_code)",
            "CREATE INDEX payment_obligation ON payment (obligation, created_at)",
            "CREATE INDEX payment_state ON payment (state, created_at)",
        ]
    )
}
