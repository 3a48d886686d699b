// SPDX-License-Identifier: Apache-2.0

public import Markup

/// `/tro-giup`: how it works, in the questions that people ask.
public enum HelpPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// All procedures.
        public var proceduresHref: String
        /// The look-up.
        public var lookupHref: String

        /// What the page shows.
        public init(
            proceduresHref: String,
            lookupHref: String
        ) {
            self.proceduresHref = proceduresHref
            self.lookupHref = lookupHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Trợ giúp", width: .text),
            """
            <h1>Trợ giúp</h1>
            <p class="lede">Không tìm thấy câu trả lời, gọi <a href="tel:1022">1022</a> và đọc mã ở cuối trang đang xem.</p>
            \(each: answers(model), { Parts.details($0.question, $0.answer) })
            """
        )
    }

    private static func answers(_ model: Model) -> [(question: String, answer: HTML)] {
        [
            (
                "Nộp hồ sơ trên mạng gồm những bước nào",
                """
                <ol><li><a\(href: model.proceduresHref)>Tìm thủ tục</a> và bấm Nộp hồ sơ.</li>
                <li>Đăng nhập bằng VNeID mức 2.</li><li>Điền tờ khai, chụp giấy tờ.</li>
                <li>Kiểm tra, nộp, trả tiền nếu có.</li><li>Theo dõi và tải kết quả.</li></ol>
                """
            ),
            (
                "Đang điền thì phải dừng",
                "<p>Mọi thứ đã nhập được lưu. Bản nháp giữ 90 ngày, mở lại ở trang Hồ sơ của tôi.</p>"
            ),
            (
                "Nhờ người khác nộp hộ",
                """
                <p>Người nộp hộ đăng nhập bằng tài khoản của mình và khai rõ nộp cho ai. Cán bộ tại bộ phận một cửa cũng giúp điền.</p>
                """
            ),
            (
                "Bị yêu cầu bổ sung",
                """
                <p>Thông báo ghi mọi chỗ cần sửa trong một lần, mỗi chỗ có nút Sửa. Sửa xong bấm Gửi bổ sung.</p>
                """
            ),
            (
                "Biết hồ sơ đang ở đâu",
                """
                <p>Quét mã QR trên giấy tiếp nhận, hoặc gõ mã ở trang <a\(href: model.lookupHref)>Tra cứu hồ sơ</a>.</p>
                """
            ),
            (
                "Tệp không tải lên được",
                """
                <p>Tệp phải là PDF, JPG, PNG hoặc HEIC, không quá 25 MB và không có mật khẩu. Ảnh mờ thì chụp lại nơi đủ sáng.</p>
                """
            ),
        ]
    }
}
