// SPDX-License-Identifier: Apache-2.0

import Digests
public import Kernel

/// What is wrong with a new password.
public enum PasswordFault: Sendable, Equatable {
    /// Shorter than the policy's minimum, in characters.
    case tooShort(minimum: Int)
    /// Longer than the hashing takes.
    case tooLong(maximum: Int)
    /// One that everybody tries first, or a single letter or a simple row.
    case tooCommon
    /// It stands in the list of breached passwords that the installation was given.
    case breached
    /// It holds the name for signing in.
    case holdsName
    /// The policy asks for capital, small letter, digit and sign.
    case tooPlain
    /// It is the one that is in use.
    case unchanged

    /// The sentence for the person.
    public var sentence: String {
        switch self {
        case .tooShort(let minimum): "Mật khẩu phải có ít nhất \(minimum) ký tự."
        case .tooLong(let maximum): "Mật khẩu không quá \(maximum) ký tự."
        case .tooCommon: "Mật khẩu này dễ đoán. Chọn một câu ngắn chỉ mình bạn biết."
        case .breached: "Mật khẩu này đã lộ trong các vụ rò rỉ dữ liệu. Chọn mật khẩu chưa dùng ở đâu."
        case .holdsName: "Mật khẩu không được chứa tên đăng nhập."
        case .tooPlain: "Mật khẩu phải có chữ hoa, chữ thường, chữ số và dấu."
        case .unchanged: "Mật khẩu mới phải khác mật khẩu đang dùng."
        }
    }
}

/// Rules for new passwords. By default those of ASVS 5.0: length, no composition, no expiry.
public struct PasswordPolicy: Sendable, Equatable {
    /// The fewest characters.
    public var minimumCharacters: Int
    /// Whether capital, small letter, digit and sign are asked for (QĐ 742/QĐ-BTTTT).
    public var needsComposition: Bool
    /// Days after which a password no longer counts; nil for never.
    public var expiryDays: Int64?

    /// What who knows the commonest passwords finds in ten billion guesses is too common: 33 bits. A sentence of three
    /// short Vietnamese words has fifty.
    static let guessingBits = 33.0

    /// The most characters: any of them may take four bytes of `PasswordHasher`'s limit.
    public static let maximumCharacters = 256

    /// A policy of these rules.
    public init(minimumCharacters: Int = 12, needsComposition: Bool = false, expiryDays: Int64? = nil) {
        self.minimumCharacters = minimumCharacters
        self.needsComposition = needsComposition
        self.expiryDays = expiryDays
    }

    /// ASVS 5.0, 6.2: at least 12 characters, anything goes.
    public static let standard = PasswordPolicy()

    /// The profile of QĐ 742/QĐ-BTTTT: composition and 90 days.
    public static let vn742 = PasswordPolicy(needsComposition: true, expiryDays: 90)

    /// A password for a person to begin with: four groups of five letters and digits, 100 random bits.
    public static func generated(from random: RandomSource) -> String {
        let text = Identifier<PasswordPolicy>(random).rawValue.prefix(20).map { String($0) }
        return stride(from: 0, to: 20, by: 5).map { text[$0..<$0 + 5].joined() }.joined(separator: "-")
    }

    /// The form in which a password is hashed: what one keyboard sends composed and another apart is the same.
    public static func normalised(_ password: String) -> String { VietnameseText.nfc(password) }

    /// The rules in words, for the page that asks for a new password.
    var rules: String {
        let composition = needsComposition ? ", có chữ hoa, chữ thường, chữ số và dấu" : ""
        let expiry = expiryDays.map { "; đổi sau mỗi \($0) ngày" } ?? ""
        return "Ít nhất \(minimumCharacters) ký tự\(composition), không phải từ dễ đoán\(expiry)"
    }

    /// Whether a password of this day no longer counts.
    func isTooOld(_ changedAt: Instant, at now: Instant) -> Bool {
        guard let expiryDays else { return false }
        return now >= changedAt.adding(days: expiryDays)
    }

    /// What is wrong with a new password; nil when nothing is.
    public func fault(in password: String, loginName: String) -> PasswordFault? {
        let password = PasswordPolicy.normalised(password)
        if password.count < minimumCharacters { return .tooShort(minimum: minimumCharacters) }
        if password.count > PasswordPolicy.maximumCharacters {
            return .tooLong(maximum: PasswordPolicy.maximumCharacters)
        }
        let folded = VietnameseText.fold(password)
        if !loginName.isEmpty, folded.contains(VietnameseText.fold(loginName)) { return .holdsName }
        if PasswordPolicy.isCommon(folded) || PasswordPolicy.isGuessedSoon(password, folded) { return .tooCommon }
        if needsComposition, !PasswordPolicy.isComposed(password) { return .tooPlain }
        return nil
    }

    /// What is left of the password when well-known words, digits in a row and repetitions are taken away.
    private static func isCommon(_ folded: String) -> Bool {
        if Set(folded).count < 4 { return true }
        var rest = folded.filter { $0.isLetter || $0.isNumber }
        for word in CommonWords.all { rest = rest.replacing(word, with: "") }
        let numbers = rest.filter(\.isNumber)
        return rest.count == numbers.count && (numbers.count < 6 || isRow(numbers))
    }

    /// Marks on letters keep nobody from guessing the word without them.
    private static func isGuessedSoon(_ password: String, _ folded: String) -> Bool {
        min(PasswordGuessing.bits(of: password), PasswordGuessing.bits(of: folded)) < guessingBits
    }

    private static func isRow(_ digits: String) -> Bool {
        let values = digits.compactMap(\.wholeNumberValue)
        return zip(values, values.dropFirst()).allSatisfy { abs($1 - $0) <= 1 || abs($1 - $0) == 9 }
    }

    private static func isComposed(_ password: String) -> Bool {
        password.contains(where: \.isUppercase) && password.contains(where: \.isLowercase)
            && password.contains(where: \.isNumber) && password.contains { !$0.isLetter && !$0.isNumber }
    }
}
