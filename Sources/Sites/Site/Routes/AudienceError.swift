// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// Why somebody who is signed in may not enter, where more can be said than "not yours".
public enum AudienceError: Presentable, Equatable {
    /// The identity was checked less well than the law asks for this act (NĐ 69/2024/NĐ-CP).
    case levelTooLow(needed: Int)
    /// An officer on a citizen's page.
    case citizensOnly
    /// A citizen on an officer's page.
    case officersOnly

    public var code: String {
        switch self {
        case .levelTooLow: "assurance-level-too-low"
        case .citizensOnly: "citizens-only"
        case .officersOnly: "officers-only"
        }
    }

    public var status: Int { 403 }

    public var publicDetail: String? {
        switch self {
        case .levelTooLow(let needed):
            "Việc này cần tài khoản VNeID mức \(needed). Mang căn cước đến công an xã, phường để nâng mức, không mất tiền."
        case .citizensOnly: "Trang này dành cho công dân. Đăng xuất tài khoản cán bộ rồi đăng nhập bằng VNeID."
        case .officersOnly: "Trang này dành cho cán bộ. Đăng xuất rồi đăng nhập bằng tài khoản cán bộ."
        }
    }
}
