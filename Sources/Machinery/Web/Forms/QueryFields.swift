// SPDX-License-Identifier: Apache-2.0

/// The parameters of an address, read by type. What does not fit is treated as not given: an address that was typed or
/// shortened by hand still opens its page.
public struct QueryFields: Sendable, Equatable {
    /// The parameters as text.
    public let fields: FormFields

    /// Parameters from decoded fields.
    public init(_ fields: FormFields) { self.fields = fields }

    /// A text without outer white space, cut at `limitCharacters`; nil when absent or blank.
    public func text(_ name: String, limitCharacters: Int = 200) -> String? {
        fields.trimmed(name).map { String($0.prefix(limitCharacters)) }
    }

    /// A whole number, clamped into the range; the default when absent or no number.
    public func int(_ name: String, default value: Int, in range: ClosedRange<Int>) -> Int {
        guard let given = fields[name].flatMap({ Int($0) }) else { return value }
        return min(max(given, range.lowerBound), range.upperBound)
    }

    /// One of an enum's cases; nil when absent or unknown.
    public func choice<Choice: RawRepresentable>(_ name: String, as type: Choice.Type = Choice.self) -> Choice?
    where Choice.RawValue == String {
        fields[name].flatMap { Choice(rawValue: $0) }
    }

    /// All known cases given for a name, in order.
    public func choices<Choice: RawRepresentable>(_ name: String, as type: Choice.Type = Choice.self) -> [Choice]
    where Choice.RawValue == String {
        fields.all(name).compactMap { Choice(rawValue: $0) }
    }

    /// A switch: `1`, `on`, `true` or the bare name.
    public func isOn(_ name: String) -> Bool {
        fields[name].map { ["1", "on", "true", ""].contains($0) } ?? false
    }

    /// A value with a text form (dates, codes); nil when absent or unreadable.
    public func value<Value: LosslessStringConvertible>(_ name: String, as type: Value.Type = Value.self) -> Value? {
        fields[name].flatMap { Value($0) }
    }
}
