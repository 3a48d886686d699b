// SPDX-License-Identifier: Apache-2.0

import Kernel

/// The sentences of a form's errors: verb + thing when empty, thing + phải/không quá + rule when wrong.
enum FieldSentences {
    static func empty(_ field: FormField) -> String {
        switch field.type {
        case .choice, .choices, .yesNo: "Chọn \(field.thing)"
        case .phone: "Nhập \(field.thing), ví dụ 0912 345 678"
        case .declaration: "Đánh dấu vào ô cam đoan để nộp hồ sơ"
        case .group: "Khai \(field.thing)"
        case .text, .longText, .number, .money, .date, .person, .nationalID, .taxCode, .email, .address, .unitAddress,
            .note, .file:
            "Nhập \(field.thing)"
        }
    }

    static func wrongPhone(_ field: FormField) -> String { "Nhập \(field.thing), ví dụ 0912 345 678" }
    static func wrongNationalID(_ field: FormField) -> String { "\(subject(field)) phải có 12 chữ số" }
    static func wrongEmail(_ field: FormField) -> String { "\(subject(field)) phải có dạng ten@tenmien.vn" }
    static func wrongNumber(_ field: FormField) -> String { "\(subject(field)) phải là số nguyên" }
    static func wrongMoney(_ field: FormField) -> String {
        "\(subject(field)) phải là số tiền bằng đồng, ví dụ 50.000.000"
    }
    static func wrongTaxCode(_ field: FormField) -> String {
        "\(subject(field)) phải có 10 chữ số đúng số kiểm tra, chi nhánh thêm gạch nối và 3 chữ số"
    }
    static func chooseProvince(_ field: FormField) -> String { "Chọn tỉnh, thành phố của \(field.thing)" }

    /// Names the kinds that the day has: communes, or districts before July 2025.
    static func chooseCommune(_ field: FormField, of units: [AdministrativeUnit]) -> String {
        "Chọn \(kinds(of: units).joined(separator: ", ")) của \(field.thing)"
    }

    /// `phường`, `xã`, `đặc khu`: the kinds among units, each once.
    static func kinds(of units: [AdministrativeUnit]) -> [String] {
        var seen: Set<String> = []
        let order = ["xã", "phường", "đặc khu", "thị trấn", "huyện", "quận", "thị xã", "thành phố"]
        return units.map(\.kind).filter { seen.insert($0).inserted }
            .sorted { (order.firstIndex(of: $0) ?? order.count) < (order.firstIndex(of: $1) ?? order.count) }
    }

    static func tooFewTicked(_ field: FormField, _ least: Int64) -> String {
        "Chọn ít nhất \(least) mục ở \(field.thing)"
    }

    static func tooManyTicked(_ field: FormField, _ most: Int64) -> String {
        "Chọn nhiều nhất \(most) mục ở \(field.thing)"
    }

    static func tooManyRows(_ field: FormField) -> String {
        "\(subject(field)) không quá \(field.rowRange.upperBound) \(thing(of: field.rowName))"
    }

    static func wrongOption(_ field: FormField) -> String { "Chọn \(field.thing) trong danh sách" }
    static func impossibleDay(_ field: FormField) -> String { "\(subject(field)) phải là ngày có thật" }
    static func shortYear(_ field: FormField) -> String { "\(subject(field)) phải có năm đủ 4 chữ số" }

    static func missingParts(_ field: FormField, _ parts: [DayPart]) -> String {
        "\(subject(field)) phải có \(parts.map(\.vietnamese).joined(separator: " và "))"
    }

    static func noLetter(_ field: FormField) -> String { "Nhập \(field.thing) bằng chữ hoặc số" }
    static func tooLong(_ field: FormField) -> String { "\(subject(field)) không quá \(field.maxLength) ký tự" }

    static func tooSmall(_ field: FormField, _ least: Int64) -> String {
        "\(subject(field)) phải từ \(amount(least, field)) trở lên"
    }

    static func tooGreat(_ field: FormField, _ greatest: Int64) -> String {
        "\(subject(field)) không quá \(amount(greatest, field))"
    }

    private static func amount(_ number: Int64, _ field: FormField) -> String {
        field.type == .money ? VND(number).description : String(grouped: number)
    }

    static func outOfOrder(_ field: FormField, _ rule: DayRule, _ bound: LocalDate, in schema: FormSchema) -> String {
        let subject = subject(field)
        switch rule.bound {
        case .today(plusDays: 0):
            switch rule.relation {
            case .less: return "\(subject) phải trước hôm nay"
            case .lessOrEqual: return "\(subject) phải là hôm nay hoặc trước đó"
            case .greaterOrEqual: return "\(subject) phải là hôm nay hoặc sau đó"
            case .greater: return "\(subject) phải sau hôm nay"
            }
        case .field(let id):
            let other = schema.field(id)?.thing ?? id
            switch rule.relation {
            case .less: return "\(subject) phải trước \(bound.vietnamese) là \(other)"
            case .lessOrEqual: return "\(subject) không được sau \(bound.vietnamese) là \(other)"
            case .greaterOrEqual: return "\(subject) không được trước \(bound.vietnamese) là \(other)"
            case .greater: return "\(subject) phải sau \(bound.vietnamese) là \(other)"
            }
        case .today, .day:
            switch rule.relation {
            case .less: return "\(subject) phải trước ngày \(bound.vietnamese)"
            case .lessOrEqual: return "\(subject) phải là ngày \(bound.vietnamese) hoặc trước đó"
            case .greaterOrEqual: return "\(subject) phải là ngày \(bound.vietnamese) hoặc sau đó"
            case .greater: return "\(subject) phải sau ngày \(bound.vietnamese)"
            }
        }
    }

    /// The thing at the beginning of a sentence.
    private static func subject(_ field: FormField) -> String {
        field.thing.prefix(1).uppercased() + field.thing.dropFirst()
    }

    /// What a pack that is silent is taken to call the thing; a question is answered by "Có hoặc Không".
    static func thing(of label: String, _ type: FieldType) -> String {
        type == .yesNo ? "Có hoặc Không" : thing(of: label)
    }

    /// A label within a sentence: its first letter small, unless the word is an abbreviation (CCCD, UBND).
    static func thing(of label: String) -> String {
        let letters = Array(label.prefix(2))
        guard let first = letters.first else { return label }
        let isAbbreviation = letters.count == 2 && letters[1].isUppercase
        return isAbbreviation ? label : first.lowercased() + label.dropFirst()
    }
}
