// SPDX-License-Identifier: Apache-2.0

/// Who may import what. The compiler refuses a room that the manifest does not name; this refuses what the manifest
/// should not name.
enum ImportRules {
    /// Modules that one room, or a few, have to themselves.
    private static let owners: [String: Set<String>] = [
        "GRDB": ["Storage"], "GRDBSQLite": ["Storage"], "CPostgres": ["Storage"],
        "CArgon2": ["Digests"], "CZxcvbn": ["Digests"],
        "CPango": ["Paper"], "CQREncode": ["Paper"],
        "CMagic": ["Uploads"], "CQPDF": ["Uploads"],
        "CCurl": ["Outbound"],
        "Yams": ["Catalogue"],
        "JWTKit": ["SignIn", "sandbox"],
        "X509": ["Trust", "sandbox"], "SwiftASN1": ["Trust", "sandbox"],
        "ArgumentParser": ["motcua", "sandbox", "gallery"],
        "Configuration": ["motcua"],
    ]
    private static let banned: Set<String> = ["FoundationXML", "XMLCoder", "FoundationNetworking", "XCTest", "Vapor"]
    /// HTTP is known to Web and above it.
    private static let http: Set<String> = ["HTTPTypes", "NIOCore", "NIOHTTP1", "NIOPosix"]

    static func imports(_ file: RepositoryFile) -> [Finding] {
        guard let room = file.room else { return [] }
        var findings: [Finding] = []
        for (index, line) in SwiftText(file.text).code.enumerated() {
            guard let module = imported(by: line) else { continue }
            let isHTTP = http.contains(module) || module.hasPrefix("Hummingbird")
            var reason: String?
            if banned.contains(module) {
                reason = "is used nowhere"
            } else if let owners = owners[module], !owners.contains(room) {
                reason = "belongs to \(owners.sorted().joined(separator: ", "))"
            } else if isHTTP, let floor = file.floor,
                floor == "Core" || floor == "Services" || floor == "Machinery" && room != "Web"
            {
                reason = "is for Web and the floors above it"
            }
            if let reason {
                findings.append(Finding(path: file.path, line: index + 1, what: "`import \(module)`: it \(reason)"))
            }
        }
        return findings
    }

    private static func imported(by line: String) -> String? {
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "import"), place + 1 < words.count, place <= 3 else { return nil }
        let allowed: Set<Substring> = [
            "public", "internal", "package", "private", "fileprivate", "@testable", "@preconcurrency",
        ]
        guard words[..<place].allSatisfy({ allowed.contains($0) }) else { return nil }
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "let", "var", "typealias"]
        let name = kinds.contains(words[place + 1]) ? words.dropFirst(place + 2).first : words[place + 1]
        return name.map { String($0.prefix { $0 != "." }) }
    }
}

/// One room as the manifest draws it.
struct ManifestRoom: Equatable {
    let name: String
    let floor: String
    let enters: [String]
}

/// The manifest is data; so are its mistakes.
enum ManifestRules {
    static let floors = ["core", "machinery", "services", "sites", "app"]

    /// Reads `Room("Name", .floor, ["Other", …]` and `shim("Name", …)`.
    static func rooms(_ manifest: String) -> [ManifestRoom] {
        var rooms: [ManifestRoom] = []
        var rest = manifest[...]
        while let start = rest.firstRange(of: "let rooms: [Room] = [").map({ rest[$0.upperBound...] }) { rest = start }
        while let opening = next(of: ["Room(", "shim("], in: rest) {
            rest = rest[opening.range.upperBound...]
            guard let name = quoted(&rest) else { break }
            if opening.word == "shim(" {
                rooms.append(ManifestRoom(name: name, floor: "machinery", enters: []))
                continue
            }
            guard let dot = rest.firstIndex(of: ".") else { break }
            let floor = String(rest[rest.index(after: dot)...].prefix { $0.isLetter })
            rest = rest[dot...].drop { $0 != "," && $0 != ")" }
            var enters: [String] = []
            let afterComma = rest.dropFirst().drop { $0 == " " || $0 == "\n" }
            if rest.first == ",", afterComma.first == "[", let end = afterComma.firstIndex(of: "]") {
                enters = afterComma[..<end].split(separator: "\"").enumerated().filter { $0.offset % 2 == 1 }
                    .map { String($0.element) }
                rest = afterComma[end...]
            }
            rooms.append(ManifestRoom(name: name, floor: floor, enters: enters))
        }
        return rooms
    }

    private static func next(of words: [String], in text: Substring) -> (word: String, range: Range<String.Index>)? {
        let end = text.firstRange(of: "\n]\n")?.lowerBound ?? text.endIndex
        let found = words.compactMap { word in text[..<end].firstRange(of: word).map { (word: word, range: $0) } }
        return found.min { $0.range.lowerBound < $1.range.lowerBound }
    }

    private static func quoted(_ text: inout Substring) -> String? {
        guard let open = text.firstIndex(of: "\"") else { return nil }
        let inside = text[text.index(after: open)...]
        guard let close = inside.firstIndex(of: "\"") else { return nil }
        text = inside[inside.index(after: close)...]
        return String(inside[..<close])
    }

    /// Imports go downwards, or on one floor in the order of the list.
    static func directions(_ rooms: [ManifestRoom]) -> [Finding] {
        var findings: [Finding] = []
        for (index, room) in rooms.enumerated() {
            for entered in room.enters {
                let what: String
                if let below = rooms.firstIndex(where: { $0.name == entered }) {
                    let height = floors.firstIndex(of: room.floor) ?? 0
                    let other = floors.firstIndex(of: rooms[below].floor) ?? 0
                    guard other > height || other == height && below >= index else { continue }
                    what =
                        "\(room.name) (\(room.floor)) may not enter \(entered) (\(rooms[below].floor)): it is not below"
                } else {
                    what = "\(room.name) enters \(entered), which is no room"
                }
                findings.append(Finding(path: "Package.swift", line: 1, what: what))
            }
        }
        return findings
    }

    /// Swift could not tell such a type from the module.
    static func typesNamedLikeRooms(_ file: RepositoryFile, rooms: Set<String>) -> [Finding] {
        let kinds: Set<Substring> = ["struct", "class", "enum", "actor", "protocol", "typealias"]
        return SwiftText(file.text).code.enumerated().compactMap { index, line in
            let words = line.split { $0 == " " || $0 == ":" || $0 == "<" || $0 == "{" }
            guard let place = words.firstIndex(where: kinds.contains), place + 1 < words.count else { return nil }
            let name = String(words[place + 1])
            guard rooms.contains(name), !line.contains("import ") else { return nil }
            return Finding(path: file.path, line: index + 1, what: "type `\(name)` carries the name of a target")
        }
    }
}
