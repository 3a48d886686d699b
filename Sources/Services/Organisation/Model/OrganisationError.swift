// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// Why a command on agencies and officers was refused.
public enum OrganisationError: Presentable, Equatable {
    /// There is no agency of this code.
    case unknownAgency(AgencyCode)
    /// There is no such unit in this agency.
    case unknownUnit(OrgUnitID)
    /// There is no such officer.
    case unknownOfficer(OfficerID)
    /// The name for signing in is not 3 to 64 letters a-z, digits, dots and hyphens.
    case loginNameMalformed(String)
    /// Another officer has this name for signing in.
    case loginNameTaken(String)
    /// The full name or position is empty or too long.
    case nameMissing
    /// The e-mail address cannot be one.
    case emailMalformed
    /// The officer has no role.
    case rolesMissing
    /// Without this officer nobody would administer the agency any more.
    case lastAdministrator
    /// Officers do not disable themselves.
    case ownAccount
    /// The officer was disabled before.
    case alreadyDisabled(OfficerID)
    /// Another calendar is kept under this version.
    case calendarChanged(version: String)
    /// Sample data and a real province never stand in one database.
    case sampleMixed
    /// The decision that orders a merger is not named, or its name is too long.
    case basisMissing
    /// No body is named, one is named twice, or too many are.
    case bodiesUnsuitable
    /// The body was closed or taken over before.
    case alreadyClosed(String)
    /// The day is not after the first day of the body.
    case dayBeforeBeginning(String)
    /// The day is too far away.
    case dayTooFar
    /// The successor is of another kind or level, another agency's, closed, or one of those that end.
    case successorUnfit(String)
    /// The successor stands below one that ends.
    case successorBelow
    /// Somebody is left: without a successor nothing is closed.
    case successorMissing(officers: Int, agencies: Int)
    /// Work is in flight: without a successor nothing is closed.
    case workInFlight([InFlight])
    /// The one-stop desk goes over to another one-stop desk alone.
    case deskNeeded(String)
    /// The body above stands below.
    case parentBelow
    /// Too many bodies one above the other.
    case treeTooDeep
    /// The name is empty or too long.
    case bodyNameMissing
    /// The code is none, does not begin with that of the body above, or is taken.
    case codeUnsuitable(String)
    /// Another administrator changed the organisation meanwhile.
    case changedMeanwhile
    /// A day of a calendar cannot be changed so, in these words.
    case calendarDay(String)
    /// The working hours cannot be read, are out of order or overlap.
    case hoursMalformed
    /// There is no such plan, or it waits no more.
    case planGone
    /// Not a role that this officer has, or in which nobody is stood in for.
    case substitutionRoleMissing
    /// Nobody stands in for herself.
    case substituteSelf
    /// Another agency, no such role, or disabled.
    case substituteUnsuitable
    /// A leader who stands in signs with her own key, and has none that is good now.
    case substituteCannotSign
    /// Who would stand in is away herself at that time.
    case substituteAway
    /// Who would be away stands in for somebody at that time.
    case substitutionChain
    /// It would begin before today.
    case substitutionPast
    /// It would end before it begins.
    case substitutionBackwards
    /// It would last too long.
    case substitutionTooLong
    /// No reason, or a very long one.
    case substitutionReasonMissing
    /// There is none of this id, or it is over.
    case substitutionGone
    /// Another substitution of the same role stands for a part of that time.
    case substitutionOverlaps(from: LocalDate, to: LocalDate)
    /// A file of sample data cannot be read: its name, line (from 1) and what is wrong.
    case sampleUnreadable(file: String, line: Int, reason: String)

