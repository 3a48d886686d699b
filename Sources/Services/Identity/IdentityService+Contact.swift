// SPDX-License-Identifier: Apache-2.0

import Journal
public import Kernel
public import Storage

/// A contact that a person keeps herself: no register holds it.
public enum OwnContact: Sendable, Hashable {
    case phone(PhoneNumber)
    case email(String)
}

extension IdentityService {
    /// Keeps a corrected contact over what the identity service says, in the caller's journalled transaction.
    public func correct(_ contact: OwnContact, of account: AccountID, in transaction: Transaction) throws {
        try AccountTable.correct(contact, of: account, in: transaction)
        let actor = Actor.citizen(account, assurance: .none, session: nil)
        try log.append([Self.entry(.contactCorrected, actor: actor, at: clock.now())], in: transaction)
    }
}
