// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Dossiers
import Identity
import Journal
import Payments
import WorkingTime

/// The named shapes of the document: what is asked, and what is answered.
enum Schemas {
    static let all: [String: Schema] = asked.merging(answered) { _, last in last }

    // MARK: - Texts of one kind

    static let agencyCode = Schema.text(
        3...35,
        pattern: "[A-Ya-y][0-9]{2}(\\.[0-9A-Za-z]{1,10}){0,4}",
        note: "Mã định danh cơ quan (QĐ 20/2020/QĐ-TTg), such as H01.30337"
    )
    static let fileID = Schema.text(1...64, pattern: "[a-z0-9._:-]+", note: "The id that POST /api/v1/files gave")
    static let sha256 = Schema.text(64...64, pattern: "[0-9a-fA-F]{64}", note: "SHA-256 of the whole file")
    private static let money = Schema.whole(note: "đồng")
    private static let name = Schema.text(1...1_000)
    private static let dossierCode = Schema.text(10...64, note: "Mã hồ sơ: H01.30337-260305-0001")
    private static let delivery = Schema.word(DeliveryWay.allCases.map(\.rawValue), note: "Cách nhận kết quả")
    private static let answers = Schema.map(
        Schema(kind: .answer),
        note: "Answers by field id; the schema is GET /api/v1/procedures/{code}/form"
    )
    private static let papers = Schema.list(
        .object(.always("component", .text(1...64, note: "Id of the paper")), .always("file", fileID)),
        0...50,
        note: "Uploaded files, each with the paper that it stands for"
    )
    private static let results = Schema.list(
        .object(
            .always("component", .text(1...64, note: "Id of the paper; its reusableFrom names the procedure")),
            .always("result", .text(1...64, pattern: "[a-z0-9._:-]+", note: "The id of a delivered own result"))
        ),
        0...50,
        note: "Results in force that stand for papers in place of files: the signed files themselves"
    )

    // MARK: - Asked

    static let asked: [String: Schema] = [
        "FeeQuestion": .object(.always("answers", answers)),
        "Filing": .object(
            .always("procedure", .text(1...64, note: "Mã thủ tục: 2.000635")),
            .maybe("agency", agencyCode),
            .maybe("delivery", delivery),
            .always("answers", answers),
            .maybe("files", papers),
            .maybe("results", results)
        ),
        "Submitting": .object(
            .always("declaration", .truth(note: "Cam đoan: the applicant declares that the data are true"))
        ),
        "Supplement": .object(
            .maybe("answers", answers),
            .maybe("explanations", .map(.text(0...1_000), note: "Why an item is not mended, by its target")),
            .maybe("files", papers),
            .maybe("results", results)
        ),
        "Withdrawal": .object(.maybe("reason", .text(0...500))),
        "FileQuestion": .object(.always("sha256", sha256)),
    ]

    // MARK: - Answered

    static let answered: [String: Schema] = wholes.merging(parts) { _, last in last }

