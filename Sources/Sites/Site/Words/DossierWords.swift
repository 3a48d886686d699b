// SPDX-License-Identifier: Apache-2.0

public import Dossiers
public import Kernel
public import Markup
import WorkingTime

/// What pages say about where a dossier stands.
public enum DossierWords {
    /// The status in the person's words.
    public static func status(_ status: DossierStatus) -> String {
        switch status {
        case .submitted: "Đã nộp, chờ tiếp nhận"
        case .received, .processing: "Đang giải quyết"
        case .declined: "Không được tiếp nhận"
        case .awaitingSupplement: "Cần bổ sung"
        case .awaitingPayment: "Cần nộp tiền"
        case .withdrawn: "Đã rút"
        case .stopped: "Đã dừng xử lý"
        case .decided: "Đã có kết quả"
        case .delivered: "Đã trả kết quả"
        }
    }

    /// The colour that goes with it; never the only sign.
    public static func tone(_ status: DossierStatus) -> PartTone {
        switch status {
        case .submitted, .received, .processing: .info
        case .awaitingSupplement, .awaitingPayment: .warn
        case .decided, .delivered: .ok
        case .declined, .stopped: .bad
        case .withdrawn: .neutral
        }
    }

    /// How much time is left, in working days.
    public static func chip(_ status: DossierStatus, _ dueAt: Instant?, _ now: Instant) -> DeadlineChip {
        switch status {
        case .awaitingSupplement: return .pausedForSupplement
        case .awaitingPayment: return .pausedForPayment
        case .submitted: return .notReceived
        case .declined, .withdrawn, .stopped, .decided, .delivered: return .over
        case .received, .processing: break
        }
        guard let dueAt else { return .notReceived }
        let calendar = WorkCalendar.standard
        if dueAt < now { return .overdue(workingDays: calendar.workingDays(after: dueAt.date, through: now.date)) }
        if dueAt.date == now.date { return .dueToday }
        return .left(workingDays: calendar.workingDays(after: now.date, through: dueAt.date))
    }
}

extension DossierWords {
    /// `Đã kéo dài thời hạn, hẹn lần đầu 17:00 ngày …: phải xác minh, theo Nghị định …`.
    public static func lengthening(_ taken: TakenLengthening) -> String {
        "Đã kéo dài thời hạn, hẹn lần đầu \(taken.formerDueAt.vietnamese): \(taken.why)"
    }
}

extension String {
    /// The first letter small, as inside a sentence; a word in capitals stays.
    public var lowercasedFirst: String {
        dropFirst().first?.isUppercase ?? false ? self : prefix(1).lowercased() + dropFirst()
    }

    /// The first letter capital, as at the beginning of a line.
    public var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
