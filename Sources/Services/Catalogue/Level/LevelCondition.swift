// SPDX-License-Identifier: Apache-2.0

import Kernel

/// One condition of a level.
public enum LevelCondition: String, CaseIterable, Hashable, Sendable, Codable {
    case infoItems, formsDownloadable, eForm, attachments, dbStored, processedOnline, https, onlinePayment, onlineResult
    case noPresence

    /// The level that it opens.
    public var level: ServiceLevel {
        switch self {
        case .infoItems: .one
        case .formsDownloadable: .two
        case .eForm, .attachments, .dbStored, .processedOnline, .https: .three
        case .onlinePayment, .onlineResult, .noPresence: .four
        }
    }

    /// What is asked, as a list of conditions says it.
    public var vietnamese: String {
        switch self {
        case .infoItems: "Công khai đủ 11 nội dung của thủ tục"
        case .formsDownloadable: "Mẫu đơn, tờ khai tải về được"
        case .eForm: "Tờ khai điện tử điền trên mạng"
        case .attachments: "Gửi được giấy tờ kèm theo qua mạng"
        case .dbStored: "Hồ sơ lưu trong cơ sở dữ liệu, tìm và đếm được"
        case .processedOnline: "Hồ sơ được giải quyết trên môi trường mạng"
        case .https: "Kết nối an toàn (HTTPS)"
        case .onlinePayment: "Nộp phí, lệ phí trực tuyến"
        case .onlineResult: "Trả kết quả điện tử có ký số"
        case .noPresence: "Không bước nào buộc người dân đến cơ quan"
        }
    }

    /// What is missing, in words for the procedure page.
    public var missing: String {
        switch self {
        case .infoItems: "Chưa công khai đủ 11 nội dung của thủ tục"
        case .formsDownloadable: "Chưa có mẫu đơn, tờ khai để tải về"
        case .eForm: "Chưa có tờ khai điện tử điền trên mạng"
        case .attachments: "Chưa gửi được giấy tờ kèm theo qua mạng"
        case .dbStored: "Hồ sơ chưa được lưu trong cơ sở dữ liệu"
        case .processedOnline: "Hồ sơ chưa được giải quyết trên môi trường mạng"
        case .https: "Chưa có kết nối an toàn (HTTPS)"
        case .onlinePayment: "Chưa nộp được phí, lệ phí trực tuyến"
        case .onlineResult: "Chưa trả kết quả điện tử có ký số"
        case .noPresence: "Người dân phải có mặt tại cơ quan"
        }
    }

    /// Where the evidence comes from.
    public var source: EvidenceSource {
        switch self {
        case .infoItems, .formsDownloadable, .eForm, .attachments, .noPresence: .pack
        case .https: .configuration
        case .dbStored, .processedOnline, .onlinePayment, .onlineResult: .dossiers
        }
    }
}

/// Where what is known about a condition comes from.
public enum EvidenceSource: Hashable, Sendable {
    /// The text of the procedure.
    case pack
    /// The settings of this portal.
    case configuration
    /// What was done with dossiers.
    case dossiers
}

/// One condition with what was found.
public struct LevelFinding: Hashable, Sendable {
    /// Which condition.
    public let condition: LevelCondition
    /// Whether it holds.
    public let isMet: Bool
    /// The evidence, a sentence without a full stop: `11/11 nội dung`.
    public let evidence: String

    /// What the evidence says of a condition. Pure.
    static func judge(_ condition: LevelCondition, _ evidence: LevelEvidence) -> LevelFinding {
        let (isMet, words) =
            switch condition.level {
            case .one, .two: information(condition, evidence)
            case .three: filing(condition, evidence)
            case .four: ending(condition, evidence)
            }
        return LevelFinding(condition: condition, isMet: isMet, evidence: words)
    }

