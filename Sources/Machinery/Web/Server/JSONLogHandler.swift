// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Logging

/// Log lines as JSON, one per line, for the collector of the data centre. Values are escaped, so that no input can
/// begin a line of its own.
public struct JSONLogHandler: LogHandler {
    /// A line longer than this is cut and marked.
    public static let lineLimitBytes = 8 * 1024

    public var metadata: Logger.Metadata = [:]
    public var logLevel: Logger.Level
    private let label: String
    private let clock: Clock
    private let write: @Sendable (_ line: String, _ level: Logger.Level) -> Void

    /// - Parameters:
    ///   - label: The part of the program.
    ///   - level: The lowest level that is written.
    ///   - clock: Where the time comes from.
    ///   - write: Takes a whole line with its end.
    public init(
        label: String,
        level: Logger.Level,
        clock: Clock,
        write: @escaping @Sendable (_ line: String, _ level: Logger.Level) -> Void
    ) {
        (self.label, logLevel, self.clock, self.write) = (label, level, clock, write)
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var fields: [(String, String)] = [
            ("time", clock.now().description), ("level", event.level.rawValue), ("label", label),
            ("message", event.message.description),
        ]
        let given = event.metadata ?? [:]
        let all = metadata.isEmpty ? given : metadata.merging(given) { $1 }
        let ours = all.filter { !$0.key.hasPrefix("hb.") }.sorted { $0.key < $1.key }
        fields += ours.map { ($0.key, $0.value.description) }
        var line = "{" + fields.map { "\(Self.quoted($0.0)):\(Self.quoted($0.1))" }.joined(separator: ",") + "}"
        if line.utf8.count > Self.lineLimitBytes {
            let shortened = fields.prefix(4).map { "\(Self.quoted($0.0)):\(Self.quoted(String($0.1.prefix(1024))))" }
            line = "{" + shortened.joined(separator: ",") + ",\"cut\":\"true\"}"
        }
        write(line + "\n", event.level)
    }

    static func quoted(_ text: String) -> String {
        // Most texts are plain letters and stay as they are.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }) { return "\"\(text)\"" }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let hex = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
