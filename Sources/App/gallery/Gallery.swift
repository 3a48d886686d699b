// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import Hummingbird
import Kernel
import Logging
import Markup
import Web

/// Serves every screen in every state, drawn by the real page functions with synthetic data, under the real headers and
/// with the real files, so that the gate and people can look at them. `motcua` holds nothing of this.
@main
enum Gallery {
    static func main() async throws {
        let environment = ProcessInfo.processInfo.environment
        let port = environment["MOTCUA_PORT"].flatMap { Int($0) } ?? 8090
        let root = environment["MOTCUA_RESOURCES"] ?? "resources"
        let files = try StaticFiles(folders: ["styles", "scripts", "images"], under: root)
        guard let publicURL = PublicURL("http://127.0.0.1:\(port)") else { throw GalleryError.badPort(port) }
        var logger = Logger(label: "gallery")
        logger.logLevel = .notice
        let announcer = logger
        let application = try buildApplication(
            router: router(files),
            settings: ServerSettings(port: port, publicURL: publicURL, clock: .system, random: .system),
            logger: logger,
            onListening: { port in announcer.notice("the gallery listens on http://127.0.0.1:\(port)/") }
        )
        try await application.runService()
    }

    // MARK: - Routes

    static func router(_ files: StaticFiles) -> Router<PlainContext> {
        let router = makeRouter(PlainContext.self)
        let assets = Assets { files.path($0) ?? "\(StaticFiles.prefix)/khong-co" }
        router.addStaticFiles(files)
        addHealth(to: router)
        router.get("/") { _, _ in Response.page(GalleryIndex.html(assets: assets)) }
        router.get("hien-thi") { request, _ in
            let query = try request.queryFields()
            return Response.seeOther(DisplayQuery.address(query))
        }
        // A picture among the samples: its address may not change with its content, as those of our own files do.
        router.get("mau/anh.svg") { _, _ in Response.seeOther(assets.href("images/mark.svg")) }
        router.get("mau/{name}") { _, _ in
            Response.file(
                ResponseBody(byteBuffer: ByteBuffer(string: SamplePDF.text)),
                type: .pdf,
                name: "mau.pdf",
                disposition: .inline
            )
        }
        for state in ScreenState.all {
            router.get(RouterPath(state.path)) { request, _ in
                let query = try request.queryFields()
                let frame = Frames.frame(
                    for: state,
                    assets: assets,
                    display: DisplayQuery.settings(query),
                    path: state.path,
                    isForPrint: query.isOn("in")
                )
                return Response.page(state.draw(frame), status: HTTPResponse.Status(code: state.status))
            }
        }
        return router
    }
}

/// Why the gallery could not start.
enum GalleryError: Error {
    /// `MOTCUA_PORT` is no port.
    case badPort(Int)
}
