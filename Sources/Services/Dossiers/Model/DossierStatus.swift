// SPDX-License-Identifier: Apache-2.0

/// The ten national statuses of a dossier; the raw value is the national code (standards.md §5.1).
public enum DossierStatus: Int, Sendable, Hashable, CaseIterable, Codable {
    case submitted = 1
    case received = 2
    case declined = 3
    case processing = 4
    case awaitingSupplement = 5
    case awaitingPayment = 6
    case withdrawn = 7
    case stopped = 8
    case decided = 9
    case delivered = 10

    /// The national wording.
    public var vietnamese: String {
        switch self {
        case .submitted: "Mới đăng ký"
        case .received: "Được tiếp nhận"
        case .declined: "Không được tiếp nhận"
        case .processing: "Đang xử lý"
        case .awaitingSupplement: "Yêu cầu bổ sung giấy tờ"
        case .awaitingPayment: "Yêu cầu thực hiện nghĩa vụ tài chính"
        case .withdrawn: "Công dân yêu cầu rút hồ sơ"
        case .stopped: "Dừng xử lý"
        case .decided: "Đã xử lý xong"
        case .delivered: "Đã trả kết quả"
        }
    }

    /// Nothing follows any more.
    public var isFinal: Bool { DossierGraph.edges.allSatisfy { $0.from != self } }

    /// Somebody of the agency or the applicant still has to act before a decision.
    public var isOpen: Bool {
        switch self {
        case .submitted, .received, .processing, .awaitingSupplement, .awaitingPayment: true
        case .declined, .withdrawn, .stopped, .decided, .delivered: false
        }
    }
}

/// Payment due before intake is a sub-state of status 1, never status 6 (glossary §2).
public enum ObligationSubstate: String, Sendable, Hashable, CaseIterable, Codable {
    /// Nothing is to be paid before intake.
    case none
    /// The dossier waits for its payment.
    case due
    /// Paid.
    case settled
}

/// The outcome of a dossier.
public enum Decision: String, Sendable, Hashable, CaseIterable, Codable {
    case granted
    case refused
}