    public var code: String {
        switch self {
        case .unknownAgency: "agency-unknown"
        case .unknownUnit: "unit-unknown"
        case .unknownOfficer: "officer-unknown"
        case .loginNameMalformed: "login-name-malformed"
        case .loginNameTaken: "login-name-taken"
        case .nameMissing: "officer-name-missing"
        case .emailMalformed: "officer-email-malformed"
        case .rolesMissing: "officer-roles-missing"
        case .lastAdministrator: "last-administrator"
        case .ownAccount: "own-account"
        case .alreadyDisabled: "officer-disabled"
        case .calendarChanged: "calendar-changed"
        case .sampleMixed: "sample-mixed"
        case .basisMissing: "restructuring-basis-missing"
        case .bodiesUnsuitable: "restructuring-bodies-unsuitable"
        case .alreadyClosed: "body-closed"
        case .dayBeforeBeginning: "restructuring-day-early"
        case .dayTooFar: "restructuring-day-far"
        case .successorUnfit: "successor-unfit"
        case .successorBelow: "successor-below"
        case .successorMissing: "successor-missing"
        case .workInFlight: "work-in-flight"
        case .deskNeeded: "desk-needed"
        case .parentBelow: "parent-below"
        case .treeTooDeep: "tree-too-deep"
        case .bodyNameMissing: "body-name-missing"
        case .codeUnsuitable: "agency-code-unsuitable"
        case .changedMeanwhile: "organisation-changed"
        case .calendarDay: "calendar-day"
        case .hoursMalformed: "hours-malformed"
        case .planGone: "restructuring-gone"
        case .substitutionRoleMissing: "substitution-role"
        case .substituteSelf: "substitute-self"
        case .substituteUnsuitable: "substitute-unsuitable"
        case .substituteCannotSign: "substitute-cannot-sign"
        case .substituteAway: "substitute-away"
        case .substitutionChain: "substitution-chain"
        case .substitutionPast: "substitution-past"
        case .substitutionBackwards: "substitution-backwards"
        case .substitutionTooLong: "substitution-too-long"
        case .substitutionReasonMissing: "substitution-reason"
        case .substitutionGone: "substitution-gone"
        case .substitutionOverlaps: "substitution-overlaps"
        case .sampleUnreadable: "sample-unreadable"
        }
    }

    public var status: Int {
        switch self {
        case .unknownAgency, .unknownUnit, .unknownOfficer, .planGone: 404
        case .loginNameTaken, .alreadyDisabled, .lastAdministrator, .ownAccount, .calendarChanged, .alreadyClosed,
            .changedMeanwhile, .workInFlight, .substitutionGone, .sampleMixed:
            409
        case .loginNameMalformed, .nameMissing, .emailMalformed, .rolesMissing, .basisMissing,
            .bodiesUnsuitable, .dayBeforeBeginning, .dayTooFar, .successorUnfit, .successorBelow, .successorMissing,
            .deskNeeded, .parentBelow, .treeTooDeep, .bodyNameMissing, .codeUnsuitable,
            .calendarDay, .hoursMalformed, .substitutionRoleMissing, .substituteSelf, .substituteUnsuitable,
            .substituteCannotSign, .substituteAway, .substitutionChain, .substitutionPast, .substitutionBackwards,
            .substitutionTooLong, .substitutionReasonMissing, .substitutionOverlaps:
            422
        case .sampleUnreadable: 500
        }
    }

