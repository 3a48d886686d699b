// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Site
import Storage
import Web

/// `motcua routes`: the table of docs/routes.md, printed from the code.
struct RoutesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "routes", abstract: "In bảng địa chỉ của cổng.")

    @OptionGroup var options: HouseOptions

    func run() async throws {
        try await CommandFailure.run {
            let settings = try Settings(try await options.reader(adding: Self.placeholders()))
            let house = try await House(settings, publicURL: "http://127.0.0.1", logger: Log.logger("error"))
            let portal = Portal(house: house, publicURL: .loopback(port: 8080))
            FileHandle.standardOutput.write(Data(try portal.routes(try portal.siteSettings()).table().utf8))
            await house.store.close()
        }
    }

    /// No outside system is called to print a table; the keys only have to be there.
    private static func placeholders() throws -> [Setting: String] {
        var values: [Setting: String] = [:]
        for setting in Setting.allCases where setting.facts.fallback == nil {
            values[setting] = setting.placeholder
        }
        let roots = FileManager.default.temporaryDirectory.appendingPathComponent("motcua-no-roots.pem").path
        _ = FileManager.default.createFile(atPath: roots, contents: Data())
        values[.trustRoots] = roots
        values[.database] = "sqlite::memory:"
        values[.data] = FileManager.default.temporaryDirectory.appendingPathComponent("motcua-routes").path
        return values
    }
}
