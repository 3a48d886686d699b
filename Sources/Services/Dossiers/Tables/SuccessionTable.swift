// SPDX-License-Identifier: Apache-2.0

import Kernel
import Organisation
import Storage

/// The SQL by which a merger finds what is in flight.
enum SuccessionTable {
    /// A question that waits for its answer.
    struct OpenConsultation {
        var id: ConsultationID
        var dossier: DossierID
        var party: ConsultedParty
    }

    private static var standing: [String] { WorkQueue.allCases.filter { $0 != .ended }.map(\.rawValue) }

    /// Dossiers of an agency that are not over, by their ids.
    static func standing(
        at agency: AgencyCode,
        after last: DossierID?,
        limit: Int,
        in transaction: Transaction
    ) throws -> [(state: DossierState, queue: WorkQueue)] {
        try transaction.rows(
            """
            SELECT \(fragment: DossierTable.columns), dossier.queue FROM dossier
            WHERE dossier.agency = \(agency) AND dossier.queue IN (\(list: standing))
                AND dossier.id > \(last?.rawValue ?? "")
            ORDER BY dossier.id LIMIT \(limit)
            """
        ).map(row)
    }

    static func find(
        _ id: DossierID,
        in transaction: Transaction
    ) throws -> (state: DossierState, queue: WorkQueue)? {
        try transaction.first(
            "SELECT \(fragment: DossierTable.columns), dossier.queue FROM dossier WHERE dossier.id = \(id)"
        ).map(row)
    }

    /// What is not over and assigned to an officer, the most urgent first.
    static func work(
        of officer: OfficerID,
        in transaction: Transaction
    ) throws -> [(state: DossierState, queue: WorkQueue)] {
        try transaction.rows(
            """
            SELECT \(fragment: DossierTable.columns), dossier.queue FROM dossier
            WHERE dossier.assignee = \(officer) AND dossier.queue IN (\(list: standing))
            ORDER BY dossier.urgent_at, dossier.id
            """
        ).map(row)
    }

    /// What is not over and lies with a unit.
    static func work(
        of unit: OrgUnitID,
        at agency: AgencyCode,
        in transaction: Transaction
    ) throws -> [(state: DossierState, queue: WorkQueue)] {
        try transaction.rows(
            """
            SELECT \(fragment: DossierTable.columns), dossier.queue FROM dossier
            WHERE dossier.agency = \(agency) AND dossier.unit = \(unit)
                AND dossier.queue IN (\(list: standing))
            ORDER BY dossier.id
            """
        ).map(row)
    }

    /// How much lies in each pile of these agencies.
    static func counts(of agencies: [AgencyCode], in transaction: Transaction) throws -> [WorkQueue: Int] {
        let rows = try transaction.rows(
            """
            SELECT queue, COUNT(*) AS total FROM dossier
            WHERE agency IN (\(list: agencies)) AND queue IN (\(list: standing)) GROUP BY queue
            """
        )
        var counts: [WorkQueue: Int] = [:]
        for row in rows { counts[try row.get("queue")] = try row.get("total", as: Int.self) }
        return counts
    }

    /// Questions that wait for an answer of these agencies, or of these units.
    static func openConsultations(
        to agencies: [AgencyCode],
        units: [OrgUnitID],
        in transaction: Transaction
    ) throws -> [OpenConsultation] {
        var asked: [Statement] = []
        if !agencies.isEmpty { asked.append("agency IN (\(list: agencies))") }
        if !units.isEmpty { asked.append("unit IN (\(list: units))") }
        guard !asked.isEmpty else { return [] }
        return try transaction.rows(
            """
            SELECT id, dossier, agency, unit FROM dossier_consultation
            WHERE (\(fragment: asked.joined(" OR "))) AND outcome IS NULL ORDER BY id
            """
        ).map { row in
            OpenConsultation(
                id: try row.get("id"),
                dossier: try row.get("dossier"),
                party: ConsultedParty(agency: try row.get("agency"), unit: try row.get("unit"))
            )
        }
    }

    static func readdress(_ id: ConsultationID, to party: ConsultedParty, in transaction: Transaction) throws {
        try transaction.run(
            "UPDATE dossier_consultation SET agency = \(party.agency), unit = \(party.unit) WHERE id = \(id)"
        )
    }

    /// What was drafted is issued by the agency that signs, under a number of its own: one that was taken for a
    /// signature that failed or was given back stays void in the series that ends. What is signed keeps name and
    /// number.
    static func readdressDraft(of dossier: DossierID, to agency: AgencyCode, in transaction: Transaction) throws {
        try transaction.run(
            """
            UPDATE result_document SET agency = \(agency), number = NULL, notation = NULL
            WHERE dossier = \(dossier) AND digest IS NULL
            """
        )
    }

    private static func row(_ row: ResultRow) throws -> (state: DossierState, queue: WorkQueue) {
        (try DossierTable.state(row), try row.get("queue"))
    }
}
