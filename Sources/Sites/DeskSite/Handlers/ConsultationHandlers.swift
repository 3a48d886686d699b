// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Dossiers
import HTTPTypes
import Hummingbird
import Kernel
import Markup
import Organisation
import Site
import Storage
import Web

/// The side that is asked: the question with what it needs, and the answer.
struct ConsultationHandlers: Sendable {
    let services: DeskServices
    private static let rule = "own agency or unit is asked"
    /// The name under which the PDF is sent, and by which it is fetched.
    private static let fileField = "tra-loi"

    func add(to routes: SiteRoutes) {
        let url = SiteURL.workConsultation(PathSlot.code, id: PathSlot.consultation)
        routes.get(url, for: .anyOfficer, rule: Self.rule) { _, context in
            let view = try await view(context)
            return page(view, Typed(), context)
        }
        // A file over the limit of one is answered in words beside its field, not by the limit of a form.
        let limits = MultipartLimits(files: 2, fileBytes: 100_000_000)
        routes.upload(url, for: .anyOfficer, rule: Self.rule, limits: limits, answer)
        routes.get(
            .workConsultationFile(PathSlot.code, id: PathSlot.consultation, file: PathSlot.file),
            for: .anyOfficer,
            rule: "own agency or unit is asked; the answer's file also for the agency that asked",
            file
        )
    }

    private func view(_ context: OfficerContext) async throws -> ConsultationView {
        let id = try context.pathID(PathSlot.consultation, of: Consultation.self)
        return try await services.dossiers.consultation(id, of: context.dossierCode(), for: context.actor)
    }

    private func file(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let (code, id) = (
            try context.dossierCode() as DossierCode, try context.pathID(PathSlot.consultation, of: Consultation.self)
        )
        if try context.pathText(PathSlot.file) == Self.fileField {
            let file = try await services.dossiers.answerFile(of: id, on: code, for: context.actor)
            let reader = try await services.files.open(file.digest)
            return .stored(reader, type: .pdf, name: file.name, disposition: .inline)
        }
        let file = try await services.dossiers.shownFile(
            try context.pathID(PathSlot.file),
            of: id,
            on: code,
            for: context.actor
        )
        let reader = try await services.files.open(file.digest)
        let type = ServedType(rawValue: file.mediaType) ?? .other
        return .stored(reader, type: type, name: file.name, disposition: .inline)
    }

    // MARK: - Answering

    /// What was typed, with what is wrong with it.
    private struct Typed {
        var verdict: String?
        var opinion = ""
        var verdictError: String?
        var opinionError: String?
        var fileError: String?
    }

    private func answer(_ form: UploadForm, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let view = try await view(context)
        let intake = AnswerFileIntake(files: services.files, check: services.answerFiles)
        let fields = try await intake.read(form, field: Self.fileField)
        let fault = await intake.fault
        var typed = Typed(verdict: fields["verdict"], opinion: fields.trimmed("opinion") ?? "", fileError: fault)
        let said = typed.verdict.flatMap { ConsultationVerdict(rawValue: $0) }
        if said == nil { typed.verdictError = "Chọn ý kiến" }
        guard let verdict = said, typed.fileError == nil else {
            return page(view, typed, context, status: .unprocessableContent)
        }
        do {
            try await services.dossiers.answerConsultation(
                view.consultation.state.id,
                verdict,
                opinion: typed.opinion.isEmpty ? nil : typed.opinion,
                file: await intake.kept,
                by: context.actor
            )
        } catch let refusal as DossierRefusal where refusal.field == "opinion" || refusal.status == 422 {
            typed.opinionError = refusal.publicDetail
            return page(view, typed, context, status: .unprocessableContent)
        }
        return .seeOther(SiteURL.workList.path([("loc", WorkListHandlers.consultationWord), ("bao", "y-kien")]))
    }

    // MARK: - The page

    private func page(
        _ view: ConsultationView,
        _ typed: Typed,
        _ context: OfficerContext,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let (asked, code) = (view.consultation.state, view.code.text)
        let address = SiteURL.workConsultation(code, id: asked.id.rawValue).path
        let model = ConsultationPage.Model(
            code: view.code,
            procedureName: view.pack.name,
            subject: view.rule?.name ?? asked.rule,
            askerName: view.asker.name,
            askedAt: asked.askedAt,
            dueAt: asked.dueAt,
            deadline: DossierWords.chip(.processing, asked.dueAt, context.now),
            question: view.consultation.question,
            silenceWord: view.rule?.silence == .agrees ? "Quá hạn không trả lời thì coi như đồng ý." : nil,
            groups: groups(view),
            files: files(view, shown: context.query.text("xem")),
            fields: view.mayAnswer ? Self.fields(typed) : [],
            file: view.mayAnswer
                ? FilePart(
                    id: Self.fileField,
                    label: "Chọn tệp PDF",
                    paperName: "văn bản trả lời",
                    error: typed.fileError,
                    limitBytes: services.answerFiles.limitBytes,
                    takesSeveral: false,
                    takesPDFOnly: true
                ) : nil,
            outcome: view.mayAnswer ? nil : outcome(view, code),
            action: address,
            key: services.random.formKey(),
            backHref: SiteURL.workList.path([("loc", WorkListHandlers.consultationWord)])
        )
        let frame = context.frame(pageCode: "D-18", current: .workList)
        return .page(ConsultationPage.html(model, in: frame), status: status)
    }

