// SPDX-License-Identifier: Apache-2.0

import Hummingbird

/// The program was not told its port.
struct NoPort: Error {}

/// A server with one short answer and nothing of ours: what our pages are measured against (`scripts/bench plain`).
/// Its argument is the port.
@main
struct Plain {
    static func main() async throws {
        guard let port = CommandLine.arguments.dropFirst().first.flatMap({ Int($0) }) else { throw NoPort() }
        let router = Router()
        router.get("/") { _, _ in "plain\n" }
        let configuration = ApplicationConfiguration(address: .hostname("127.0.0.1", port: port))
        try await Application(router: router, configuration: configuration).runService()
    }
}
