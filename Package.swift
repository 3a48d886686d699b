// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
// The plan of the house: floors, rooms, and which room may enter which (docs/architecture.md).

import Foundation
import PackageDescription

/// Every target of ours is compiled with these; a warning is an error.
let house: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
]

enum Floor: Int, Comparable {
    case core, machinery, services, sites, app
    static func < (lower: Floor, upper: Floor) -> Bool { lower.rawValue < upper.rawValue }

    var folder: String {
        switch self {
        case .core: "Core"
        case .machinery: "Machinery"
        case .services: "Services"
        case .sites: "Sites"
        case .app: "App"
        }
    }
}

/// A library from Debian behind a module map.
struct SystemLibrary {
    var pkgConfig: String?
    var debian: String
}

/// One target of ours: where it stands, which rooms it enters, which package products it uses.
struct Room {
    var name: String
    var floor: Floor
    var rooms: [String] = []
    var products: [String] = []
    var system: SystemLibrary?
    /// Rooms and products that only the tests of this room need; nil when the room has no test target.
    var tests: (rooms: [String], products: [String])?

    init(
        _ name: String,
        _ floor: Floor,
        _ rooms: [String] = [],
        products: [String] = [],
        system: SystemLibrary? = nil,
        tests: (rooms: [String], products: [String])? = ([], [])
    ) {
        (self.name, self.floor, self.rooms, self.products) = (name, floor, rooms, products)
        (self.system, self.tests) = (system, system == nil ? tests : nil)
    }

    var path: String { "Sources/\(floor.folder)/\(name)" }
}

func shim(_ name: String, _ pkgConfig: String?, debian: String) -> Room {
    Room(name, .machinery, system: SystemLibrary(pkgConfig: pkgConfig, debian: debian))
}

