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
    /// The certificate ends before it begins, or is empty.
    case certificateUnusable
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
        case .certificateUnusable: "certificate-unusable"
        case .sampleUnreadable: "sample-unreadable"
        }
    }

    public var status: Int {
        switch self {
        case .unknownAgency, .unknownUnit, .unknownOfficer: 404
        case .loginNameTaken, .alreadyDisabled, .lastAdministrator, .ownAccount, .calendarChanged: 409
        case .loginNameMalformed, .nameMissing, .emailMalformed, .rolesMissing, .certificateUnusable: 422
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
        case .certificateUnusable: "Chứng thư số không có nội dung hoặc kết thúc trước khi bắt đầu."
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
        case .unknownAgency: "agency"
        default: nil
        }
    }
}