    private static let wholes: [String: Schema] = [
        "ProcedurePage": page(of: "ProcedureSummary"),
        "ProcedureSummary": .object(
            .always("code", name),
            .always("name", name),
            .always("summary", .text()),
            .always("sector", name),
            .always("level", .whole(0...4, note: "Mức độ dịch vụ công, computed from evidence; 0 below level 1")),
            .always("isOnline", .truth(note: "Whether it is filed online"))
        ),
        "Procedure": .object(
            .always("code", name),
            .always("name", name),
            .always("summary", .text()),
            .always("sector", .object(.maybe("code", name), .always("name", name))),
            .always("level", .whole(0...4)),
            .always("isOnline", .truth()),
            .maybe("english", .named("EnglishTexts")),
            .always("hasForm", .truth()),
            .always("subjects", .list(.word(SubjectKind.allCases.map(\.rawValue)))),
            .always("requirements", .list(.text())),
            .always("submissionMethods", .list(.named("SubmissionMethod"))),
            .always("components", .list(.named("Component"))),
            .always("localCodes", .list(.text(), note: "Mã tại địa phương")),
            .always("variants", .list(.named("Variant"), note: "Trường hợp; the first that applies is the dossier's")),
            .always(
                "lengthenings",
                .list(.named("Lengthening"), note: "Kéo dài thời hạn; an officer may take one of them, once")
            ),
            .always("fees", .list(.named("FeeItem"))),
            .always("deliveryWays", .list(delivery)),
            .always("resultName", name),
            .always("legalBasis", .list(.text())),
            .always("agencies", .list(.named("Agency"), note: "Cơ quan thực hiện"))
        ),
        "FormSchema": Schema(kind: .anyObject, note: "A JSON Schema 2020-12 of the answers"),
        "FeeQuote": .object(
            .always("lines", .list(.named("FeeLine"))),
            .always("total", money),
            .always("isComplete", .truth(note: "False while a line's amount is not known; total is the rest then"))
        ),
        "UploadedFile": .object(
            .always("id", fileID),
            .always("name", .text(1...255)),
            .always("mediaType", name),
            .always("size", .whole()),
            .always("sha256", sha256),
            .maybe("pages", .whole()),
            .always("expiresAt", .moment(note: "Unused files are forgotten then"))
        ),
        "Draft": .object(
            .always("id", .text(1...64)),
            .always("procedure", name),
            .always("agency", agencyCode),
            .always("delivery", delivery),
            .maybe("fees", .named("FeeQuote")),
            .always("expiresAt", .moment())
        ),
        "Submission": .object(.always("code", dossierCode), .always("isPaymentDue", .truth())),
        "DossierPage": page(of: "Dossier"),
        "Dossier": dossier,
        "Timeline": .object(.always("items", .list(.named("TimelineEntry")))),
        "Payment": .object(.always("payURL", .text(1...2_000, format: "uri", note: "The gateway's page"))),
        "Verification": .object(
            .always("id", .text(1...64)),
            .always("title", name),
            .maybe("number", .text()),
            .always("agencyName", name),
            .maybe("signedAt", .moment()),
            .always("signatures", .list(.named("Signature"))),
            .always("isFileChecked", .truth(note: "Whether the very bytes were compared, and not the id alone"))
        ),
        "Statistics": .object(
            .always("since", .text(10...10, format: "date")),
            .always("at", .moment()),
            .always("total", .named("Figures")),
            .always("agencies", .list(.named("AgencyFigures")))
        ),
        "Token": .object(
            .always("access_token", .text(43...43)),
            .always("token_type", .word(["Bearer"])),
            .always("expires_in", .whole(note: "seconds")),
            .always("scope", .text())
        ),
        "TokenRefusal": .object(
            .always(
                "error",
                .word([
                    "invalid_request", "invalid_client", "invalid_scope", "unsupported_grant_type",
                ])
            ),
            .maybe("error_description", .text())
        ),
        "Problem": problem,
    ]

    private static func page(of item: String) -> Schema {
        .object(
            .always("items", .list(.named(item))),
            .always("nextCursor", .text(1...200, note: "For ?cursor= of the next page; null on the last").orNull)
        )
    }

    private static let problem = Schema.object(
        .always("type", .text()),
        .always("title", .text()),
        .always("status", .whole(400...599)),
        .maybe("detail", .text(note: "What to do, in Vietnamese")),
        .always("code", .text(note: "Stable, for programs")),
        .always("requestID", .text(note: "For the hotline 1022")),
        .maybe("field", .text(note: "The first thing to mend")),
        .maybe("errors", .list(.named("Fault"))),
        note: "RFC 9457"
    )

    private static let dossier = Schema.object(
        .always("code", dossierCode),
        .always("procedure", .object(.always("code", name), .always("name", name))),
        .always("agency", .named("Agency")),
        .always("status", .whole(1...10, note: "Trạng thái quốc gia")),
        .always("statusName", name),
        .always("lane", .word(PublicLane.allCases.map(\.rawValue))),
        .always("obligation", .word(ObligationSubstate.allCases.map(\.rawValue), note: "Payment before intake")),
        .always("submittedAt", .moment()),
        .maybe("receivedAt", .moment()),
        .maybe("dueAt", .moment(note: "Ngày hẹn trả kết quả")),
        .maybe("lengthening", .text(note: "Id of the lengthening that moved dueAt; see the procedure's")),
        .maybe("decidedAt", .moment()),
        .maybe("decision", .word(Decision.allCases.map(\.rawValue))),
        .maybe("deliveredAt", .moment()),
        .always("version", .whole(note: "Also the ETag, for If-Match")),
        .maybe(
            "actions",
            .list(.word(["answerSupplement", "withdraw", "pay"]), note: "What the applicant may do now")
        ),
        .maybe("files", .list(.named("DossierFile"))),
        .maybe("payment", .object(.always("total", money), .always("state", .word(paymentStates)))),
        .maybe("supplement", .named("SupplementRequest")),
        .maybe("result", .named("ResultDocument")),
        note: "What stands after version is told to the applicant alone, and only by GET /api/v1/dossiers/{code}"
    )

    private static let paymentStates = ObligationState.allCases.map(\.rawValue)
}

extension Schemas {
    // MARK: - Parts of answers

    private static let title = Schema.text(1...1_000)
    private static let sum = Schema.whole(note: "đồng")

