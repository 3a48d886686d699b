// SPDX-License-Identifier: Apache-2.0

public import Kernel
import Organisation

/// Why a command on a dossier is refused: which rule, which field or paper, and what to do next.
public enum DossierRefusal: Presentable, Hashable {
    /// There is no such dossier, or not for this person: one answer for both.
    case notFound
    /// The actor's role does not allow it.
    case notAllowed(DossierAction)
    /// The dossier is not in this officer's hands: she says first why she looks at it.
    case purposeNeeded(DossierCode)
    /// Its personal data were erased when the time was over for which the law keeps them.
    case erased(DossierCode, on: LocalDate)
    /// The action does not exist in this status.
    case notPossible(DossierAction, DossierStatus)
    /// Somebody was faster: role, unit, what and when, but no person.
    case changedMeanwhile(role: String, unit: String, what: String, at: Instant)
    /// The fee before intake has not been paid.
    case paymentDue
    /// Nothing is due.
    case nothingDue
    /// What the officer's count added to the fee has not been paid.
    case paymentDueBeforeDelivery
    /// A supplement was asked for already at this stage.
    case supplementAlreadyAsked
    /// A reason is missing.
    case reasonMissing
    /// A request for supplement without a single item.
    case itemsMissing
    /// The chosen agency has the dossier already, or does not execute the procedure.
    case agencyUnsuitable
    /// The work was assigned to a colleague.
    case assignedToAnother
    /// It is assigned so already.
    case assigneeSame
    /// The chosen officer does no such work in this unit, or not any more.
    case assigneeUnsuitable
    /// A reason is too long.
    case reasonTooLong(limit: Int)
    /// The result has not been drafted.
    case resultNotDrafted
    /// Not the step at which this is done.
    case wrongStep(DossierAction)
    /// A guard of the pack does not hold; why, in the pack's words.
    case guardFails(String)
    /// The officer drafted this result and may not sign it.
    case drafterMayNotSign
    /// The result is signed and waits for the clerk: nothing else is done until she has issued it or given it back.
    case awaitsIssue
    /// No signed result waits for the clerk, or not any more.
    case awaitsNoIssue
    /// The officer signed this result and may not issue it.
    case signerMayNotIssue
    /// The leader's last proof of presence is too old for signing.
    case proofNeeded
    /// The identity's level of assurance is too low to submit.
    case assuranceTooLow
    /// A paper is missing.
    case componentMissing(id: String, name: String)
    /// The declaration was not made.
    case declarationMissing
    /// An answer is wrong.
    case answerWrong(field: String, text: String)
    /// The item of the supplement was neither mended nor explained.
    case supplementUntouched(target: String)
    /// The pack lets nobody be consulted so at this step, or not these, or not with these papers.
    case consultationUnsuitable
    /// A question without words.
    case questionMissing
    /// An opinion is missing where it is more than consent.
    case opinionMissing
    /// A question or opinion is too long.
    case consultationTextTooLong(limit: Int)
    /// One of them was asked already and has not answered.
    case consultationRepeated
    /// Too many were consulted on one dossier.
    case tooManyConsultations(limit: Int)
    /// The answer would be due after the dossier itself.
    case consultationBeyondPromise(dueAt: Instant)
    /// The time limit was lengthened once already.
    case alreadyLengthened
    /// The promised date has passed.
    case lengtheningTooLate(Instant)
    /// The pack knows no such lengthening here, or it would give no more time.
    case lengtheningUnsuitable
    /// The consultation is over: answered, withdrawn, or of no use any more.
    case consultationClosed
    /// Answers are waited for.
    case consultationsOpen(count: Int, until: Instant)
    /// What one asks for was begun or filed for somebody else than for whom one acts at the moment: it is there under
    /// that choice. The name is nil where it is the person's own.
    case underOtherHat(String?)
    /// The authority by which it was begun is over; everything is kept until a new paper is stated.
    case authorityEnded(String, lastDay: LocalDate, isRevoked: Bool)
    /// The authority chosen in this session is over: the person says first for whom she goes on.
    case hatLapsed
    /// An officer confirms an authority that is not this dossier's, or was confirmed before.
    case authorityUnsuitable
    /// The draft is older than its lifetime or was removed.
    case draftGone
    /// The draft was submitted already.
    case draftSubmitted(DossierCode)
    /// The draft was changed in another window.
    case draftChangedMeanwhile
    /// The procedure is not offered by this agency, or not on this day.
    case notOffered
    /// The agency was merged into another one, or closed.
    case agencyEnded(name: String, on: LocalDate, successor: String?)
    /// The calendar cannot say when the dossier is due.
    case deadlineUnknown(String)
    /// Too many files, or too many bytes.
    case tooManyFiles(limit: Int)
    /// The pack takes no more files for this paper.
    case tooManyFilesOfPaper(component: String, limit: Int)
    /// The pack does not take files of this type for the paper; with the sentence that says which it takes.
    case wrongFileType(component: String, words: String)
    case dossierTooLarge(limitBytes: Int64)