let rooms: [Room] = [
    // Core: values and rules, no input or output.
    Room("Kernel", .core),
    Room("WorkingTime", .core, ["Kernel"]),

    // Machinery: one craft each.
    shim("CArgon2", "libargon2", debian: "libargon2-dev"),
    shim("CZxcvbn", nil, debian: "libzxcvbn-dev"),
    shim("CPostgres", "libpq", debian: "libpq-dev"),
    shim("CPango", "pangocairo", debian: "libpango1.0-dev"),
    shim("CQREncode", "libqrencode", debian: "libqrencode-dev"),
    shim("CMagic", nil, debian: "libmagic-dev"),
    shim("CQPDF", "libqpdf", debian: "libqpdf-dev"),
    shim("CCurl", "libcurl", debian: "libcurl4-openssl-dev"),
    Room("Digests", .machinery, ["Kernel", "CArgon2", "CZxcvbn"], products: ["Crypto"]),
    Room(
        "Storage",
        .machinery,
        ["Kernel", "Digests", "CPostgres"],
        products: ["GRDB", "GRDBSQLite"],
        tests: (["TestSupport"], [])
    ),
    Room("Journal", .machinery, ["Kernel", "Digests", "Storage"], products: ["Crypto"], tests: (["TestSupport"], [])),
    Room(
        "Backup",
        .machinery,
        ["Kernel", "Digests", "Storage", "Journal"],
        products: ["Crypto"],
        tests: (["TestSupport"], [])
    ),
    Room("Figures", .machinery),
    Room("Markup", .machinery, ["Kernel"]),
    Room("Paper", .machinery, ["Kernel", "CPango", "CQREncode"], products: ["Mustache"]),
    Room("Trust", .machinery, ["Kernel", "Digests"], products: ["Crypto", "CryptoExtras", "X509", "SwiftASN1"]),
    Room("Uploads", .machinery, ["Kernel", "Digests", "CMagic", "CQPDF"]),
    Room("Outbound", .machinery, ["Kernel", "CCurl"]),
    Room(
        "Web",
        .machinery,
        ["Kernel", "Digests", "Markup"],
        products: ["Hummingbird", "HummingbirdCore", "HummingbirdTLS", "HTTPTypes", "NIOCore", "NIOSSL", "Logging"],
        tests: ([], ["HummingbirdTesting"])
    ),

    // Services: what the state does.
    Room(
        "Organisation",
        .services,
        ["Kernel", "WorkingTime", "Digests", "Storage", "Journal"],
        tests: (["TestSupport"], [])
    ),
    Room(
        "Identity",
        .services,
        ["Kernel", "Digests", "Storage", "Journal", "Organisation"],
        tests: (["TestSupport"], [])
    ),
    Room(
        "SignIn",
        .services,
        ["Kernel", "Digests", "Storage", "Journal", "Organisation", "Identity", "Outbound"],
        products: ["JWTKit", "Crypto", "CryptoExtras"],
        tests: (["TestSupport"], [])
    ),
    Room(
        "Catalogue",
        .services,
        ["Kernel", "WorkingTime", "Digests", "Storage", "Journal", "Paper", "Organisation", "Identity"],
        products: ["Yams"],
        tests: (["TestSupport"], [])
    ),
    Room(
        "Payments",
        .services,
        ["Kernel", "Digests", "Storage", "Journal", "Organisation", "Identity"],
        tests: (["TestSupport"], [])
    ),
    Room(
        "Dossiers",
        .services,
        [
            "Kernel", "WorkingTime", "Digests", "Storage", "Journal", "Paper", "Organisation", "Identity", "Catalogue",
            "Payments",
        ],
        products: ["Mustache"],
        tests: (["TestSupport"], [])
    ),
    Room("Feedback", .services, ["Kernel", "Storage", "Journal", "Identity", "Dossiers"], tests: nil),
    Room(
        "DataProtection",
        .services,
        [
            "Kernel", "WorkingTime", "Digests", "Storage", "Journal", "Markup", "Organisation", "Identity", "Catalogue",
            "Dossiers", "Feedback",
        ],
        tests: (["TestSupport", "Paper", "Payments", "Reporting"], [])
    ),
    Room(
        "Operations",
        .services,
        ["Kernel", "Storage", "Journal", "Organisation", "Identity"],
        tests: (["TestSupport"], [])
    ),
    Room(
        "Reporting",
        .services,
        ["Kernel", "WorkingTime", "Storage", "Journal", "Organisation", "Identity", "Catalogue", "Dossiers"],
        tests: (["TestSupport"], [])
    ),

    // Sites: one audience each.
    Room(
        "Site",
        .sites,
        [
            "Kernel", "WorkingTime", "Digests", "Storage", "Markup", "Web", "Organisation", "Identity", "SignIn",
            "Catalogue", "Dossiers",
        ],
        products: ["Hummingbird", "HTTPTypes", "NIOCore", "Logging"],
        tests: (["TestSupport", "Journal"], ["HummingbirdTesting"])
    ),
    Room(
        "CitizenSite",
        .sites,
        [
            "Kernel", "WorkingTime", "Digests", "Storage", "Markup", "Paper", "Uploads", "Trust", "Web", "Organisation",
            "Identity", "SignIn", "Catalogue", "Payments", "Dossiers", "Feedback", "DataProtection", "Reporting",
            "Site",
        ],
        products: ["Hummingbird", "HTTPTypes", "NIOCore"],
        tests: (["TestSupport"], [])
    ),
    Room(
        "DeskSite",
        .sites,
        [
            "Kernel", "WorkingTime", "Digests", "Storage", "Journal", "Markup", "Paper", "Web", "Organisation",
            "Identity", "SignIn", "Catalogue", "Payments", "Dossiers", "Reporting", "Site",
        ],
        products: ["Hummingbird", "HTTPTypes", "NIOCore", "Logging"],
        tests: (
            ["TestSupport", "CitizenSite", "DataProtection", "Feedback", "Trust", "Uploads"],
            ["HummingbirdTesting", "Logging"]
        )
    ),
    Room(
        "LeaderSite",
        .sites,
        [
            "Kernel", "WorkingTime", "Storage", "Markup", "Web", "Organisation", "Identity", "SignIn", "Catalogue",
            "Dossiers", "Reporting", "Site",
        ],
        products: ["Hummingbird", "HTTPTypes", "NIOCore"],
        tests: nil
    ),
    Room(
        "AdminSite",
        .sites,
        [
            "Kernel", "Digests", "Storage", "Journal", "Markup", "Web", "Organisation", "Identity", "SignIn",
            "Catalogue", "Dossiers", "DataProtection", "Operations", "Site",
        ],
        products: ["Hummingbird", "HTTPTypes", "NIOCore"],
        tests: nil
    ),
    Room(
        "PublicAPI",
        .sites,
        [
            "Kernel", "WorkingTime", "Digests", "Storage", "Journal", "Uploads", "Trust", "Web", "Organisation",
            "Identity", "Catalogue", "Payments", "Dossiers", "Reporting", "Site",
        ],
        products: ["Hummingbird", "HTTPTypes", "NIOCore"],
        tests: (["TestSupport", "Markup", "Paper", "Outbound", "SignIn"], ["HummingbirdTesting", "Logging"])
    ),

    // App: what is run.
    Room(
        "motcua",
        .app,
        [
            "Kernel", "WorkingTime", "Digests", "Storage", "Journal", "Markup", "Paper", "Trust", "Uploads", "Outbound",
            "Web", "Organisation", "Identity", "SignIn", "Catalogue", "Payments", "Dossiers", "Feedback",
            "DataProtection", "Operations", "Reporting", "Site", "CitizenSite", "DeskSite", "LeaderSite", "AdminSite",
            "PublicAPI", "Backup", "Figures",
        ],
        products: ["ArgumentParser", "Configuration", "Hummingbird", "Logging", "ServiceLifecycle", "UnixSignals"],
        tests: nil
    ),
    Room(
        "sandbox",
        .app,
        ["Kernel", "Digests", "Markup", "Trust"],
        products: [
            "ArgumentParser", "AsyncHTTPClient", "Hummingbird", "HTTPTypes", "NIOCore", "NIOHTTP1", "NIOPosix",
            "Logging", "ServiceLifecycle", "UnixSignals", "Crypto", "CryptoExtras", "X509", "SwiftASN1",
        ],
        tests: ([], ["HummingbirdTesting"])
    ),
    Room(
        "gallery",
        .app,
        ["Kernel", "Markup", "Paper", "Web", "SignIn", "Site", "CitizenSite", "DeskSite", "LeaderSite", "AdminSite"],
        products: ["Hummingbird", "HTTPTypes", "Logging"],
        tests: nil
    ),
]

