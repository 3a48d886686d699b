// SPDX-License-Identifier: Apache-2.0

/// The national catalogue of procedures (CSDLQG TTHC) as files bring it, in both of its shapes.
///
/// A record that cannot be read never stops the others; each fault names the record and the field.
public struct NationalCatalogue: Sendable {
    /// Largest file: some two thousand procedures of 30 kB.
    public static let byteLimit = 64 * 1_024 * 1_024
    /// Most records of one file; the whole national catalogue has some 6,000.
    public static let recordLimit = 10_000

    /// What could be read.
    let records: [NationalRecord]
    /// What could not.
    public let faults: [ImportFault]

    /// How many records could be read.
    public var count: Int { records.count }

    /// Reads a file: one answer or record, a list of them, or one after the other, each on a line of its own or not.
    public init(_ bytes: [UInt8]) {
        var reading = Reading()
        reading.read(bytes)
        (records, faults) = (reading.records, reading.faults)
    }
}

/// One reading of a file.
private struct Reading {
    var records: [NationalRecord] = []
    var faults: [ImportFault] = []
    private var count = 0
    private var codes: Set<String> = []

    mutating func read(_ bytes: [UInt8]) {
        guard bytes.count <= NationalCatalogue.byteLimit else {
            return refuse("Tệp", "lớn \(bytes.count) byte, quá \(NationalCatalogue.byteLimit); chia thành nhiều tệp")
        }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            return refuse("Tệp", "không phải là UTF-8")
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let start = bytes.starts(with: mark) ? mark.count : 0
        var reader = NationalJSONReader(bytes[start...])
        guard reader.hasMore() else { return refuse("Tệp", "trống") }
        while reader.hasMore() {  // bounded by the file: each turn passes a value, or goes to a later line
            let line = reader.currentLine
            do {
                unwrap(try reader.next(), "Dòng \(line)")
            } catch {
                refuse("Dòng \(error.line), cột \(error.column)", "không đọc được JSON: \(error.what)")
                // Where each record has a line of its own the next one is not lost.
                guard error.line == line, let next = nextLine(bytes, after: reader.place) else { return }
                reader = NationalJSONReader(bytes[next...], line: line + 1)
            }
        }
    }

    /// Where the next line begins, when it begins with an object.
    private func nextLine(_ bytes: [UInt8], after place: Int) -> Int? {
        guard let end = bytes[place...].firstIndex(of: UInt8(ascii: "\n")), end + 1 < bytes.count,
            bytes[end + 1] == UInt8(ascii: "{")
        else { return nil }
        return end + 1
    }

    private mutating func refuse(_ record: String, field: String? = nil, _ what: String) {
        faults.append(ImportFault(record: record, field: field, what: what))
    }

    // MARK: - Envelopes

    private mutating func unwrap(_ value: NationalJSON, _ place: String) {
        switch value {
        case .list(let values):
            for value in values { unwrap(value, place) }
        case .object(let members):
            if value["MATTHC"] != nil {
                record(value, NationalRecord.classic)
            } else if value["error_code"] != nil || value["result"] != nil {
                answer(value, code: "error_code", ["0", "00"], "result", place)
            } else if value["data"] != nil {
                answer(value, code: "code", ["OK", "200", "0"], "data", place)
            } else if members.contains(where: { $0.key == "code" }) {
                record(value, NationalRecord.today)
            } else {
                count += 1
                refuse("Bản ghi \(count)", "không có trường code hay MATTHC: không phải là thủ tục")
            }
        default:
            count += 1
            refuse("Bản ghi \(count)", "phải là mục có khóa, nhưng là \(value.shapeName)")
        }
    }

    /// An answer of the service: what it wraps when it says that all went well.
    private mutating func answer(
        _ value: NationalJSON,
        code: String,
        _ good: Set<String>,
        _ inside: String,
        _ place: String
    ) {
        let word: String? =
            switch value[code] {
            case .text(let text)?, .number(let text)?: text
            default: nil
            }
        guard let word, good.contains(word.uppercased()) else {
            var message = ""
            if case .text(let text)? = value["message"] { message = ": \(text.prefix(200))" }
            return refuse(place, field: code, "danh mục trả lời lỗi “\((word ?? "trống").prefix(40))”\(message)")
        }
        guard let content = value[inside], content != .null else {
            return refuse(place, field: inside, "câu trả lời không có thủ tục nào")
        }
        // Lists stand one level deeper in some answers.
        if inside == "result", content["MATTHC"] == nil, let list = content["data"] {
            unwrap(list, place)
        } else {
            unwrap(content, place)
        }
    }

    // MARK: - Records

    private mutating func record(_ value: NationalJSON, _ read: (NationalFields) -> NationalRecord) {
        count += 1
        guard count <= NationalCatalogue.recordLimit else {
            if count == NationalCatalogue.recordLimit + 1 {
                refuse("Tệp", "có hơn \(NationalCatalogue.recordLimit) bản ghi; chia thành nhiều tệp")
            }
            return
        }
        let notes = NationalRecordNotes(record: "Bản ghi \(count)")
        var record = read(NationalFields(value, notes))
        let name = PackSkeleton.isCode(record.code) ? "Bản ghi \(count) (\(record.code))" : "Bản ghi \(count)"
        if record.code.isEmpty, notes.faults.isEmpty {
            notes.refuse(value["MATTHC"] == nil ? "code" : "MATTHC", "thiếu")
        } else if !PackSkeleton.isCode(record.code), !record.code.isEmpty {
            let field = value["MATTHC"] == nil ? "code" : "MATTHC"
            notes.refuse(field, "“\(record.code.prefix(60))” không phải là mã thủ tục")
        } else if !record.code.isEmpty, !codes.insert(record.code).inserted {
            notes.refuse(nil, "mã này đã có ở bản ghi trước")
        }
        if let twice = value.duplicateKey { notes.refuse(String(twice.prefix(60)), "có hai lần trong một mục") }
        guard notes.faults.isEmpty else {
            faults += notes.faults.map { ImportFault(record: name, field: $0.field, what: $0.what) }
            return
        }
        record.raw = value
        record.strangers = NationalFields.strangers(of: value, known: notes.known)
        records.append(record)
    }
}