    public var code: String {
        switch self {
        case .notFound: "dossier-not-found"
        case .notAllowed: "dossier-not-allowed"
        case .purposeNeeded: "dossier-purpose-needed"
        case .erased: "dossier-erased"
        case .notPossible: "dossier-not-possible"
        case .changedMeanwhile: "dossier-changed"
        case .paymentDue: "dossier-payment-due"
        case .nothingDue: "dossier-nothing-due"
        case .paymentDueBeforeDelivery: "dossier-payment-due-before-delivery"
        case .supplementAlreadyAsked: "dossier-supplement-asked"
        case .reasonMissing: "dossier-reason-missing"
        case .itemsMissing: "dossier-items-missing"
        case .agencyUnsuitable: "dossier-agency-unsuitable"
        case .assignedToAnother: "dossier-assigned-to-another"
        case .assigneeSame: "dossier-assignee-same"
        case .assigneeUnsuitable: "dossier-assignee-unsuitable"
        case .reasonTooLong: "dossier-reason-too-long"
        case .resultNotDrafted: "dossier-result-not-drafted"
        case .wrongStep: "dossier-wrong-step"
        case .guardFails: "dossier-guard"
        case .drafterMayNotSign: "dossier-drafter-may-not-sign"
        case .awaitsIssue: "dossier-awaits-issue"
        case .awaitsNoIssue: "dossier-awaits-no-issue"
        case .signerMayNotIssue: "dossier-signer-may-not-issue"
        case .proofNeeded: "dossier-proof-needed"
        case .assuranceTooLow: "dossier-assurance-too-low"
        case .componentMissing: "dossier-component-missing"
        case .declarationMissing: "dossier-declaration-missing"
        case .answerWrong: "dossier-answer-wrong"
        case .supplementUntouched: "dossier-supplement-untouched"
        case .consultationUnsuitable: "consultation-unsuitable"
        case .questionMissing: "consultation-question-missing"
        case .opinionMissing: "consultation-opinion-missing"
        case .consultationTextTooLong: "consultation-text-too-long"
        case .consultationRepeated: "consultation-repeated"
        case .tooManyConsultations: "consultation-too-many"
        case .consultationBeyondPromise: "consultation-beyond-promise"
        case .alreadyLengthened: "already-lengthened"
        case .lengtheningTooLate: "lengthening-too-late"
        case .lengtheningUnsuitable: "lengthening-unsuitable"
        case .consultationClosed: "consultation-closed"
        case .consultationsOpen: "consultations-open"
        case .underOtherHat: "under-other-authority"
        case .authorityEnded: "authority-ended"
        case .hatLapsed: "authority-lapsed"
        case .authorityUnsuitable: "authority-unsuitable"
        case .draftGone: "draft-gone"
        case .draftSubmitted: "draft-submitted"
        case .draftChangedMeanwhile: "draft-changed"
        case .notOffered: "procedure-not-offered"
        case .agencyEnded: "agency-ended"
        case .deadlineUnknown: "dossier-deadline-unknown"
        case .tooManyFiles: "dossier-too-many-files"
        case .tooManyFilesOfPaper: "dossier-too-many-files-of-paper"
        case .wrongFileType: "dossier-wrong-file-type"
        case .dossierTooLarge: "dossier-too-large"
        }
    }

    /// Whether the person goes on by choosing anew for whom she acts, or by stating a new paper.
    public var concernsHat: Bool {
        switch self {
        case .underOtherHat, .authorityEnded, .hatLapsed: true
        default: false
        }
    }

    public var status: Int {
        switch self {
        case .notFound: 404
        case .notAllowed, .assignedToAnother, .purposeNeeded, .assuranceTooLow, .drafterMayNotSign, .proofNeeded,
            .signerMayNotIssue:
            403
        case .draftGone, .erased: 410
        case .dossierTooLarge, .tooManyFiles, .tooManyFilesOfPaper: 413
        case .wrongFileType: 422
        case .reasonMissing, .reasonTooLong, .itemsMissing, .agencyUnsuitable, .assigneeUnsuitable, .componentMissing,
            .declarationMissing, .answerWrong,
            .supplementUntouched, .consultationUnsuitable, .questionMissing, .opinionMissing, .consultationTextTooLong,
            .consultationRepeated, .consultationBeyondPromise, .agencyEnded, .lengtheningUnsuitable:
            422
        default: 409
        }
    }