    private static func fields(_ typed: Typed) -> [FieldPart] {
        [
            FieldPart(
                "verdict",
                "Ý kiến",
                error: typed.verdictError,
                .radios(
                    ConsultationVerdict.allCases.map { FieldPart.Choice($0.rawValue, $0.vietnamese) },
                    chosen: typed.verdict
                )
            ),
            FieldPart(
                "opinion",
                "Nội dung ý kiến",
                hint: "Đồng ý thì không cần ghi. Không đồng ý hoặc có ý kiến khác thì ghi rõ căn cứ.",
                error: typed.opinionError,
                isOptional: true,
                .longText(typed.opinion, limitCharacters: ConsultationQuestion.textLimit)
            ),
        ]
    }

    private func outcome(_ view: ConsultationView, _ code: String) -> ConsultationPage.Outcome {
        let asked = view.consultation
        let href = asked.file.map { _ in
            SiteURL.workConsultationFile(code, id: asked.state.id.rawValue, file: Self.fileField).path
        }
        return ConsultationPage.Outcome(
            word: asked.state.outcome?.vietnamese ?? "Chưa trả lời",
            at: asked.state.closedAt,
            opinion: asked.opinion,
            fileHref: href
        )
    }

    private func groups(_ view: ConsultationView) -> [CasePage.AnswerGroup] {
        let known = ConditionContext(
            answers: view.answers,
            channel: view.channel,
            today: view.submittedAt.date
        )
        let shown = Set(view.rule?.pages ?? [])
        guard view.mayAnswer else { return [] }
        return (view.pack.form?.pages ?? []).filter { shown.contains($0.id) }.map { page in
            let lines = view.pack.form?.lines(of: page, known) ?? []
            return CasePage.AnswerGroup(title: page.title, rows: lines.map { SummaryRow($0.label, $0.value) })
        }
    }

    private func files(_ view: ConsultationView, shown: String?) -> [CasePage.CaseFile] {
        let (code, id) = (view.code.text, view.consultation.state.id.rawValue)
        let first = shown ?? view.files.first?.id.rawValue
        return view.files.map { file in
            CasePage.CaseFile(
                paperName: view.pack.components.first { $0.id == file.component }?.name ?? "Giấy tờ",
                detail: "\(file.name), \(String(fileSize: file.size))" + (file.pages.map { ", \($0) trang" } ?? ""),
                href: SiteURL.workConsultationFile(code, id: id, file: file.id.rawValue).path,
                isPicture: file.mediaType.hasPrefix("image/"),
                selectHref: SiteURL.workConsultation(code, id: id).path([("xem", file.id.rawValue)]),
                isShown: file.id.rawValue == first
            )
        }
    }
}

/// Looks at the PDF of an answer; built by the composition root over `Uploads`.
public struct AnswerFileCheck: Sendable {
    /// The largest file, in bytes.
    public var limitBytes: Int64
    /// The name under which the file is kept; nil when it is no PDF. Throws a `Presentable` error for a bad file.
    public var nameOfPDF: @Sendable (_ path: String, _ name: String) async throws -> String?

    /// A check that does what the closure does.
    public init(
        limitBytes: Int64,
        nameOfPDF: @escaping @Sendable (_ path: String, _ name: String) async throws -> String?
    ) {
        (self.limitBytes, self.nameOfPDF) = (limitBytes, nameOfPDF)
    }
}

/// Takes the one PDF of an answer while the form arrives; anything else is answered in words and not kept.
actor AnswerFileIntake {
    private let files: FileStore
    private let check: AnswerFileCheck
    private(set) var kept: ConsultationFile?
    private(set) var fault: String?

    init(files: FileStore, check: AnswerFileCheck) { (self.files, self.check) = (files, check) }

    func read(_ form: UploadForm, field: String) async throws -> FormFields {
        var name: String?
        var writer: FileWriter?
        return try await form.read { event, _ in
            switch event {
            case .began(let began):
                guard began.fieldName == field, kept == nil else { break }
                name = began.fileName
                writer = try await files.begin(limitBytes: check.limitBytes)
            case .bytes(let bytes):
                do {
                    try await writer?.write(bytes)
                } catch FileStoreError.tooLarge {
                    fault = "Tệp không quá \(String(fileSize: check.limitBytes))"
                    await writer?.cancel()
                    writer = nil
                }
            case .ended:
                if let name, let writer { try await finish(name, writer) }
                (name, writer) = (nil, nil)
            }
        }
    }

    private func finish(_ name: String, _ writer: FileWriter) async throws {
        if writer.byteCount == 0, name.isEmpty {
            await writer.cancel()
            return
        }
        do {
            guard let kept = try await check.nameOfPDF(writer.path, name) else {
                fault = "Tệp phải là PDF"
                await writer.cancel()
                return
            }
            let stored = try await writer.finish()
            self.kept = ConsultationFile(digest: stored.digest, size: stored.size, name: kept)
        } catch let error as any Presentable where error.status < 500 {
            fault = error.publicDetail ?? "Chưa đọc được tệp, hãy chọn lại"
            await writer.cancel()
        }
    }
}
