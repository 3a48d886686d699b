// SPDX-License-Identifier: Apache-2.0

/// How a dossier comes in (kênh).
public enum Channel: String, PackVocabulary, Hashable, Codable {
    /// Trực tiếp tại bộ phận một cửa.
    case desk
    /// Trực tuyến.
    case online
    /// Qua dịch vụ bưu chính công ích.
    case post

    /// As pages say it.
    public var vietnamese: String {
        switch self {
        case .desk: "Nộp trực tiếp"
        case .online: "Nộp trực tuyến"
        case .post: "Nộp qua bưu chính"
        }
    }

    /// The code in national statistics: 1 trực tiếp, 2 trực tuyến, 3 bưu chính công ích.
    public var nationalCode: String {
        switch self {
        case .desk: "1"
        case .online: "2"
        case .post: "3"
        }
    }
}

/// How a result is given back.
public enum DeliveryWay: String, PackVocabulary, Hashable, Codable {
    /// Tại bộ phận một cửa.
    case desk
    /// Bản điện tử.
    case online
    /// Qua dịch vụ bưu chính công ích.
    case post

    /// As pages say it.
    public var vietnamese: String {
        switch self {
        case .desk: "Nhận tại bộ phận một cửa"
        case .online: "Nhận bản điện tử"
        case .post: "Nhận qua bưu chính"
        }
    }
}
