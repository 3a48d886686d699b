// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Dossiers
import HTTPTypes
import Identity
import Journal
import Kernel
import Storage
import Uploads
import Web

/// Filing a dossier: files first, then a draft with everything, then submitting it. A citizen does it for herself.
struct FilingHandlers: Sendable {
    let services: APIServices
    let idempotent: IdempotentCalls

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .post,
                path: "/files",
                id: "uploadFile",
                summary: "A file ahead of the dossier that will hold it: PDF, JPEG or PNG, at most 25 MB",
                access: .citizen(.two),
                rule: "own account",
                body: .file,
                isCommand: true,
                answer: Endpoint.Answer(status: 201, schema: "UploadedFile", note: "The file, kept for 24 hours"),
                handler: .call(upload)
            ),
            Endpoint(
                method: .post,
                path: "/dossiers",
                id: "createDraft",
                summary: "A draft that is ready to be submitted, or everything that must be mended",
                access: .citizen(.two),
                rule: "own account",
                sampleBody: [
                    "procedure": "2.000635", "agency": "H01.30337", "delivery": "online",
                    "answers": [
                        "extractKind": "birth", "relation": "self", "copies": 2,
                        "registeredAt": "Ủy ban nhân dân xã An Phú, tỉnh An Giang",
                    ],
                ],
                body: .json("Filing"),
                isCommand: true,
                answer: Endpoint.Answer(status: 201, schema: "Draft", note: "The draft, kept for 90 days"),
                handler: .call(create)
            ),
            Endpoint(
                method: .post,
                path: "/drafts/{draft}/submit",
                id: "submitDraft",
                summary: "Submits a draft: it becomes a dossier with a code",
                access: .citizen(.two),
                rule: "own draft",
                body: .json("Submitting"),
                isCommand: true,
                answer: Endpoint.Answer(status: 201, schema: "Submission", note: "The dossier"),
                handler: .call(submit)
            ),
        ]
    }

    // MARK: - Files

    private func upload(_ call: Call) async throws -> Reply {
        let (part, writer) = try await receive(call)
        return try await idempotent.run(call, body: "\(part.fileName)\n\(writer.digest.hex)") {
            let kept: (file: CheckedFile, stored: StoredFileRef)
            do {
                kept = try await keep(part, writer)
            } catch let error as UploadError where error.status == 422 {
                throw APIRefusal.bodyWrong([FieldFault(field: "file", detail: error.publicDetail ?? error.code)])
            }
            let file = try await services.dossiers.keepUpload(
                kept.stored.digest,
                size: kept.stored.size,
                mediaType: kept.file.type.rawValue,
                name: kept.file.displayName,
                pages: kept.file.pageCount,
                by: call.actor
            )
            return Reply(
                status: 201,
                body: .record([
                    "id": .string(file.id.rawValue), "name": .string(file.name),
                    "mediaType": .string(file.mediaType), "size": .integer(file.size),
                    "sha256": .string(file.digest.hex), "pages": file.pages.map { .integer(Int64($0)) },
                    "expiresAt": .moment(file.expiresAt),
                ])
            )
        }
    }

    /// Looks at what arrived; only then it enters the store, a picture as it was drawn anew.
    private func keep(_ part: UploadedPart, _ writer: FileWriter) async throws -> (
        file: CheckedFile, stored: StoredFileRef
    ) {
        let checked = try await services.uploads.check(path: writer.path, name: part.fileName)
        guard let picture = try await services.uploads.clean(path: writer.path, of: checked) else {
            return (checked, try await writer.finish())
        }
        await writer.cancel()
        return (picture.file, try await services.files.store(picture.bytes))
    }

    /// The one file of the form, on disk but not in the store yet.
    private func receive(_ call: Call) async throws -> (UploadedPart, FileWriter) {
        let limit = services.uploads.limits.fileBytes
        var part: UploadedPart?
        var writer: FileWriter?
        let limits = MultipartLimits(files: 1, fields: 10, fileBytes: Int(limit), bodyBytes: Int(limit) + 100_000)
        _ = try await call.request.multipart(limits: limits) { event, _ in
            switch event {
            case .began(let began) where began.fieldName == "file":
                part = began
                writer = try await services.files.begin(limitBytes: limit)
            case .began: break
            case .bytes(let bytes): try await writer?.write(bytes)
            case .ended: break
            }
        }
        guard let part, let writer else {
            throw APIRefusal.bodyWrong([FieldFault(field: "file", detail: "Gửi một tệp trong phần tên là file")])
        }
        return (part, writer)
    }

    // MARK: - Drafts

    private func create(_ call: Call) async throws -> Reply {
        let filing = DraftFiling(
            procedure: call.json["procedure"]?.text ?? "",
            agency: try Self.agency(call.json["agency"]),
            delivery: call.json["delivery"]?.text.flatMap { DeliveryWay(rawValue: $0) },
            answers: AnswerReading.answers(call.json["answers"]),
            files: AnswerReading.papers(call.json["files"]),
            results: AnswerReading.results(call.json["results"])
        )
        return try await idempotent.run(call) {
            let view = try await services.dossiers.draft(from: filing, by: call.actor)
            return Reply(
                status: 201,
                body: .record([
                    "id": .string(view.draft.id.rawValue), "procedure": .string(view.draft.procedure),
                    "agency": view.draft.agency.map { .string($0.text) },
                    "delivery": .string(view.draft.delivery.rawValue),
                    "fees": view.quote.map(ProcedureHandlers.quote),
                    "expiresAt": .moment(view.draft.expiresAt),
                ])
            )
        }
    }

    private static func agency(_ value: JSONValue?) throws(APIRefusal) -> AgencyCode? {
        guard let text = value?.text else { return nil }
        guard let code = AgencyCode(text) else {
            throw .bodyWrong([FieldFault(field: "agency", detail: "Mã cơ quan không đúng dạng, ví dụ H01.30337")])
        }
        return code
    }

    private func submit(_ call: Call) async throws -> Reply {
        guard let draft = DossierDraftID(rawValue: try call.slot("draft")) else { throw RequestError.notFound }
        return try await idempotent.run(call) {
            do {
                let submission = try await services.dossiers.submit(
                    draft,
                    key: call.key ?? "",
                    isDeclared: call.json["declaration"]?.truth ?? false,
                    by: call.actor
                )
                return Reply(
                    status: 201,
                    body: [
                        "code": .string(submission.code.text), "isPaymentDue": .bool(submission.isPaymentDue),
                    ],
                    location: "\(Endpoint.prefix)/dossiers/\(submission.code.text)"
                )
            } catch DossierRefusal.draftGone {
                // Gone, never there or somebody else's: one answer for all.
                throw RequestError.notFound
            }
        }
    }
}

