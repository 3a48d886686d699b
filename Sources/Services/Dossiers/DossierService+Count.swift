// SPDX-License-Identifier: Apache-2.0

import Storage

extension DossierService {
    /// How many dossiers the database holds, drafts not counted: a figure without any person, for the state of the
    /// system.
    public func count() async throws -> Int {
        try await store.survey { transaction in
            try transaction.first("SELECT COUNT(*) AS total FROM dossier")?.get("total") ?? 0
        }
    }
}
