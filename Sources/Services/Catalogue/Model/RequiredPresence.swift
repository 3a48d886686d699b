// SPDX-License-Identifier: Apache-2.0

import Kernel

/// That the law wants people before the agency at some point, whatever else goes online.
public struct RequiredPresence: Hashable, Sendable {
    /// When they must come.
    public let moment: PresenceMoment
    /// Why, a sentence for citizens.
    public let reason: String
    /// Where this was taken from.
    public let source: String
    /// Whether a person has compared it with the official text.
    public let isVerified: Bool
    /// Where the pack says it.
    public let place: SourcePlace

    /// `khi giải quyết: Hai bên cùng ký vào sổ hộ tịch`, without a full stop.
    var words: String {
        let end = reason.hasSuffix(".") ? reason.dropLast() : reason[...]
        return "\(moment.words): \(end)"
    }
}

/// When people must come to the agency.
public enum PresenceMoment: String, PackVocabulary, Hashable, Codable {
    case filing, processing, delivery

    /// As an administrator reads it.
    public var vietnamese: String {
        switch self {
        case .filing: "Khi nộp hồ sơ"
        case .processing: "Khi hồ sơ được giải quyết"
        case .delivery: "Khi nhận kết quả"
        }
    }

    /// Within a sentence.
    var words: String {
        switch self {
        case .filing: "khi nộp hồ sơ"
        case .processing: "khi hồ sơ được giải quyết"
        case .delivery: "khi nhận kết quả"
        }
    }
}