    /// Whether it says what is wrong with a file, so that it stands beside its paper.
    public var isAboutFiles: Bool {
        switch self {
        case .dossierTooLarge, .tooManyFiles, .tooManyFilesOfPaper, .wrongFileType: true
        default: false
        }
    }

    public var field: String? {
        switch self {
        case .componentMissing(let id, _), .tooManyFilesOfPaper(let id, _), .wrongFileType(let id, _): id
        case .answerWrong(let field, _): field
        case .supplementUntouched(let target): target
        case .reasonMissing, .reasonTooLong: "reason"
        case .assigneeSame, .assigneeUnsuitable: "officer"
        case .itemsMissing: "items"
        case .agencyUnsuitable, .agencyEnded: "agency"
        case .declarationMissing: "declaration"
        case .consultationUnsuitable, .consultationRepeated: "party"
        case .questionMissing: "question"
        case .opinionMissing: "opinion"
        case .consultationBeyondPromise: "limit"
        case .lengtheningUnsuitable: "rule"
        default: nil
        }
    }

    private var lengtheningDetail: String {
        switch self {
        case .alreadyLengthened: "Thời hạn của hồ sơ này đã kéo dài một lần. Quy định chỉ cho kéo dài một lần."
        case .lengtheningTooLate(let dueAt):
            "Hồ sơ đã quá hạn trả từ \(dueAt.vietnamese) nên không kéo dài thời hạn được nữa."
        default: "Chọn lý do kéo dài thời hạn mà quy định cho phép ở bước này"
        }
    }

    private static func agencyEnded(_ name: String, _ day: LocalDate, _ successor: String?) -> String {
        successor.map { "\(name) đã sáp nhập vào \($0) sau ngày \(day.vietnamese). Chọn \($0) để nộp hồ sơ." }
            ?? "\(name) đã kết thúc hoạt động sau ngày \(day.vietnamese). Chọn cơ quan khác để nộp hồ sơ."
    }

