// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel
public import Storage
public import Testing

/// Stores for tests: the same test runs on every engine.
///
///     @Test(arguments: TestStores.all)
///     func keepsADossier(on engine: Engine) async throws {
///         try await withStore(engine, migrations: DossierMigrations.all) { store in … }
///     }
public enum TestStores {
    /// The engines that a store test runs on.
    public static let all = Engine.allCases

    /// The server of `MOTCUA_TEST_POSTGRES`, where each test gets a schema of its own (`scripts/test-postgres`).
    static let server = ProcessInfo.processInfo.environment["MOTCUA_TEST_POSTGRES"]

    /// `make test` says that a missing server is a failure; otherwise the case is reported as skipped, with the reason.
    static func requireServer(_ location: SourceLocation) throws -> String {
        if let server { return server }
        let reason: Comment = "no PostgreSQL: set MOTCUA_TEST_POSTGRES=$(scripts/test-postgres url)"
        let isRequired = ProcessInfo.processInfo.environment["MOTCUA_TEST_REQUIRE_POSTGRES"] == "1"
        // A cancelled case leaves no trace in the summary, so it is told as a warning as well.
        Issue.record("SKIPPED, \(reason)", severity: isRequired ? .error : .warning, sourceLocation: location)
        try Test.cancel(reason, sourceLocation: location)
    }
}

/// Few connections, since many tests run at the same time.
public let testLimits = StoreLimits(connections: 3)

/// Lends an empty, migrated store to the body, and removes it afterwards.
public func withStore(
    _ engine: Engine,
    migrations: [Migration] = [],
    limits: StoreLimits = testLimits,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: (any Store) async throws -> Void
) async throws {
    try await withStoreAddress(engine, sourceLocation: sourceLocation) { address in
        let store = try await StoreOpening.open(url: address, limits: limits)
        do {
            try await store.migrate(migrations)
            try await body(store)
            await store.close()
        } catch {
            await store.close()
            throw error
        }
    }
}

/// Runs the body on a store of each engine, one after the other; without a server the test ends as skipped.
public func withEachStore(
    migrations: [Migration] = [],
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: (any Store) async throws -> Void
) async throws {
    for engine in TestStores.all {
        try await withStore(engine, migrations: migrations, sourceLocation: sourceLocation, body)
    }
}

/// Lends the address of an empty database, for tests that open a store more than once.
public func withStoreAddress(
    _ engine: Engine,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: (_ address: String) async throws -> Void
) async throws {
    switch engine {
    case .sqlite:
        try await withTemporaryFolder { try await body("sqlite:\($0)/test.sqlite") }
    case .postgres:
        let server = try TestStores.requireServer(sourceLocation)
        let schema = "test_\(Identifier<TestStores>(.system))"
        let admin = try await StoreOpening.open(url: server, limits: StoreLimits(connections: 1))
        try await admin.write { _ = try $0.run(Statement(trusted: "CREATE SCHEMA \(schema)")) }
        func cleanUp() async throws {
            try await admin.write { _ = try $0.run(Statement(trusted: "DROP SCHEMA \(schema) CASCADE")) }
            await admin.close()
        }
        do {
            try await body("\(server)?options=-csearch_path%3D\(schema)")
        } catch {
            try await cleanUp()
            throw error
        }
        try await cleanUp()
    }
}

/// Lends an empty folder, and removes it afterwards.
public func withTemporaryFolder(_ body: (_ path: String) async throws -> Void) async throws {
    let base = ProcessInfo.processInfo.environment["MOTCUA_TEST_DIR"] ?? NSTemporaryDirectory()
    let path = "\(base)/motcua-\(Identifier<TestStores>(.system))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer {
        // A folder that cannot be removed is no failure of what was tested.
        try? FileManager.default.removeItem(atPath: path)
    }
    try await body(path)
}
