// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Kernel

/// Why a command or query of the catalogue fails.
public enum CatalogueError: Error, Hashable, Sendable {
    /// There is no such folder of packs, or it cannot be listed.
    case folderUnreadable(String)
    /// No version of this procedure is in force.
    case unknownProcedure(String)
    /// No such version was ever published here.
    case unknownVersion(Digest)
    /// A pack with errors is not published; the findings say what to mend.
    case packRefused([CatalogueFinding])
    /// A published version that this release can no longer read.
    case unreadableVersion(Digest)
    /// `resources/synonyms.yaml` or `resources/life-events.yaml` cannot be used.
    case wordsRefused([CatalogueFinding])
}

extension CatalogueError: Presentable {
    public var code: String {
        switch self {
        case .folderUnreadable: "catalogue-folder-unreadable"
        case .unknownProcedure: "procedure-unknown"
        case .unknownVersion: "procedure-version-unknown"
        case .packRefused: "pack-refused"
        case .unreadableVersion: "procedure-version-unreadable"
        case .wordsRefused: "words-refused"
        }
    }

    public var status: Int {
        switch self {
        case .folderUnreadable, .unreadableVersion, .wordsRefused: 500
        case .unknownProcedure, .unknownVersion: 404
        case .packRefused: 422
        }
    }

    public var publicDetail: String? {
        switch self {
        case .folderUnreadable, .unreadableVersion, .wordsRefused: nil
        case .unknownProcedure: "Không có thủ tục này. Tìm lại theo tên thủ tục."
        case .unknownVersion: "Không có bản này của thủ tục."
        case .packRefused(let findings):
            "Gói thủ tục còn \(findings.count(where: \.isError)) lỗi: sửa theo danh sách rồi xuất bản lại."
        }
    }
}
