// SPDX-License-Identifier: Apache-2.0

import Kernel
import Storage

/// The SQL of a rehearsal: open dossiers of one procedure with their answers and papers.
enum RehearsalTable {
    /// The newest first; those whose personal data were erased are left out.
    static func open(of procedure: String, limit: Int, in transaction: Transaction) throws -> [RehearsedDossier] {
        try transaction.rows(statement(procedure, limit: limit)).map(DossierTable.state).compactMap { state in
            guard let personal = try PersonalTable.find(state.id, in: transaction) else { return nil }
            let files = try FileTable.files(of: state.id, in: transaction).filter { $0.state == .current }
            return RehearsedDossier(state: state, answers: personal.answers, papers: Set(files.map(\.component)))
        }
    }

    static func statement(_ procedure: String, limit: Int) -> Statement {
        """
        SELECT \(fragment: DossierTable.columns) FROM dossier
        WHERE dossier.procedure_code = \(procedure) AND dossier.ended_at IS NULL
        ORDER BY dossier.submitted_at DESC, dossier.id LIMIT \(limit)
        """
    }
}
