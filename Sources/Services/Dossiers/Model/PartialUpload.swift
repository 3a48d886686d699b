// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Identity
public import Kernel
public import Storage

/// Where a citizen puts files: a draft, or an answer to a request for supplement that was not sent yet.
public enum FilePlace: Sendable, Hashable {
    case draft(DossierDraftID)
    case supplement(DossierCode)
}

/// A file that arrives in several requests: what was announced, and how much of it is on disk.
public struct PartialUpload: Sendable, Hashable {
    /// How long it waits for its next piece: a day with a bad line, and the next morning.
    public static let lifetimeSeconds: Int64 = 24 * 3_600
    /// How many one person may have unfinished at a time: as many as one dossier has papers with several photos each.
    public static let countLimit = 20

    public var id: PartialFileID
    /// Whose it is; nobody else may go on with it.
    public var account: AccountID
    public var place: FilePlace
    /// The paper that it is for.
    public var component: String
    /// As the person named it, cleaned; shown, never used as a path.
    public var name: String
    /// Bytes that were announced.
    public var length: Int64
    /// The digest that was announced: by it a person finds the file again, and what arrives is checked against it.
    public var announced: Digest?
    /// Bytes that are on disk for certain.
    public var offset: Int64
    public var createdAt: Instant
    public var expiresAt: Instant
    /// Whether the file has become one of the place.
    public var isDone: Bool
}

/// Why an upload in pieces is refused, beyond what is refused of every file.
public enum PartialUploadError: Presentable, Equatable {
    /// There is none of this id, or not for this person: one answer for both.
    case notFound
    /// It waited too long.
    case expired
    /// Too many are unfinished.
    case tooMany(limit: Int)
    /// The piece does not begin where the last one ended.
    case wrongOffset(expected: Int64)
    /// What arrived is not what was announced.
    case damaged

    public var code: String {
        switch self {
        case .notFound: "upload-not-found"
        case .expired: "upload-expired"
        case .tooMany: "upload-too-many"
        case .wrongOffset: "upload-wrong-offset"
        case .damaged: "upload-damaged"
        }
    }

    public var status: Int {
        switch self {
        case .notFound: 404
        case .expired: 410
        case .tooMany: 429
        case .wrongOffset: 409
        case .damaged: 460
        }
    }

    public var publicDetail: String? {
        switch self {
        case .notFound, .expired: "Phần đã tải không còn. Chọn lại tệp."
        case .tooMany(let limit): "Đang có \(limit) tệp tải dở. Tải tiếp hoặc bỏ bớt rồi chọn lại."
        case .wrongOffset: "Phần vừa gửi không nối tiếp phần đã tải. Chọn lại tệp để tải tiếp."
        case .damaged: "Tệp tới nơi không giống tệp đã chọn. Chọn lại tệp."
        }
    }
}
