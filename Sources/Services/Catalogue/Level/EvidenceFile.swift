// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Evidence records of many services as an assessor writes them down, for a body whose packs are not here.
///
/// It holds what was found, never a level: that is computed. An unknown key is refused.
public struct EvidenceFile: Sendable {
    /// Largest file: 10,000 services of 800 bytes.
    public static let byteLimit = 8 * 1_024 * 1_024
    /// Most services.
    public static let serviceLimit = 10_000

    /// Whose services these are.
    public let agency: String
    /// The services as they stand in the file.
    public let lines: [RoadmapLine]

    /// Reads a file.
    ///
    /// - Throws: `EvidenceFileError`.
    public init(_ bytes: [UInt8]) throws(EvidenceFileError) {
        guard bytes.count <= Self.byteLimit else { throw .tooLarge }
        let file: File
        do {
            file = try JSONDecoder().decode(File.self, from: Data(bytes))
        } catch let error as DecodingError {
            throw .malformed(Self.words(error))
        } catch {
            throw .malformed("không phải là JSON")
        }
        guard file.services.count <= Self.serviceLimit else { throw .tooLarge }
        var seen: Set<String> = []
        for service in file.services {
            guard seen.insert(service.code).inserted else { throw .duplicateCode(service.code) }
            guard (0...InformationItem.allCases.count).contains(service.infoItems) else {
                throw .malformed("\(service.code): infoItems phải từ 0 đến \(InformationItem.allCases.count)")
            }
            guard service.use.map(Self.isSound) ?? true else {
                throw .malformed("\(service.code): số đếm trong use phải từ 0, phần không lớn hơn tổng")
            }
        }
        agency = file.agency
        lines = file.services.map(\.line)
    }

    private static func isSound(_ use: ServiceUse) -> Bool {
        [
            (use.submittedOnline, use.submitted), (use.settledOnline, use.settled),
            (use.deliveredOnline, use.delivered),
        ]
        .allSatisfy { 0 <= $0.0 && $0.0 <= $0.1 && $0.1 <= 1_000_000_000 }
    }

    /// Where in the file, and what is wrong there.
    private static func words(_ error: DecodingError) -> String {
        func place(_ context: DecodingError.Context) -> String {
            context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? "." + $0.stringValue }.joined()
        }
        return switch error {
        case .keyNotFound(let key, let context): "\(place(context)): thiếu “\(key.stringValue)”"
        case .typeMismatch(_, let context), .valueNotFound(_, let context): "\(place(context)): sai kiểu giá trị"
        case .dataCorrupted(let context): "\(place(context)): \(context.debugDescription)"
        @unknown default: "không đọc được"
        }
    }
}

/// Why an evidence file cannot be read.
public enum EvidenceFileError: Error, Equatable, CustomStringConvertible {
    /// Too many bytes or services.
    case tooLarge
    /// No JSON, or not of this shape: where and what.
    case malformed(String)
    /// A service stands there twice.
    case duplicateCode(String)

    public var description: String {
        switch self {
        case .tooLarge:
            "Tệp chứng cứ quá lớn: nhiều nhất \(EvidenceFile.serviceLimit) dịch vụ, \(EvidenceFile.byteLimit) byte."
        case .malformed(let words): "Tệp chứng cứ không đúng dạng: \(words)."
        case .duplicateCode(let code): "Tệp chứng cứ có hai dịch vụ cùng mã \(code)."
        }
    }
}

/// The file as JSON has it.
private struct File: Decodable {
    var agency: String
    var services: [Record]

    init(from decoder: any Decoder) throws {
        try AnyKey.refuseUnknown(in: decoder, known: ["agency", "services"])
        let container = try decoder.container(keyedBy: AnyKey.self)
        agency = try container.decode(String.self, forKey: AnyKey("agency"))
        services = try container.decode([Record].self, forKey: AnyKey("services"))
    }
}

private struct Record: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case code, name, sector, declaredLevel, infoItems, hasForm, formsDownloadable, eForm, attachments, dbStored
        case processedOnline, https, hasFee, onlinePayment, onlineResult, resultByPost, presence, proactive, use, target
    }

    var code: String
    var name: String
    var sector: String
    var declaredLevel: ServiceLevel?
    var infoItems: Int
    var evidence: LevelEvidence
    var use: ServiceUse?
    var target: LevelTarget?

    init(from decoder: any Decoder) throws {
        try AnyKey.refuseUnknown(in: decoder, known: Set(CodingKeys.allCases.map(\.rawValue)))
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func flag(_ key: CodingKeys) throws -> Bool { try container.decode(Bool.self, forKey: key) }
        code = try container.decode(String.self, forKey: .code)
        name = try container.decode(String.self, forKey: .name)
        sector = try container.decodeIfPresent(String.self, forKey: .sector) ?? ""
        declaredLevel = try container.decodeIfPresent(ServiceLevel.self, forKey: .declaredLevel)
        infoItems = try container.decode(Int.self, forKey: .infoItems)
        use = try container.decodeIfPresent(ServiceUse.self, forKey: .use)
        target = try container.decodeIfPresent(LevelTarget.self, forKey: .target)
        evidence = LevelEvidence(
            infoItems: infoItems,
            hasForm: try flag(.hasForm),
            formsDownloadable: try flag(.formsDownloadable),
            eForm: try flag(.eForm),
            attachments: try flag(.attachments),
            dbStored: try flag(.dbStored),
            processedOnline: try flag(.processedOnline),
            https: try flag(.https),
            hasFee: try flag(.hasFee),
            onlinePayment: try flag(.onlinePayment),
            onlineResult: try flag(.onlineResult),
            resultByPost: try container.decodeIfPresent(Bool.self, forKey: .resultByPost) ?? false,
            use: use
        )
        evidence.presence = try container.decodeIfPresent(String.self, forKey: .presence)
        evidence.proactiveActs = Set(try container.decodeIfPresent([ProactiveGrade].self, forKey: .proactive) ?? [])
    }

    var line: RoadmapLine {
        RoadmapLine(
            code: code,
            name: name,
            sector: sector,
            declared: declaredLevel,
            assessment: LevelAssessment.assess(evidence),
            target: target
        )
    }
}

private struct AnyKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }

    static func refuseUnknown(in decoder: any Decoder, known: Set<String>) throws {
        let keys = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
        guard let stranger = keys.filter({ !known.contains($0) }).min() else { return }
        throw DecodingError.dataCorrupted(
            DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "không có khóa “\(stranger)”")
        )
    }
}
