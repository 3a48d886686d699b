// SPDX-License-Identifier: Apache-2.0

/// Which law's scale applies. The raw value is the code in data.
public enum LevelScheme: String, CaseIterable, Hashable, Sendable, Codable {
    /// Levels 1 to 4 (NĐ 43/2011/NĐ-CP, TT 32/2017/TT-BTTTT).
    case levels = "ND43_2011"
    /// Full, partial, information (NĐ 42/2022/NĐ-CP).
    case scope = "ND42_2022"
    /// How far the state comes of its own accord, 1 to 4 (NĐ 224/2026/NĐ-CP art. 16).
    case proactive = "ND224_2026_proactive"

    /// As a page says it.
    public var vietnamese: String {
        switch self {
        case .levels: "Bốn mức độ (Nghị định 43/2011)"
        case .scope: "Toàn trình, một phần (Nghị định 42/2022)"
        case .proactive: "Dịch vụ công chủ động (Nghị định 224/2026)"
        }
    }
}

/// How much of a service is online (NĐ 42/2022/NĐ-CP).
public enum OnlineScope: String, CaseIterable, Hashable, Sendable, Codable {
    /// Everything online with payment; the result online or by public post.
    case full
    /// Online but for some step.
    case partial
    /// Neither.
    case information

    /// As a page says it.
    public var vietnamese: String {
        switch self {
        case .full: "Toàn trình"
        case .partial: "Một phần"
        case .information: "Cung cấp thông tin"
        }
    }
}

/// How far the state comes of its own accord (NĐ 224/2026/NĐ-CP art. 16); each grade holds those below it.
public enum ProactiveGrade: Int, CaseIterable, Hashable, Sendable, Codable {
    case reminds = 1
    case prepares, recommends, acts

    /// As a page says it.
    public var vietnamese: String {
        switch self {
        case .reminds: "Mức 1: nhắc"
        case .prepares: "Mức 2: chuẩn bị hồ sơ"
        case .recommends: "Mức 3: khuyến nghị"
        case .acts: "Mức 4: tự động"
        }
    }

    /// What is missing for it.
    var missing: String {
        switch self {
        case .reminds: "Chưa nhắc người dân trước khi đến hạn làm thủ tục"
        case .prepares: "Chưa chuẩn bị sẵn hồ sơ"
        case .recommends: "Chưa khuyến nghị việc nên làm"
        case .acts: "Chưa tự giải quyết mà không cần hồ sơ"
        }
    }
}

/// What a service is by one scheme, and why.
public struct SchemeRating: Hashable, Sendable {
    /// Which law's scale.
    public let scheme: LevelScheme
    /// The code of the rating within the scheme: `3`, `partial`; nil below its lowest.
    public let code: String?
    /// As a page says it: `Một phần`.
    public let words: String
    /// Why this and no more.
    public let reason: String
}

extension LevelAssessment {
    /// How much is online by NĐ 42/2022.
    public var scope: OnlineScope {
        guard let level, level >= .three else { return .information }
        return scopeHindrances.isEmpty ? .full : .partial
    }

    /// What keeps a service that is filed online from being full: money that is not paid online, or a result that
    /// must be fetched, or the law that wants people to come.
    private var scopeHindrances: [String] {
        func isMet(_ condition: LevelCondition) -> Bool {
            findings.contains { $0.condition == condition && $0.isMet }
        }
        let money = isMet(.onlinePayment) ? [] : ["chưa nộp phí, lệ phí trực tuyến được"]
        let result = isMet(.onlineResult) || evidence.resultByPost ? [] : ["phải đến nhận kết quả"]
        return money + result + (evidence.presence.map { ["phải có mặt \($0)"] } ?? [])
    }

    /// How far the state comes of its own accord: the highest grade that is reached with all below it.
    public var proactive: ProactiveGrade? {
        Array(ProactiveGrade.allCases.prefix { evidence.proactiveActs.contains($0) }).last
    }

    /// The three schemes side by side, in the order of the laws.
    public var ratings: [SchemeRating] {
        LevelScheme.allCases.map { scheme in
            switch scheme {
            case .levels:
                SchemeRating(
                    scheme: scheme,
                    code: level.map { "\($0.rawValue)" },
                    words: vietnamese,
                    reason: missing.isEmpty ? "Đủ mọi điều kiện" : missing.map(\.missing).joined(separator: "; ")
                )
            case .scope:
                SchemeRating(scheme: scheme, code: scope.rawValue, words: scope.vietnamese, reason: scopeReason)
            case .proactive:
                SchemeRating(
                    scheme: scheme,
                    code: proactive.map { "\($0.rawValue)" },
                    words: proactive?.vietnamese ?? "Chưa đạt mức 1",
                    reason: proactiveReason
                )
            }
        }
    }

    private var scopeReason: String {
        switch scope {
        case .full: "Nộp, trả phí và nhận kết quả mà không phải đến cơ quan"
        case .partial:
            "Nộp qua mạng được, nhưng " + scopeHindrances.joined(separator: " và ")
        case .information: "Chưa nộp hồ sơ qua mạng được"
        }
    }

    private var proactiveReason: String {
        let missing = ProactiveGrade.allCases.first { !evidence.proactiveActs.contains($0) }
        let words = missing?.missing ?? "Đủ mọi mức"
        guard let prefilled = evidence.prefilled, prefilled.some > 0 else { return words }
        return "\(words); \(prefilled.some)/\(prefilled.all) ô của tờ khai được điền sẵn"
    }
}