    public var publicDetail: String? {
        switch self {
        case .unknownAgency(let code): "Không có cơ quan mang mã \(code)."
        case .unknownUnit: "Cơ quan này không có đơn vị đã chọn."
        case .unknownOfficer: "Không có cán bộ này."
        case .loginNameMalformed:
            "Tên đăng nhập phải có 3 đến 64 ký tự, chỉ gồm chữ thường không dấu, chữ số, dấu chấm và dấu gạch ngang."
        case .loginNameTaken(let name): "Tên đăng nhập “\(name)” đã có người dùng. Chọn tên khác."
        case .nameMissing: "Nhập họ và tên, chức vụ, mỗi mục không quá 200 ký tự."
        case .emailMalformed: "Thư điện tử phải có dạng ten@coquan.gov.vn."
        case .rolesMissing: "Chọn ít nhất một vai trò."
        case .lastAdministrator:
            "Đây là quản trị cuối cùng của cơ quan. Giao vai trò Quản trị cho một cán bộ khác trước."
        case .ownAccount: "Không tự khóa tài khoản của mình. Nhờ một quản trị khác làm việc này."
        case .alreadyDisabled: "Cán bộ này đã ngừng hoạt động từ trước."
        case .calendarChanged(let version):
            "Đã có lịch khác mang phiên bản \(version). Đặt tên phiên bản mới cho lịch này."
        case .sampleMixed:
            "Dữ liệu mẫu và dữ liệu thật không ở chung một cơ sở dữ liệu. Chọn cơ sở dữ liệu trống khác: "
                + "đặt MOTCUA_DATA hoặc MOTCUA_DATABASE."
        case .basisMissing:
            "Nhập số, ký hiệu văn bản quyết định, không quá \(Restructuring.basisLimit) ký tự"
        case .bodiesUnsuitable:
            "Chọn từ 1 đến \(Restructuring.bodiesLimit) cơ quan hoặc đơn vị, mỗi nơi một lần"
        case .alreadyClosed(let name): "\(name) đã kết thúc hoạt động từ trước. Chọn nơi khác."
        case .dayBeforeBeginning(let name): "Ngày hiệu lực phải sau ngày \(name) bắt đầu hoạt động"
        case .dayTooFar: "Ngày hiệu lực không quá \(OrganisationService.planningDays / 365) năm kể từ hôm nay"
        case .successorUnfit(let name):
            "\(name) không tiếp nhận được: phải còn hoạt động, cùng loại, cùng cấp và không nằm trong số bị sáp nhập"
        case .successorBelow: "Nơi tiếp nhận đang trực thuộc một nơi bị sáp nhập. Đổi cấp trên của nơi đó trước."
        case .successorMissing(let officers, let agencies):
            "Chọn nơi tiếp nhận: còn \(officers) cán bộ đang làm việc và \(agencies) cơ quan trực thuộc"
        case .workInFlight(let lines):
            "Chọn nơi tiếp nhận, vì còn việc đang làm: "
                + lines.map { "\($0.label) (\($0.count))" }.joined(separator: ", ")
        case .deskNeeded(let name): "\(name) là bộ phận một cửa. Chọn một bộ phận một cửa khác tiếp nhận."
        case .parentBelow: "Cấp trên không được là chính cơ quan này hoặc cơ quan trực thuộc nó. Chọn cơ quan khác."
        case .treeTooDeep: "Cây cơ quan không quá \(OrganisationSnapshot.deepest) cấp. Chọn cấp trên khác."
        case .bodyNameMissing: "Nhập tên, không quá \(OrganisationService.nameLimit) ký tự"
        case .codeUnsuitable(let code):
            "Mã “\(code)” không dùng được: phải bắt đầu bằng mã của cấp trên và chưa có cơ quan nào mang"
        case .changedMeanwhile:
            "Cơ quan, đơn vị hoặc cán bộ vừa được một quản trị khác đổi. Xem lại danh sách rồi xác nhận."
        case .calendarDay(let words): words
        case .hoursMalformed: "Giờ làm việc phải có dạng 07:30-11:30,13:30-17:00, theo thứ tự và không chồng nhau"
        case .planGone: "Kế hoạch này không còn chờ thực hiện."
        case .substitutionRoleMissing: "Chọn một vai trò công việc mà người vắng mặt đang có"
        case .substituteSelf: "Người làm thay phải là người khác"
        case .substituteUnsuitable:
            "Chọn một người cùng cơ quan đang có vai trò này; thay trưởng đơn vị thì là người của đơn vị đó"
        case .substituteCannotSign: "Người này chưa có chứng thư số còn hiệu lực nên không thay lãnh đạo ký được"
        case .substituteAway:
            "Trong thời gian này chính người được chọn đã có người làm thay. Chọn người khác hoặc ngày khác."
        case .substitutionChain:
            "Trong thời gian này người vắng mặt đang làm thay người khác ở vai trò này. Kết thúc việc đó trước."
        case .substitutionPast: "Ngày bắt đầu không được trước hôm nay"
        case .substitutionBackwards: "Ngày kết thúc không được trước ngày bắt đầu"
        case .substitutionTooLong: "Thời gian làm thay không quá \(Substitution.dayLimit) ngày"
        case .substitutionReasonMissing: "Nhập lý do, không quá \(Substitution.reasonLimit) ký tự"
        case .substitutionGone: "Việc làm thay này đã kết thúc."
        case .substitutionOverlaps(let first, let last):
            "Đã có người làm thay từ \(first.vietnamese) đến \(last.vietnamese). Chọn ngày khác hoặc kết thúc việc đó trước."
        case .sampleUnreadable: nil
        }
    }

    public var field: String? {
        switch self {
        case .loginNameMalformed, .loginNameTaken: "loginName"
        case .nameMissing: "fullName"
        case .emailMalformed: "email"
        case .rolesMissing: "roles"
        case .unknownUnit: "unit"
        case .substitutionRoleMissing: "role"
        case .substituteSelf: "substitute"
        case .substituteUnsuitable: "substitute"
        case .substituteCannotSign: "substitute"
        case .substituteAway: "substitute"
        case .substitutionChain: "officer"
        case .substitutionPast: "from"
        case .substitutionBackwards: "to"
        case .substitutionTooLong: "to"
        case .substitutionReasonMissing: "reason"
        case .substitutionOverlaps: "from"
        case .unknownAgency: "agency"
        case .basisMissing: "basis"
        case .bodiesUnsuitable, .alreadyClosed: "sources"
        case .dayBeforeBeginning, .dayTooFar: "day"
        case .successorUnfit, .successorBelow, .successorMissing, .workInFlight, .deskNeeded: "successor"
        case .parentBelow, .treeTooDeep: "parent"
        case .bodyNameMissing: "name"
        case .codeUnsuitable: "code"
        case .calendarDay: "day"
        case .hoursMalformed: "hours"
        default: nil
        }
    }
}