    private static func information(_ condition: LevelCondition, _ evidence: LevelEvidence) -> (Bool, String) {
        guard condition == .infoItems else {
            guard evidence.hasForm else { return (true, "Thủ tục không có mẫu đơn, tờ khai") }
            return evidence.formsDownloadable
                ? (true, "Tờ khai đã điền in ra được và được nhận như bản giấy")
                : (false, "Không có tệp mẫu, không in được tờ khai")
        }
        let all = InformationItem.allCases.count
        let missing = evidence.missingItems
        let words = missing.isEmpty ? "" : ", thiếu: " + missing.joined(separator: "; ")
        return (evidence.infoItems == all, "\(evidence.infoItems)/\(all) nội dung\(words)")
    }

    private static func filing(_ condition: LevelCondition, _ evidence: LevelEvidence) -> (Bool, String) {
        switch condition {
        case .eForm:
            guard evidence.hasForm else { return (true, "Thủ tục không có tờ khai") }
            return (evidence.eForm, evidence.eForm ? "Tờ khai điền được trên mạng" : "Tờ khai chưa mở trên mạng")
        case .attachments:
            guard let papers = evidence.papers, papers.all > 0 else {
                return (
                    evidence.attachments,
                    evidence.attachments ? "Gửi kèm tệp được" : "Chưa mở kênh nộp qua mạng để gửi kèm tệp"
                )
            }
            return (evidence.attachments, "\(papers.some)/\(papers.all) loại giấy tờ gửi được bằng tệp")
        case .dbStored:
            guard evidence.dbStored else { return (false, "Hồ sơ chưa vào cơ sở dữ liệu") }
            guard let use = evidence.use, use.submitted > 0 else {
                let none = evidence.use == nil ? "" : "; chưa có hồ sơ nào trong 12 tháng"
                return (true, "Hồ sơ vào cơ sở dữ liệu khi nộp\(none)")
            }
            return (true, "\(String(grouped: use.submitted)) hồ sơ trong cơ sở dữ liệu trong 12 tháng")
        case .processedOnline:
            guard evidence.processedOnline else { return (false, "Các bước giải quyết chưa làm trên hệ thống") }
            guard let use = evidence.use, use.delivered > 0 else {
                return (true, "Mọi bước giải quyết làm trên hệ thống")
            }
            return (true, "\(String(grouped: use.delivered)) kết quả đã trả, mọi bước có trong nhật ký hệ thống")
        default:
            return (evidence.https, evidence.https ? "Địa chỉ cổng dùng HTTPS" : "Địa chỉ cổng chưa dùng HTTPS")
        }
    }

    private static func ending(_ condition: LevelCondition, _ evidence: LevelEvidence) -> (Bool, String) {
        if condition == .onlinePayment {
            guard evidence.hasFee else { return (true, "Thủ tục không thu phí, lệ phí") }
            guard evidence.onlinePayment else { return (false, "Chưa có cổng thanh toán") }
            let configured = "Cổng thanh toán đã cấu hình"
            guard let use = evidence.use else { return (true, configured) }
            return practice(configured, use.settledOnline, of: use.settled, "khoản đã nộp trực tuyến")
        }
        if condition == .noPresence {
            return evidence.presence.map { (false, "Phải có mặt \($0)") } ?? (
                true, "Thủ tục không ghi lúc nào phải có mặt"
            )
        }
        guard evidence.onlineResult else { return (false, "Kết quả chưa ký số và trả qua mạng được") }
        let configured = "Kết quả lập theo mẫu, ký số và trả qua mạng"
        guard let use = evidence.use else { return (true, configured) }
        return practice(configured, use.deliveredOnline, of: use.delivered, "kết quả đã trả qua mạng")
    }

    /// What is configured and was never once done in many occasions does not hold: the paper says one thing, the
    /// dossiers another.
    private static func practice(
        _ configured: String,
        _ online: Int64,
        of all: Int64,
        _ words: String
    ) -> (Bool, String) {
        guard all > 0 else { return (true, "\(configured); chưa có lần nào trong 12 tháng") }
        let isMet = online > 0 || all < ServiceUse.tellingOccasions
        return (isMet, "\(configured); \(String(grouped: online))/\(String(grouped: all)) \(words) trong 12 tháng")
    }
}
