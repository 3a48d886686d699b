// SPDX-License-Identifier: Apache-2.0

/// The page that a person gets when a request cannot be answered: what happened, and what to do now.
public enum FailurePage {
    /// What is known about the failure.
    public struct Model: Sendable {
        /// The HTTP status: 400, 403, 404, 409, 410, 413, 422, 429, 500 or 503; others are told as 500.
        public var status: Int
        /// What the refusal says, in Vietnamese; nil for the words of the status.
        public var detail: String?
        /// The id of the request, which support finds in the log.
        public var requestID: String?
        /// Where to go on; the first one is drawn as a button.
        public var ways: [NavigationItem]
        /// For 429 and 503: after how many seconds to come back.
        public var retryAfterSeconds: Int?

        /// What is known about the failure.
        public init(
            status: Int,
            detail: String? = nil,
            requestID: String? = nil,
            ways: [NavigationItem] = [],
            retryAfterSeconds: Int? = nil
        ) {
            self.status = status
            self.detail = detail
            self.requestID = requestID
            self.ways = ways
            self.retryAfterSeconds = retryAfterSeconds
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(PageShape(title: heading(model.status), width: .text), content(model))
    }

    /// The heading of a status, which is also the title of its page.
    public static func heading(_ status: Int) -> String { words(for: status).title }

    /// The main part alone, for who draws the frame himself.
    public static func content(_ model: Model) -> HTML {
        let (title, explanation) = words(for: model.status)
        return """
            <div class="trouble">\(Parts.archDrawing)
            <h1>\(title)</h1>
            <p class="lede">\(model.detail ?? explanation)</p>
            \(ifLet: model.retryAfterSeconds, { "<p>Thử lại sau \(waiting($0)).</p>" })
            \(if: !model.ways.isEmpty, ways(model.ways))
            <p class="hint">Cần giúp, gọi <a href="tel:1022">1022</a>\
            \(ifLet: model.requestID, { " và đọc mã yêu cầu <span class=\"num\">\($0)</span>" }).</p>
            </div>
            """
    }

    private static func ways(_ ways: [NavigationItem]) -> HTML {
        """
        <div class="actions np">\(each: ways.enumerated(), { index, way in
            index == 0
                ? Parts.linkButton(way.label, href: way.href)
                : "<a class=\"ilink\"\(href: way.href)>\(way.label)</a>"
        })</div>
        """
    }

    private static func waiting(_ seconds: Int) -> String {
        seconds < 60 ? "\(seconds) giây" : "\((seconds + 59) / 60) phút"
    }

    private static func words(for status: Int) -> (title: String, explanation: String) {
        switch status {
        case 400:
            (
                "Chưa đọc được yêu cầu",
                "Địa chỉ hoặc dữ liệu gửi lên bị thiếu. Quay lại trang trước và làm lại bước vừa rồi."
            )
        case 403:
            (
                "Không có quyền xem trang này",
                "Trang này thuộc về người khác hoặc cần vai trò khác. Kiểm tra lại tài khoản đang đăng nhập."
            )
        case 404:
            (
                "Không tìm thấy trang",
                "Địa chỉ có thể gõ nhầm hoặc trang đã chuyển đi. Tìm thủ tục hoặc tra cứu hồ sơ từ trang chủ."
            )
        case 409:
            ("Nội dung đã thay đổi", "Có người vừa cập nhật trước. Mở lại trang để xem nội dung mới rồi làm tiếp.")
        case 410:
            ("Bản nháp này không còn", "Bản nháp đã hết hạn giữ hoặc đã nộp. Xem các hồ sơ trong tài khoản.")
        case 413:
            (
                "Nội dung gửi lên quá lớn",
                """
                Mỗi tệp không quá 25 MB, các tệp của hồ sơ không quá 100 MB, chữ trên một trang không quá 256 kB. \
                Quay lại trang trước, chọn tệp nhỏ hơn hoặc bớt chữ rồi gửi lại.
                """
            )
        case 422:
            ("Có thông tin cần sửa", "Quay lại trang trước, những gì đã nhập vẫn còn.")
        case 429:
            ("Đã thử quá nhiều lần", "Để giữ an toàn cho mọi người, trang này tạm ngừng trả lời từ máy đang dùng.")
        case 503:
            ("Hệ thống đang bảo trì", "Hồ sơ và bản nháp vẫn được giữ nguyên. Quay lại sau ít phút.")
        default:
            (
                "Hệ thống chưa làm được việc này",
                "Lỗi ở phía hệ thống và đã được ghi lại. Hồ sơ và bản nháp đã lưu vẫn còn. Thử lại sau ít phút."
            )
        }
    }
}