/// Package products by name: where each comes from, and the one version that we use.
let packages: [(url: String, version: Version, products: [String])] = [
    ("https://github.com/apple/swift-crypto", "4.5.2", ["Crypto", "CryptoExtras"]),
    ("https://github.com/apple/swift-certificates", "1.21.1", ["X509"]),
    ("https://github.com/apple/swift-asn1", "1.7.4", ["SwiftASN1"]),
    ("https://github.com/groue/GRDB.swift", "7.10.0", ["GRDB", "GRDBSQLite"]),
    ("https://github.com/swift-server/async-http-client", "1.37.0", ["AsyncHTTPClient"]),
    ("https://github.com/jpsim/Yams", "6.2.2", ["Yams"]),
    ("https://github.com/hummingbird-project/swift-mustache", "2.1.1", ["Mustache"]),
    (
        "https://github.com/hummingbird-project/hummingbird", "2.28.1",
        ["Hummingbird", "HummingbirdCore", "HummingbirdTLS", "HummingbirdTesting"]
    ),
    ("https://github.com/apple/swift-http-types", "1.8.0", ["HTTPTypes"]),
    ("https://github.com/apple/swift-nio", "2.101.2", ["NIOCore", "NIOHTTP1", "NIOPosix"]),
    ("https://github.com/apple/swift-nio-ssl", "2.37.6", ["NIOSSL"]),
    ("https://github.com/apple/swift-log", "1.16.2", ["Logging"]),
    ("https://github.com/apple/swift-argument-parser", "1.8.2", ["ArgumentParser"]),
    ("https://github.com/apple/swift-configuration", "1.4.0", ["Configuration"]),
    ("https://github.com/swift-server/swift-service-lifecycle", "2.13.0", ["ServiceLifecycle", "UnixSignals"]),
    ("https://github.com/vapor/jwt-kit", "5.7.1", ["JWTKit"]),
]

// MARK: - The part of the house that is asked for

