// SPDX-License-Identifier: Apache-2.0

import Identity
import Kernel

/// What the API itself refuses, before a service is asked.
enum APIRefusal: Presentable, Equatable {
    /// No token, or one that is no good.
    case tokenNeeded
    /// A partner where only a citizen may act for herself.
    case citizensOnly
    /// A citizen where only a partner may ask.
    case partnersOnly
    /// An officer's session: officers work on their pages.
    case officersUsePages
    /// The identity was checked less well than the law asks for this act (NĐ 69/2024/NĐ-CP).
    case levelTooLow(needed: Int)
    /// The token is not good for this.
    case scopeMissing(PartnerScope)
    /// The header `Idempotency-Key` is missing or no key.
    case keyMissing
    /// The first request with this key is still at work.
    case keyInUse
    /// The header `If-Match` is missing.
    case versionMissing
    /// The dossier has changed since the author saw it.
    case versionPassed(now: Int)
    /// A parameter of the address is wrong.
    case parameterWrong(name: String, detail: String)
    /// The body does not fit its schema.
    case bodyWrong([FieldFault])

    var code: String {
        switch self {
        case .tokenNeeded: "token-needed"
        case .citizensOnly: "citizens-only"
        case .partnersOnly: "partners-only"
        case .officersUsePages: "officers-use-pages"
        case .levelTooLow: "assurance-level-too-low"
        case .scopeMissing: "scope-missing"
        case .keyMissing: "idempotency-key-missing"
        case .keyInUse: "idempotency-key-in-use"
        case .versionMissing: "version-missing"
        case .versionPassed: "version-passed"
        case .parameterWrong: "parameter-wrong"
        case .bodyWrong: "body-wrong"
        }
    }

    var status: Int {
        switch self {
        case .tokenNeeded: 401
        case .citizensOnly, .partnersOnly, .officersUsePages, .levelTooLow, .scopeMissing: 403
        case .keyMissing, .parameterWrong: 400
        case .keyInUse: 409
        case .versionMissing: 428
        case .versionPassed: 412
        case .bodyWrong: 422
        }
    }

    var field: String? {
        switch self {
        case .keyMissing: "Idempotency-Key"
        case .versionMissing, .versionPassed: "If-Match"
        case .parameterWrong(let name, _): name
        default: faults.first?.field
        }
    }

    var faults: [FieldFault] {
        if case .bodyWrong(let faults) = self { return faults }
        return []
    }

    var publicDetail: String? {
        switch self {
        case .tokenNeeded: "Gửi Authorization: Bearer cùng mã truy cập còn hạn."
        case .citizensOnly: "Chỉ công dân, bằng phiên đăng nhập của chính mình, được làm việc này."
        case .partnersOnly: "Chỉ hệ thống của đối tác đã đăng ký được hỏi điều này."
        case .officersUsePages: "Cán bộ làm việc trên các trang của cổng, không qua giao diện lập trình."
        case .levelTooLow(let needed): "Việc này cần tài khoản VNeID mức \(needed)."
        case .scopeMissing(let scope): "Mã truy cập không có quyền \(scope.rawValue)."
        case .keyMissing:
            "Gửi Idempotency-Key: từ 1 đến 64 ký tự không dấu, mới cho mỗi việc và giữ nguyên khi gửi lại."
        case .keyInUse: "Yêu cầu trước mang khóa này đang được xử lý. Chờ một lát rồi gửi lại nguyên như cũ."
        case .versionMissing: "Gửi If-Match: ETag của lần đọc hồ sơ gần nhất."
        case .versionPassed(let now): "Hồ sơ đã thay đổi, phiên bản hiện tại là \(now). Đọc lại hồ sơ rồi làm tiếp."
        case .parameterWrong(_, let detail): detail
        case .bodyWrong(let faults): faults.first?.detail
        }
    }
}
