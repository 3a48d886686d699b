// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Kernel
import Storage

/// The SQL of `dossier`: the row is the fold of the dossier's events, with what lists are sorted by.
enum DossierTable {
    static let columns: Statement = """
        dossier.id, dossier.code, dossier.procedure_code, dossier.pack_version, dossier.agency, dossier.applicant,
        dossier.channel, dossier.delivery, dossier.regime, dossier.status, dossier.step, dossier.obligation,
        dossier.submitted_at, dossier.received_at, dossier.register_number, dossier.due_at, dossier.paused_since,
        dossier.supplements_at_intake, dossier.supplements_in_processing, dossier.drafter, dossier.result,
        dossier.decision, dossier.decided_at, dossier.delivered_at, dossier.ended_at, dossier.version,
        dossier.consultations, dossier.fee_paid, dossier.fee_confirmed, dossier.unit, dossier.assignee,
        dossier.signer, dossier.variant, dossier.lengthening
        """

    static func find(_ id: DossierID, in transaction: Transaction) throws -> DossierState? {
        try transaction.first("SELECT \(fragment: columns) FROM dossier WHERE dossier.id = \(id)").map(state)
    }

    static func find(_ code: DossierCode, in transaction: Transaction) throws -> DossierState? {
        try transaction.first("SELECT \(fragment: columns) FROM dossier WHERE dossier.code = \(code)").map(state)
    }

    /// The codes of dossiers by their ids.
    static func codes(of ids: [String], in transaction: Transaction) throws -> [String: DossierCode] {
        let rows = try transaction.rows(
            "SELECT dossier.id, dossier.code FROM dossier WHERE dossier.id IN (\(list: ids))"
        )
        var codes: [String: DossierCode] = [:]
        for row in rows { codes[try row.get("id")] = try row.get("code") }
        return codes
    }

    static func insert(
        _ state: DossierState,
        queue: WorkQueue,
        slipSecret: String,
        in transaction: Transaction
    ) throws {
        try transaction.run(
            """
            INSERT INTO dossier (id, code, procedure_code, pack_version, agency, applicant, channel, delivery, regime,
                status, step, obligation, submitted_at, received_at, register_number, due_at, paused_since,
                supplements_at_intake, supplements_in_processing, drafter, result, decision, decided_at, delivered_at,
                ended_at, version, queue, urgent_at, slip_secret, consultations,
                fee_paid, fee_confirmed, unit, assignee, signer, variant, lengthening)
            VALUES (\(state.id), \(state.code), \(state.procedure), \(state.packVersion), \(state.agency),
                \(state.applicant), \(state.channel.rawValue), \(state.delivery.rawValue), \(state.regime.rawValue),
                \(state.status.rawValue), \(state.step), \(state.obligation.rawValue), \(state.submittedAt),
                \(state.receivedAt), \(state.registerNumber), \(state.dueAt), \(state.pausedSince),
                \(state.supplementsAtIntake), \(state.supplementsInProcessing), \(state.drafter), \(state.result),
                \(state.decision?.rawValue), \(state.decidedAt), \(state.deliveredAt), \(state.endedAt),
                \(state.version), \(queue.rawValue), \(state.urgentAt), \(slipSecret),
                \(try JSONText.encode(state.consultations)), \(state.feeCorrection?.paid),
                \(state.feeCorrection?.confirmed), \(state.unit), \(state.assignee),
                \(state.signer), \(state.variant), \(state.lengthening))
            """
        )
        try PileTable.move(from: nil, to: (state.agency, queue), in: transaction)
    }

    /// As `insert`, for many rows at once; whoever adds them counts the piles at the end.
    static func add(_ state: DossierState, queue: WorkQueue, slipSecret: String, to rows: inout RowBuffer) {
        rows.beginRow()
        rows.add(state.id.rawValue)
        rows.add(state.code.text)
        rows.add(state.procedure)
        rows.add(state.packVersion)
        rows.add(state.agency.text)
        rows.add(state.applicant.rawValue)
        rows.add(state.channel.rawValue)
        rows.add(state.delivery.rawValue)
        rows.add(state.regime.rawValue)
        rows.add(Int64(state.status.rawValue))
        rows.add(state.step)
        rows.add(state.obligation.rawValue)
        rows.add(state.submittedAt.microseconds)
        rows.add(state.receivedAt?.microseconds)
        rows.add(state.registerNumber)
        rows.add(state.dueAt?.microseconds)
        rows.add(state.pausedSince?.microseconds)
        rows.add(Int64(state.supplementsAtIntake))
        rows.add(Int64(state.supplementsInProcessing))
        rows.add(state.drafter?.rawValue)
        rows.add(state.result?.rawValue)
        rows.add(state.decision?.rawValue)
        rows.add(state.decidedAt?.microseconds)
        rows.add(state.deliveredAt?.microseconds)
        rows.add(state.endedAt?.microseconds)
        rows.add(Int64(state.version))
        rows.add(queue.rawValue)
        rows.add(state.urgentAt.microseconds)
        rows.add(slipSecret)
    }

