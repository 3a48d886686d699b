// SPDX-License-Identifier: Apache-2.0

import Catalogue
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Markup
import Organisation
import Site
import Web

/// A pack as text, and the files beside it.
struct TextHandlers: Sendable {
    let desk: BuilderDesk

    // A letter of Vietnamese has up to three bytes, which multipart sends as they are.
    private static let limits = MultipartLimits(
        files: 0,
        fields: 8,
        fieldBytes: BuilderDesk.textLimit + 4_096,
        bodyBytes: BuilderDesk.textLimit + 16_384
    )

    func add(to routes: SiteRoutes) {
        let (text, file) = (SiteURL.builderText(PathSlot.code), SiteURL.builderFile(PathSlot.code, file: PathSlot.file))
        routes.get(text, for: .officer(.administrator), rule: BuilderDesk.rule) { _, context in
            try page(try await desk.open(context), PackSource.mainFile, context, flash: context.query.text("bao"))
        }
        routes.upload(text, for: .officer(.administrator), rule: BuilderDesk.rule, limits: Self.limits) {
            form,
            _,
            context in
            try await save(form, PackSource.mainFile, context)
        }
        routes.get(file, for: .officer(.administrator), rule: BuilderDesk.rule) { _, context in
            let open = try await desk.open(context)
            return try page(open, try Self.file(of: open, context), context, flash: context.query.text("bao"))
        }
        routes.upload(file, for: .officer(.administrator), rule: BuilderDesk.rule, limits: Self.limits) {
            form,
            _,
            context in
            let open = try await desk.open(context)
            return try await save(form, try Self.file(of: open, context), context)
        }
    }

    /// A file of the draft, or the template of a result that is not there yet.
    private static func file(of open: OpenDraft, _ context: OfficerContext) throws -> String {
        let name = try context.pathText(PathSlot.file)
        let isTemplate = name.hasSuffix(".mustache") && !name.contains("/") && name.utf8.count <= 60
        guard open.fileNames.contains(name) || isTemplate else { throw RequestError.notFound }
        return name
    }

    // MARK: - Text

    private func save(_ upload: UploadForm, _ name: String, _ context: OfficerContext) async throws -> Response {
        let form = try await upload.read { _, _ in }
        let open = try await desk.open(context)
        let text = (form["text"] ?? "").replacing("\r\n", with: "\n")
        var files = open.draft.source.files
        files[name] = Array(text.utf8)
        do {
            guard text.utf8.count <= BuilderDesk.textLimit else { throw PackEditError.tooLarge }
            try await desk.services.catalogue.save(
                PackSource(path: open.draft.code, files: files),
                as: open.draft.code,
                expecting: try form.seenVersion(),
                by: context.actor
            )
            return .seeOther(Self.url(open.draft.code, name).path([("bao", "da-luu")]))
        } catch let error as CatalogueError where error.status == 409 || error.status == 422 {
            return try page(open, name, context, text: text, error: error)
        } catch let error as PackEditError {
            return try page(open, name, context, text: text, error: error)
        }
    }

    private static func url(_ code: String, _ name: String) -> SiteURL {
        name == PackSource.mainFile ? .builderText(code) : .builderFile(code, file: name)
    }

    private func page(
        _ open: OpenDraft,
        _ name: String,
        _ context: OfficerContext,
        text: String? = nil,
        error: (any Presentable)? = nil,
        flash: String? = nil
    ) throws -> Response {
        let code = open.draft.code
        let isMain = name == PackSource.mainFile
        let standing = String(decoding: open.draft.source.files[name] ?? [], as: UTF8.self)
        let findings = open.checked.findings.filter { $0.file == "\(code)/\(name)" || isMain && $0.file == code }
        // The template that the result names is offered before it is there.
        let wanted = open.manuscript.tree?["result"]?["template"]?.text
        let names = Set(open.fileNames + [name, wanted].compactMap(\.self)).subtracting([PackSource.mainFile]).sorted()
        let model = BuilderTextPage.Model(
            shell: desk.shell(open, current: "van-ban", flash: flash == nil ? nil : "Đã lưu vào bản nháp."),
            heading: isMain ? "Văn bản của gói" : "Tệp \(name)",
            lede: isMain
                ? "YAML, nhiều nhất 512 kB. Viết sai vẫn được giữ; lỗi hiện ở trên cùng số dòng."
                : "Mẫu của kết quả, viết bằng ngôn ngữ khối. Viết sai vẫn được giữ.",
            text: text ?? standing,
            findings: text == nil ? findings.map { Self.finding($0, standing) } : [],
            action: Self.url(code, name).path,
            files: ([PackSource.mainFile] + names).map { file in
                NavigationItem(file, href: Self.url(code, file).path, isCurrent: file == name)
            },
            error: error?.publicDetail
        )
        return .page(
            BuilderTextPage.html(model, in: context.frame(pageCode: "A-24", current: .administration)),
            status: error.map { HTTPResponse.Status(code: $0.status) } ?? .ok
        )
    }

    private static func finding(_ finding: CatalogueFinding, _ text: String) -> BuilderFinding {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let index = finding.place.line - 1
        let quoted = lines.indices.contains(index) ? String(lines[index].drop { $0 == " " }.prefix(80)) : ""
        return BuilderFinding(
            place: "Dòng \(finding.place.line), cột \(finding.place.column)" + (quoted.isEmpty ? "" : ": \(quoted)"),
            text: finding.text,
            remedy: finding.remedy,
            isError: finding.isError
        )
    }
}
