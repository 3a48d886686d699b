// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// Why an identity that was proved leads to no account.
public enum IdentityError: Presentable, Equatable {
    /// The identity service's name of the person belongs to one account, the personal ID to another or to none.
    case identityConflict

    public var code: String { "identity-conflict" }

    public var status: Int { 409 }

    public var publicDetail: String? {
        "Số định danh VNeID vừa báo khác với số đã gắn với tài khoản này, nên cổng chưa cho đăng nhập. "
            + "Mang căn cước đến bộ phận một cửa để được đối chiếu; hồ sơ đã nộp không bị ảnh hưởng."
    }
}

/// Which account a verified identity belongs to. The personal ID is the anchor; the service's own name of a person may
/// change when the service is moved, and then only a well-checked identity takes the account with it.
enum AccountBinding: Equatable {
    case new
    case known(Account, isRenamed: Bool)
    case conflict(AccountID)

    /// The rule over the accounts that have this subject or this personal ID, at most two.
    static func rule(_ identity: VerifiedIdentity, _ matches: [Account]) -> AccountBinding {
        guard let match = matches.first else { return .new }
        guard matches.count == 1, match.identity.nationalID == identity.nationalID else { return .conflict(match.id) }
        if match.identity.subject == identity.subject { return .known(match, isRenamed: false) }
        return identity.assurance >= .two ? .known(match, isRenamed: true) : .conflict(match.id)
    }
}