    /// Rows for `add`.
    static let buffer = RowBuffer(
        "dossier",
        [
            ("id", .text), ("code", .text), ("procedure_code", .text), ("pack_version", .text), ("agency", .text),
            ("applicant", .text), ("channel", .text), ("delivery", .text), ("regime", .text), ("status", .int64),
            ("step", .text), ("obligation", .text), ("submitted_at", .int64), ("received_at", .int64),
            ("register_number", .int64), ("due_at", .int64), ("paused_since", .int64),
            ("supplements_at_intake", .int64), ("supplements_in_processing", .int64), ("drafter", .text),
            ("result", .text), ("decision", .text), ("decided_at", .int64), ("delivered_at", .int64),
            ("ended_at", .int64), ("version", .int64), ("queue", .text), ("urgent_at", .int64), ("slip_secret", .text),
        ]
    )

    /// Writes the state back, and counts it in its new pile, if nobody was faster; false when the row has another
    /// version by now.
    static func update(
        _ state: DossierState,
        queue: WorkQueue,
        from before: PileTable.Place,
        ifVersion version: Int,
        in transaction: Transaction
    ) throws -> Bool {
        let updated = try transaction.run(
            """
            UPDATE dossier SET agency = \(state.agency), status = \(state.status.rawValue), step = \(state.step),
                obligation = \(state.obligation.rawValue), received_at = \(state.receivedAt),
                register_number = \(state.registerNumber), due_at = \(state.dueAt),
                paused_since = \(state.pausedSince), supplements_at_intake = \(state.supplementsAtIntake),
                supplements_in_processing = \(state.supplementsInProcessing), drafter = \(state.drafter),
                result = \(state.result), decision = \(state.decision?.rawValue), decided_at = \(state.decidedAt),
                delivered_at = \(state.deliveredAt), ended_at = \(state.endedAt), version = \(state.version),
                queue = \(queue.rawValue), urgent_at = \(state.urgentAt),
                consultations = \(try JSONText.encode(state.consultations)),
                fee_paid = \(state.feeCorrection?.paid), fee_confirmed = \(state.feeCorrection?.confirmed),
                unit = \(state.unit), assignee = \(state.assignee), signer = \(state.signer),
                lengthening = \(state.lengthening)
            WHERE id = \(state.id) AND version = \(version)
            """
        )
        guard updated == 1 else { return false }
        try PileTable.move(from: before, to: (state.agency, queue), in: transaction)
        return true
    }

    static func state(_ row: ResultRow) throws -> DossierState {
        let status: Int = try row.get("status")
        guard let known = DossierStatus(rawValue: status) else {
            throw StoreError.decoding(column: "status", reason: "no national status")
        }
        let consultations: String = try row.get("consultations")
        let (paid, confirmed): (VND?, VND?) = (try row.get("fee_paid"), try row.get("fee_confirmed"))
        return DossierState(
            id: try row.get("id"),
            code: try row.get("code"),
            procedure: try row.get("procedure_code"),
            packVersion: try row.get("pack_version"),
            agency: try row.get("agency"),
            applicant: try row.get("applicant"),
            channel: try row.get("channel"),
            delivery: try row.get("delivery"),
            regime: try row.get("regime"),
            variant: try row.get("variant"),
            lengthening: try row.get("lengthening"),
            status: known,
            step: try row.get("step"),
            obligation: try row.get("obligation"),
            submittedAt: try row.get("submitted_at"),
            receivedAt: try row.get("received_at"),
            registerNumber: try row.get("register_number"),
            dueAt: try row.get("due_at"),
            pausedSince: try row.get("paused_since"),
            supplementsAtIntake: try row.get("supplements_at_intake"),
            supplementsInProcessing: try row.get("supplements_in_processing"),
            drafter: try row.get("drafter"),
            signer: try row.get("signer"),
            unit: try row.get("unit"),
            assignee: try row.get("assignee"),
            result: try row.get("result"),
            decision: try row.get("decision"),
            decidedAt: try row.get("decided_at"),
            deliveredAt: try row.get("delivered_at"),
            endedAt: try row.get("ended_at"),
            feeCorrection: paid.flatMap { paid in confirmed.map { FeeCorrection(paid: paid, confirmed: $0) } },
            consultations: consultations == "[]"
                ? [] : try JSONText.decode([ConsultationState].self, from: consultations),
            version: try row.get("version")
        )
    }
}
