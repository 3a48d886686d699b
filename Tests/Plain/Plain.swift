// SPDX-License-Identifier: Apache-2.0

import Hummingbird

/// A server with one short answer and nothing of ours: what our pages are measured against (`scripts/bench plain`).
/// Its argument is the port.
@main
struct Plain {
    static func main() async throws {
        guard CommandLine.arguments.count == 2, let port = Int(CommandLine.arguments[1]) else {
            fatalError("usage: plain PORT")
        }
        let router = Router()
        router.get("/") { _, _ in "plain\n" }
        let configuration = ApplicationConfiguration(address: .hostname("127.0.0.1", port: port))
        try await Application(router: router, configuration: configuration).runService()
    }
}