    public var publicDetail: String? {
        switch self {
        case .notFound: "Không tìm thấy hồ sơ này trong các hồ sơ của tài khoản. Kiểm tra lại mã hồ sơ."
        case .notAllowed(let action): "Vai trò của tài khoản không được làm việc này: \(action.vietnamese)."
        case .purposeNeeded: "Hồ sơ này không ở bước việc của Ông/Bà. Nêu mục đích trước khi xem."
        case .erased(_, let day):
            "Dữ liệu cá nhân của hồ sơ này đã xóa ngày \(day.vietnamese) vì hết thời hạn lưu theo luật."
        case .notPossible(let action, let status):
            "Hồ sơ đang ở trạng thái “\(status.vietnamese)” nên không làm được việc này: \(action.vietnamese)."
        case .changedMeanwhile(let role, let unit, let what, let at):
            "\([role, unit].filter { !$0.isEmpty }.joined(separator: " ")) vừa cập nhật hồ sơ lúc \(at.vietnamese): "
                + "\(what). Xem lại hồ sơ rồi làm tiếp."
        case .paymentDue: "Hồ sơ chưa nộp phí, lệ phí nên chưa tiếp nhận được."
        case .nothingDue: "Hồ sơ không còn khoản nào phải nộp."
        case .paymentDueBeforeDelivery:
            "Hồ sơ còn phải nộp thêm phí theo số đã đối chiếu. Trả kết quả sau khi đã nộp đủ."
        case .supplementAlreadyAsked:
            "Ở bước này đã yêu cầu bổ sung một lần. Quy định chỉ cho yêu cầu bổ sung một lần với đủ nội dung."
        case .reasonMissing: "Nhập lý do"
        case .itemsMissing: "Ghi ít nhất một nội dung cần bổ sung"
        case .agencyUnsuitable: "Chọn một cơ quan khác đang giải quyết thủ tục này"
        case .assignedToAnother:
            "Hồ sơ này đã phân công cho cán bộ khác. Nhờ trưởng đơn vị phân công lại nếu cần."
        case .assigneeSame: "Hồ sơ đang được phân công như vậy rồi"
        case .assigneeUnsuitable: "Chọn một cán bộ đang làm việc thụ lý trong đơn vị"
        case .reasonTooLong(let limit): "Lý do không quá \(String(grouped: limit)) ký tự"
        case .resultNotDrafted: "Chưa có dự thảo kết quả. Chuyên viên lập dự thảo trước khi trình ký."
        case .wrongStep(let action): "Bước hiện tại của hồ sơ không có thao tác này: \(action.vietnamese)."
        case .drafterMayNotSign: "Người lập dự thảo không ký chính dự thảo đó. Chuyển cho lãnh đạo khác ký."
        case .awaitsIssue: "Kết quả đã ký, chờ văn thư phát hành. Muốn sửa, đề nghị văn thư trả lại người ký."
        case .awaitsNoIssue: "Không còn kết quả chờ phát hành: vừa phát hành hoặc trả lại. Mở lại hồ sơ để xem."
        case .signerMayNotIssue: "Người ký không phát hành chính kết quả đó. Chuyển cho văn thư khác phát hành."
        case .proofNeeded: "Cần xác thực lại trước khi ký. Nhập mã xác thực hoặc mật khẩu rồi ký."
        case .assuranceTooLow: "Việc này cần tài khoản định danh mức 2. Đăng nhập lại bằng VNeID mức 2 rồi làm tiếp."
        case .componentMissing(_, let name): "Chọn tệp cho giấy tờ: \(name)"
        case .declarationMissing: "Đánh dấu vào ô cam đoan để nộp hồ sơ"
        case .answerWrong(_, let text), .wrongFileType(_, let text), .guardFails(let text): text
        case .supplementUntouched: "Sửa nội dung này, hoặc ghi lý do không sửa được"
        case .consultationUnsuitable: "Chọn nơi được hỏi và giấy tờ trong danh sách của bước này"
        case .questionMissing: "Nhập nội dung cần hỏi"
        case .opinionMissing: "Nhập ý kiến"
        case .consultationTextTooLong(let limit): "Nội dung không quá \(String(grouped: limit)) ký tự"
        case .consultationRepeated: "Nơi này đã được hỏi và chưa trả lời. Chờ trả lời, hoặc rút câu hỏi trước."
        case .tooManyConsultations(let limit): "Mỗi hồ sơ hỏi ý kiến không quá \(limit) lượt."
        case .consultationBeyondPromise(let dueAt): "Hạn trả lời phải trước hạn của hồ sơ, \(dueAt.vietnamese)"
        case .alreadyLengthened, .lengtheningTooLate, .lengtheningUnsuitable: lengtheningDetail
        case .consultationClosed: "Câu hỏi này không còn chờ trả lời. Mở lại danh sách việc để xem."
        case .consultationsOpen(let count, let until):
            "Còn chờ ý kiến của \(count) nơi được hỏi, hạn cuối \(until.vietnamese). Chờ trả lời, hoặc rút câu hỏi rồi làm tiếp."
        case .underOtherHat(let name?):
            "Hồ sơ này làm thay cho \(name). Chọn “\(name)” ở mục “Đang làm cho” đầu trang, rồi mở lại."
        case .underOtherHat(nil):
            "Hồ sơ này là của chính bạn. Chọn “Chính tôi” ở mục “Đang làm cho” đầu trang, rồi mở lại."
        case .authorityEnded(let name, let day, let isRevoked): Self.ended(name, day, isRevoked: isRevoked)
        case .hatLapsed:
            "Giấy tờ làm thay đang dùng vừa hết hạn hoặc bị thu hồi. Chọn lại “Đang làm cho” ở đầu trang rồi làm tiếp."
        case .authorityUnsuitable: "Giấy tờ này đã được xác nhận hoặc không thuộc hồ sơ. Mở lại hồ sơ để xem."
        case .draftGone: "Bản nháp này không còn. Bắt đầu lại từ trang thủ tục."
        case .draftSubmitted(let code): "Bản nháp này đã nộp thành hồ sơ \(code)."
        case .draftChangedMeanwhile: "Bản nháp vừa được sửa ở một cửa sổ khác. Xem lại thông tin rồi làm tiếp."
        case .notOffered: "Cơ quan đã chọn không giải quyết thủ tục này trực tuyến. Chọn cơ quan khác."
        case .agencyEnded(let name, let day, let successor): Self.agencyEnded(name, day, successor)
        case .deadlineUnknown(let reason): "Chưa tính được hạn trả kết quả: \(reason)"
        case .tooManyFiles(let limit): "Chọn nhiều nhất \(limit) tệp"
        case .tooManyFilesOfPaper(_, let limit): FilingRules.tooManyFiles(limit: limit)
        case .dossierTooLarge(let limit): "Các tệp của hồ sơ không quá \(String(fileSize: limit))"
        }
    }

    private static func ended(_ name: String, _ day: LocalDate, isRevoked: Bool) -> String {
        "Giấy tờ làm thay cho \(name) \(isRevoked ? "đã thu hồi" : "chỉ có hiệu lực đến hết ngày \(day.vietnamese)"). "
            + "Mọi thông tin và tệp vẫn được giữ: khai giấy tờ mới ở trang “Làm thay người khác, doanh nghiệp”, "
            + "chọn “\(name)” ở đầu trang rồi làm tiếp."
    }
}