/// Reading what stands in a JSON body.
enum AnswerReading {
    /// Most levels of answers within answers: rows, of persons, of parts.
    static let depthLimit = 4

    /// Answers as the form keeps them: numbers in digits, truth as yes or no, ticked options in lines; what stands
    /// within an object or a row is named by the way to it (`members.2.fullName`).
    static func answers(_ value: JSONValue?) -> FormAnswers {
        var answers = FormAnswers()
        for (id, answer) in (value?.members ?? [:]).sorted(by: { $0.key < $1.key }) {
            put(answer, at: id, depth: 1, into: &answers)
        }
        return answers
    }

    private static func put(_ value: JSONValue, at id: String, depth: Int, into answers: inout FormAnswers) {
        guard depth <= depthLimit else { return }
        switch value {
        case .string(let text): answers[id] = text
        case .integer(let number): answers[id] = "\(number)"
        case .bool(let truth): answers[id] = truth ? YesNo.yes : YesNo.no
        case .null: break
        case .object(let members):
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                put(member, at: "\(id).\(name)", depth: depth + 1, into: &answers)
            }
        case .array(let items):
            let texts = items.compactMap(\.text)
            if !items.isEmpty, texts.count == items.count {
                answers[id] = texts.joined(separator: "\n")
                return
            }
            answers["\(id).rows"] = "\(items.count)"
            for (index, item) in items.enumerated() {
                put(item, at: "\(id).\(index + 1)", depth: depth + 1, into: &answers)
            }
        }
    }

    /// Uploaded files with the papers that they stand for.
    static func papers(_ value: JSONValue?) -> [FiledPaper] {
        (value?.list ?? []).compactMap { item in
            guard let component = item["component"]?.text,
                let file = item["file"]?.text.flatMap({ DossierFileID(rawValue: $0) })
            else { return nil }
            return FiledPaper(component: component, file: file)
        }
    }

    /// Results that the applicant holds, with the papers that they stand for.
    static func results(_ value: JSONValue?) -> [FiledResult] {
        (value?.list ?? []).compactMap { item in
            guard let component = item["component"]?.text,
                let result = item["result"]?.text.flatMap({ ResultID(rawValue: $0) })
            else { return nil }
            return FiledResult(component: component, result: result)
        }
    }
}
