// SPDX-License-Identifier: Apache-2.0

/// What administrators read of jobs and of what hinders them; never of what a message says.
enum OperationWords {
    /// What a job of this kind does.
    static func job(_ kind: String) -> String {
        switch kind {
        case "dossier-notice": "Thư và tin nhắn cho người nộp hồ sơ"
        case "data-export": "Lập bản sao dữ liệu cá nhân cho người yêu cầu"
        case "data-request-notice": "Thư và tin nhắn về yêu cầu dữ liệu cá nhân"
        case "retention-erasure": "Xóa hồ sơ hết thời hạn lưu đã duyệt"
        case "draft-notice": "Thư và tin nhắn báo bản nháp sắp hết hạn giữ"
        case "payment-confirm": "Hỏi cổng thanh toán về một giao dịch"
        case "sign-in.code": "Mã đăng nhập qua tin nhắn"
        case "consultation-notice": "Thư cho cán bộ về việc lấy ý kiến"
        default: "Việc loại \(kind)"
        }
    }

    /// Why an attempt failed, by the stable code of its error, and what helps.
    static func cause(_ code: String) -> (cause: String, advice: String) {
        switch code {
        case "outbound-unreachable", "outbound-name-not-found":
            ("Không kết nối được máy chủ bên ngoài.", "Kiểm tra địa chỉ, đường mạng và tường lửa.")
        case "outbound-timed-out":
            ("Máy chủ bên ngoài không trả lời kịp.", "Chờ máy chủ chạy lại bình thường.")
        case "outbound-not-trusted":
            ("Chứng thư của máy chủ bên ngoài không tin được.", "Kiểm tra chứng thư và tệp gốc tin cậy.")
        case "outbound-resting", "outbound-too-busy":
            ("Máy chủ bên ngoài lỗi liên tiếp nên được tạm ngưng gọi.", "Chờ vài phút rồi gửi lại.")
        case "outbound-mail-deferred":
            ("Máy chủ thư chưa nhận thư.", "Hỏi đơn vị quản lý máy chủ thư.")
        case "outbound-mail-refused":
            ("Máy chủ thư từ chối thư.", "Kiểm tra hộp thư gửi và địa chỉ nhận.")
        case "outbound-peer-refused":
            ("Dịch vụ bên ngoài từ chối yêu cầu.", "Kiểm tra tài khoản và hạn mức của dịch vụ.")
        case "outbound-answer-not-understood", "outbound-answer-too-large", "outbound-too-many-redirects":
            ("Dịch vụ bên ngoài trả lời không đúng quy cách.", "Hỏi đơn vị cung cấp dịch vụ.")
        case "outbound-address-refused", "outbound-header-refused":
            ("Cấu hình gửi có địa chỉ sai.", "Kiểm tra cấu hình rồi khởi động lại.")
        case "store-busy", "store-unavailable", "store-full":
            ("Cơ sở dữ liệu chưa sẵn sàng.", "Kiểm tra dung lượng đĩa và máy chủ cơ sở dữ liệu.")
        case "lease ran out":
            ("Tiến trình xử lý dừng giữa chừng.", "Xem nhật ký máy chủ quanh thời điểm này.")
        default:
            ("Xử lý không thành công (\(code)).", "Xem nhật ký máy chủ quanh thời điểm này.")
        }
    }

    /// One line of a job's history: an attempt with its cause, or a resending with its reason.
    static func outcome(_ text: String) -> String {
        let mark = "resend: "
        guard text.hasPrefix(mark) else { return cause(text).cause }
        return "Gửi lại, lý do: \(text.dropFirst(mark.count))"
    }
}
