// SPDX-License-Identifier: Apache-2.0

import Storage

extension Migration {
    /// Of which version a draft is the copy.
    static let catalogue0004 = Migration(
        id: "catalogue-0004-draft-model",
        statements: ["ALTER TABLE procedure_draft ADD COLUMN model BYTES"]
    )
}