    fileprivate static let parts: [String: Schema] = [
        "EnglishTexts": .object(
            .always("name", name),
            .always("summary", .text()),
            .always("isOfficial", .truth(note: "Always false: the Vietnamese text counts")),
            .always("components", .list(.object(.always("id", name), .always("name", .text()))))
        ),
        "Agency": .object(.always("code", agencyCode), .always("name", title)),
        "SubmissionMethod": .object(
            .always("channel", .word(Channel.allCases.map(\.rawValue))),
            .always("timeLimit", .whole()),
            .always("timeLimitUnit", .word(TimeLimitUnit.allCases.map(\.rawValue))),
            .always("description", .text())
        ),
        "Variant": .object(
            .always("id", title),
            .maybe("code", .text()),
            .always("name", title),
            .maybe("timeLimit", .whole(note: "Of its own; else that of the submission method")),
            .maybe("timeLimitUnit", .word(TimeLimitUnit.allCases.map(\.rawValue)))
        ),
        "Component": .object(
            .always("id", title),
            .always("name", title),
            .always("requirement", .word(["always", "conditional", "never"])),
            .always("accepts", .list(.text(), note: "Media types")),
            .always(
                "reusableFrom",
                .list(.text(), note: "Codes of procedures whose results in force may stand for it; see Filing.results")
            )
        ),
        "FeeItem": .object(
            .always("id", title),
            .always("name", title),
            .always("kind", .word(FeeKind.allCases.map(\.rawValue), note: "phí or lệ phí")),
            .always("moment", .word(FeeMoment.allCases.map(\.rawValue)))
        ),
        "FeeLine": .object(
            .always("name", title),
            .always("kind", .word(FeeKind.allCases.map(\.rawValue))),
            .always("moment", .word(FeeMoment.allCases.map(\.rawValue))),
            .maybe("unitPrice", sum),
            .maybe("count", .whole()),
            .maybe("amount", sum),
            .always("isSetByCouncil", .truth(note: "The province's council sets the amount; it is not known here")),
            .maybe("exemption", .text())
        ),
        "TimelineEntry": .object(
            .always("event", .text()),
            .always("name", .text()),
            .always("at", .moment()),
            .maybe("note", .text(note: "The officer's words; for the applicant alone")),
            .maybe("formerDueAt", .moment(note: "Of `lengthened`: the date promised before")),
            .maybe("dueAt", .moment(note: "Of `lengthened`: the date promised from then on"))
        ),
        "Lengthening": .object(
            .always("id", .text()),
            .always("name", .text(note: "The need, such as a verification")),
            .always("extent", .word(["by", "upTo"], note: "So much more, or a whole limit from receipt")),
            .always("timeLimit", .whole(note: "Of timeLimitUnit")),
            .always("timeLimitUnit", .word(TimeLimitUnit.allCases.map(\.rawValue))),
            .always("legalBasis", .text())
        ),
        "DossierFile": .object(
            .always("component", title),
            .always("name", .text()),
            .always("mediaType", .text()),
            .always("size", .whole()),
            .always("sha256", sha256)
        ),
        "SupplementRequest": .object(
            .always("askedAt", .moment()),
            .always("reason", .text()),
            .always(
                "items",
                .list(.object(.always("target", .text()), .always("title", .text()), .always("detail", .text())))
            )
        ),
        "ResultDocument": .object(
            .always("id", .text(1...64, note: "For GET /api/v1/verification/{id}")),
            .always("title", title),
            .maybe("number", .text()),
            .maybe("sha256", sha256)
        ),
        "Signature": .object(
            .always("signerName", .text()),
            .maybe("organisation", .text()),
            .maybe("timestampedAt", .moment()),
            .always("issuerName", .text())
        ),
        "Figures": figures,
        "AgencyFigures": .object(
            .always("code", agencyCode),
            .always("name", title),
            .always("figures", .named("Figures"))
        ),
        "Fault": .object(.always("field", .text()), .always("detail", .text())),
    ]

    private static let figures = Schema.object(
        .always("openWithinTime", .whole(note: "Đang xử lý còn hạn")),
        .always("openOverdue", .whole(note: "Đang xử lý quá hạn")),
        .always("supplementing", .whole(note: "Đang bổ sung điều kiện")),
        .always("early", .whole(note: "Đã giải quyết sớm hạn")),
        .always("onTime", .whole(note: "Đã giải quyết đúng hạn")),
        .always("late", .whole(note: "Đã giải quyết quá hạn")),
        .always("withdrawn", .whole(note: "Rút không giải quyết")),
        .always("waiting", .whole(note: "Mới đăng ký, chờ tiếp nhận")),
        .maybe("onTimePermille", .whole(0...1_000, note: "Left out below ten decided dossiers"))
    )
}
