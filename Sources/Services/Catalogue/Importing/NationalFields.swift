// SPDX-License-Identifier: Apache-2.0

/// One thing of the national catalogue that cannot be read, with the record and the field.
public struct ImportFault: Error, Hashable, Sendable {
    /// Which record: `Bản ghi 3 (1.001193)`, or the place in the file.
    public let record: String
    /// Which field of it: `executionSteps[2].description`; nil for the record itself.
    public let field: String?
    /// What is wrong.
    public let what: String
}

extension ImportFault: CustomStringConvertible {
    /// `Bản ghi 3 (1.001193), trường code: thiếu.`
    public var description: String { "\(record)\(field.map { ", trường \($0)" } ?? ""): \(what)." }
}

/// What is noted while one record is read.
final class NationalRecordNotes {
    /// Name of the record in faults.
    var record: String
    private(set) var faults: [ImportFault] = []
    /// Fields that were asked for, without places of lists and in small letters: `executionsteps.name`.
    private(set) var known: Set<String> = []

    /// A record with more faults than this is not described further.
    private static let faultLimit = 20

    init(record: String) { self.record = record }

    func refuse(_ field: String?, _ what: String) {
        guard faults.count < Self.faultLimit else { return }
        faults.append(ImportFault(record: record, field: field, what: what))
    }

    func asked(_ path: String) { known.insert(path) }
}

/// The members of one object of the national catalogue, each read as what it must be.
///
/// A number may stand as a text and a text as a number; nothing stands as `null`, as an empty text or not at all; a
/// list of one may stand as its element. Everything else that differs is a fault that names the field.
struct NationalFields {
    let value: NationalJSON
    /// With places of lists: `executionSteps[2]`.
    let path: String
    /// Without them: `executionSteps`.
    let kind: String
    let notes: NationalRecordNotes

    /// Most elements of one list.
    static let listLimit = PackValue.listLimit

    init(_ value: NationalJSON, _ notes: NationalRecordNotes) {
        (self.value, path, kind, self.notes) = (value, "", "", notes)
    }

    private init(_ value: NationalJSON, path: String, kind: String, _ notes: NationalRecordNotes) {
        (self.value, self.path, self.kind, self.notes) = (value, path, kind, notes)
    }

    /// The name of a field of this object, as faults say it.
    func place(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private func pattern(of key: String) -> String { kind.isEmpty ? key : "\(kind).\(key)" }

    /// What stands at a key; nil for nothing.
    private func find(_ key: String) -> NationalJSON? {
        notes.asked(pattern(of: key).lowercased())
        switch value[key] {
        case nil, .null?: return nil
        case .text(let text)? where text.allSatisfy(\.isWhitespace): return nil
        case let found?: return found
        }
    }

    /// Whether the record has this key at all, be it without content.
    func has(_ key: String) -> Bool {
        notes.asked(pattern(of: key).lowercased())
        return value[key].map { $0 != .null } ?? false
    }

    private func refuse(_ key: String, _ what: String) { notes.refuse(place(of: key), what) }

    /// The lines of a text.
    func lines(_ key: String) -> [String] {
        let text: String
        switch find(key) {
        case nil: return []
        case .text(let found)?: text = found
        case .number(let digits)?: text = digits
        case let other?:
            refuse(key, "phải là chữ, nhưng là \(other.shapeName)")
            return []
        }
        do { return try NationalText.lines(text) } catch {
            refuse(key, error.vietnamese)
            return []
        }
    }

    /// A text in one line; nil for nothing.
    func text(_ key: String) -> String? {
        let line = lines(key).joined(separator: " ")
        return line.isEmpty ? nil : line
    }

    /// A whole number that is not negative; nil for nothing.
    func count(_ key: String) -> Int64? {
        let digits: String
        switch find(key) {
        case nil: return nil
        case .number(let text)?: digits = text
        case .text(let text)?: digits = text.trimmed
        case let other?:
            refuse(key, "phải là số, nhưng là \(other.shapeName)")
            return nil
        }
        // A whole number may be written as 5.0.
        let whole = digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
        guard let number = Int64(whole), (0...1_000_000_000_000).contains(number) else {
            refuse(key, "“\(digits.prefix(40))” không phải là số nguyên từ 0")
            return nil
        }
        return number
    }

    /// True or false; nil for nothing.
    func flag(_ key: String) -> Bool? {
        switch find(key) {
        case nil: return nil
        case .bool(let value)?: return value
        case .number(let word)?, .text(let word)?:
            switch word.trimmed.lowercased() {
            case "1", "true", "có": return true
            case "0", "false", "không": return false
            default: refuse(key, "“\(word.prefix(40))” không phải là đúng hoặc sai")
            }
        case let other?: refuse(key, "phải là đúng hoặc sai, nhưng là \(other.shapeName)")
        }
        return nil
    }

    /// The objects of a list.
    func list(_ key: String) -> [NationalFields] {
        switch find(key) {
        case nil: return []
        case .object(let members)?: return [child(.object(members), key, place: nil)]
        case .list(let values)?:
            guard values.count <= Self.listLimit else {
                refuse(key, "có \(values.count) mục, quá \(Self.listLimit)")
                return []
            }
            return values.enumerated().compactMap { index, value in
                guard value.members != nil else {
                    refuse("\(key)[\(index + 1)]", "phải là mục có khóa, nhưng là \(value.shapeName)")
                    return nil
                }
                return child(value, key, place: index + 1)
            }
        case let other?:
            refuse(key, "phải là danh sách, nhưng là \(other.shapeName)")
            return []
        }
    }

    /// An object inside; nil for nothing.
    func object(_ key: String) -> NationalFields? {
        switch find(key) {
        case nil: return nil
        case .object(let members)?: return child(.object(members), key, place: nil)
        case let other?:
            refuse(key, "phải là mục có khóa, nhưng là \(other.shapeName)")
            return nil
        }
    }

    private func child(_ value: NationalJSON, _ key: String, place: Int?) -> NationalFields {
        let whole = self.place(of: key) + (place.map { "[\($0)]" } ?? "")
        return NationalFields(value, path: whole, kind: pattern(of: key), notes)
    }

    /// Fields of the record that nobody asked for, each once, in their order; the national catalogue may have members
    /// that its description does not name.
    static func strangers(of value: NationalJSON, known: Set<String>) -> [String] {
        var found: [String] = []
        func walk(_ value: NationalJSON, _ kind: String) {
            switch value {
            case .object(let members):
                for member in members {
                    let name = kind.isEmpty ? member.key : "\(kind).\(member.key)"
                    guard known.contains(name.lowercased()) else {
                        if !found.contains(name) { found.append(name) }
                        continue
                    }
                    walk(member.value, name)
                }
            case .list(let values): for value in values { walk(value, kind) }
            default: break
            }
        }
        walk(value, "")
        return found
    }
}

extension String {
    /// Without spaces around it.
    fileprivate var trimmed: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
