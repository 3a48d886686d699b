// SPDX-License-Identifier: Apache-2.0

public import Kernel

extension FormTemplates {
    /// The papers of `resources/forms/`; the raw value is the template's name.
    public enum HousePaper: String, Hashable, Sendable, CaseIterable {
        /// Xác nhận đã nộp hồ sơ: ours, given by `submit`.
        case submissionConfirmation = "submission-confirmation"
        /// Mẫu 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả, issued by `receive`.
        case intakeSlip = "TT03_2025/01-intake-slip"
        /// Mẫu 02: Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
        case supplementNotice = "TT03_2025/02-supplement-notice"
        /// Mẫu 03: Phiếu từ chối tiếp nhận giải quyết hồ sơ.
        case declineNotice = "TT03_2025/03-decline-notice"
    }

    /// The events of which a person is told, each with a letter and a short message in `resources/forms/notices/`.
    public enum HouseNotice: String, Hashable, Sendable, CaseIterable {
        case submitted
        case paymentSettled = "payment-settled"
        case received
        case lengthened
        case supplement
        case declined
        case resultReady = "result-ready"
        case refused
        case delivered
        case withdrawn
        case draftEnds = "draft-ends"

        /// Name of the letter's template.
        public var letter: String { "notices/\(rawValue).mail" }
        /// Name of the short message's template.
        public var message: String { "notices/\(rawValue).sms" }
    }

    /// The letter to officers about a consultation.
    public static let consultationLetter = "notices/consultation.mail"

    /// One of the house's papers.
    ///
    /// Throws what the form by name throws.
    public func document(
        _ paper: HousePaper,
        values: FormValues,
        createdAt: Instant
    ) throws(PaperError) -> PaperDocument {
        try document(paper.rawValue, values: values, createdAt: createdAt)
    }
}
