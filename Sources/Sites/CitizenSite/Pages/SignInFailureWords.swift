// SPDX-License-Identifier: Apache-2.0

import Site

/// What a citizen reads of it: what happened and what to do next. Names and passwords are the officers' alone.
extension SignInFailure {
    var title: String {
        switch self {
        case .cancelled: "Chưa đăng nhập xong"
        case .levelTooLow: "Việc này cần định danh mức 2"
        case .locked: "Đăng nhập tạm khóa"
        case .expired: "Lượt đăng nhập đã quá thời gian"
        case .otherBrowser: "Lượt đăng nhập bắt đầu ở trình duyệt khác"
        case .used: "Lượt đăng nhập này đã dùng"
        case .unavailable: "VNeID chưa trả lời"
        case .untrusted: "Chưa xác nhận được câu trả lời của VNeID"
        case .clock: "Đồng hồ hai hệ thống lệch nhau"
        case .claimMissing: "VNeID chưa có đủ thông tin của bạn"
        case .organisation: "Đây là tài khoản tổ chức"
        case .conflict: "Số định danh không khớp với tài khoản"
        case .sessionEnded: "Phiên đăng nhập đã hết"
        case .wrongPassword, .passwordExpired, .incomplete, .other: "Chưa đăng nhập được"
        }
    }

    var explanation: String {
        switch self {
        case .cancelled: "Đăng nhập đã dừng giữa chừng. Chưa có thông tin nào được gửi đi."
        case .levelTooLow:
            "Tài khoản đang dùng ở mức 1 hoặc đăng nhập bằng điện thoại: xem và theo dõi hồ sơ được, chưa nộp được."
        case .locked(let minutes): "Đã thử quá nhiều lần. Đợi \(minutes) phút rồi đăng nhập lại."
        case .expired: "Đăng nhập lại từ đầu. Những gì đã lưu vẫn còn."
        case .otherBrowser:
            "Câu trả lời của VNeID chỉ dùng được ở trình duyệt đã bấm đăng nhập. Đăng nhập lại ở trình duyệt này."
        case .used: "Mỗi lượt chỉ dùng một lần, kể cả khi tải lại trang. Đăng nhập lại để tiếp tục."
        case .unavailable: "Thử lại sau ít phút. Những gì đã lưu vẫn còn."
        case .untrusted: "Cổng đã từ chối câu trả lời này để bảo vệ tài khoản của bạn. Những gì đã lưu vẫn còn."
        case .clock: "Giờ trên câu trả lời của VNeID lệch quá 2 phút nên cổng không nhận. Lỗi không ở máy của bạn."
        case .claimMissing: "VNeID không báo họ tên hoặc số định danh, nên cổng chưa biết bạn là ai."
        case .organisation:
            "Cổng nhận tài khoản cá nhân; người đại diện nộp thay doanh nghiệp bằng tài khoản của mình."
        case .conflict:
            "Số định danh VNeID vừa báo khác với số đã gắn với tài khoản này. Hồ sơ đã nộp không bị ảnh hưởng."
        case .sessionEnded: "Đăng nhập lại để trở về đúng trang đang làm. Những gì đã lưu vẫn còn."
        case .other(let words): words
        case .wrongPassword, .passwordExpired, .incomplete: "Bấm đăng nhập lại. Những gì đã lưu vẫn còn."
        }
    }

    /// What to do next where it is more than to press the button again; in order.
    var steps: [String]? {
        switch self {
        case .levelTooLow:
            [
                "Đã có VNeID mức 2: bấm nút dưới đây để đăng nhập lại, cổng đưa bạn về đúng việc đang làm.",
                "Chưa có: mang căn cước đến công an xã, phường nơi gần nhất để nâng mức, không mất tiền.",
                "Cần nộp ngay: đến bộ phận một cửa, hoặc nhờ người thân có VNeID mức 2 nộp hộ.",
            ]
        case .untrusted, .clock:
            [
                "Bấm đăng nhập lại một lần.",
                "Vẫn gặp trang này: đọc mã trang ở cuối trang cho tổng đài của cổng, việc này cổng phải sửa.",
            ]
        case .claimMissing:
            [
                "Mở ứng dụng VNeID, xem họ tên và số định danh đã hiện đủ chưa.",
                "Đồng ý chia sẻ họ tên và số định danh khi VNeID hỏi.",
                "Thông tin sai hoặc thiếu: đến công an xã, phường để cập nhật.",
            ]
        case .conflict:
            [
                "Kiểm tra đang đăng nhập VNeID của chính mình.",
                "Vừa được cấp lại số định danh: mang căn cước đến bộ phận một cửa để được đối chiếu.",
            ]
        case .organisation:
            ["Đăng xuất khỏi tài khoản tổ chức trên VNeID.", "Đăng nhập lại bằng tài khoản cá nhân."]
        default: nil
        }
    }
}