/// `MOTCUA_FLOOR` is `core`, `services` (with everything below it that needs no NIO), or the name of one room.
let asked = ProcessInfo.processInfo.environment["MOTCUA_FLOOR"]?.split(separator: ",").map(String.init) ?? []
let byName = Dictionary(uniqueKeysWithValues: rooms.map { ($0.name, $0) })
let needsNIO: Set<String> = ["Hummingbird", "NIOCore"]

func withAllBelow(_ names: [String]) -> Set<String> {
    var found: Set<String> = []
    var queue = names
    while let name = queue.popLast() {
        if found.insert(name).inserted { queue += byName[name]?.rooms ?? [] }
    }
    return found
}

func chosenRooms() -> Set<String> {
    var starts: [String] = []
    for word in asked {
        switch word {
        case "core": starts += rooms.filter { $0.floor == .core }.map(\.name)
        case "services":
            starts += rooms.filter { $0.floor <= .services && needsNIO.isDisjoint(with: $0.products) }.map(\.name)
        default: starts += [word] + (byName[word]?.tests?.rooms ?? [])
        }
    }
    return starts.isEmpty ? Set(rooms.map(\.name)) : withAllBelow(starts)
}

let chosen = chosenRooms()

/// With one room asked for, only that room's own tests are offered; with a floor, those of every room on it.
func offersTests(_ room: Room) -> Bool {
    guard room.tests != nil else { return false }
    return asked.isEmpty || asked.contains(room.name) || asked.contains("core") || asked.contains("services")
}

func product(_ name: String) -> Target.Dependency {
    guard let package = packages.first(where: { $0.products.contains(name) })?.url.split(separator: "/").last else {
        fatalError("No package offers \(name)")
    }
    return .product(name: name, package: String(package))
}

func targets(of room: Room) -> [Target] {
    if let system = room.system {
        let providers: [SystemPackageProvider] = [.apt([system.debian])]
        return [.systemLibrary(name: room.name, path: room.path, pkgConfig: system.pkgConfig, providers: providers)]
    }
    let dependencies = room.rooms.map { Target.Dependency.byName(name: $0) } + room.products.map(product)
    var made: [Target] =
        room.floor == .app
        ? [.executableTarget(name: room.name, dependencies: dependencies, path: room.path, swiftSettings: house)]
        : [.target(name: room.name, dependencies: dependencies, path: room.path, swiftSettings: house)]
    if let tests = room.tests, offersTests(room) {
        let below = [room.name] + room.rooms.filter { byName[$0]?.system == nil } + tests.rooms
        let uses = below.map { Target.Dependency.byName(name: $0) } + (room.products + tests.products).map(product)
        made.append(.testTarget(name: "\(room.name)Tests", dependencies: uses, swiftSettings: house))
    }
    return made
}

var allTargets = rooms.filter { chosen.contains($0.name) }.flatMap(targets(of:))

if chosen.contains("Storage") {
    allTargets.append(
        .target(
            name: "TestSupport",
            dependencies: ["Kernel", "Digests", "Storage"],
            path: "Tests/TestSupport",
            swiftSettings: house
        )
    )
}
if asked.isEmpty || asked.contains("core") || asked.contains("TidyTests") {
    allTargets.append(.testTarget(name: "TidyTests", swiftSettings: house))
}
/// What `scripts/bench plain` measures; nobody else needs it.
if ProcessInfo.processInfo.environment["MOTCUA_PLAIN"] != nil {
    allTargets.append(
        .executableTarget(name: "plain", dependencies: [product("Hummingbird")], path: "Tests/Plain")
    )
}

/// Only packages that something chosen uses are fetched.
let productsUsed = Set(
    rooms.filter { chosen.contains($0.name) }.flatMap {
        $0.products + (offersTests($0) ? $0.tests?.products ?? [] : [])
    }
)

let package = Package(
    name: "MotCua",
    products: asked.isEmpty ? [.executable(name: "motcua", targets: ["motcua"])] : [],
    dependencies: packages.filter { !productsUsed.isDisjoint(with: $0.products) }.map {
        .package(url: $0.url, exact: $0.version)
    },
    targets: allTargets,
    swiftLanguageModes: [.v6]
)
