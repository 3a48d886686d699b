// SPDX-License-Identifier: Apache-2.0

public import Markup

/// `/quyen-rieng-tu`: which personal data are kept, why, who sees them, and what one may ask.
public enum PrivacyPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// Who answers for the data: the agency and its data-protection unit.
        public var controllerName: String
        /// How that unit is reached; nil for 1022 alone.
        public var contactWord: String?

        /// What the page shows.
        public init(
            controllerName: String,
            contactWord: String? = nil
        ) {
            self.controllerName = controllerName
            self.contactWord = contactWord
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Quyền riêng tư", width: .text),
            """
            <h1>Quyền riêng tư</h1>
            <p class="lede">Dữ liệu chỉ dùng để giải quyết hồ sơ đã nộp.</p>
            <h2>Lưu những gì</h2>
            <ul><li>Họ tên, số định danh, ngày sinh, nơi ở do hệ thống định danh chuyển sang khi đăng nhập.</li>
            <li>Những gì điền trong tờ khai và giấy tờ tải lên.</li>
            <li>Số điện thoại, thư điện tử để báo tin.</li></ul>
            <h2>Ai xem được</h2>
            <p>Người nộp, và cán bộ được giao hồ sơ. Mỗi lần cán bộ mở dữ liệu đều được ghi lại kèm mục đích; người nộp đọc \
            được trong tài khoản, mục Ai đã xem dữ liệu của tôi.</p>
            <h2>Giữ bao lâu</h2>
            <p>Bản nháp giữ 90 ngày rồi xóa, có báo trước. Hồ sơ đã nộp giữ theo luật lưu trữ, hết hạn thì xóa dữ liệu cá \
            nhân.</p>
            <h2>Cookie</h2>
            <p>Chỉ có cookie cần để đăng nhập và nhớ cỡ chữ, màu nền. Không theo dõi, không quảng cáo, không gửi gì cho bên khác.</p>
            <h2>Được quyền gì</h2>
            <p>Xem, nhận bản sao, sửa, hạn chế, xin xóa dữ liệu của mình, và biết ai đã xem: đăng nhập, mở Hồ sơ của tôi, mục \
            Dữ liệu của tôi. Nơi chịu trách nhiệm: \(model.controllerName).\
            \(ifLet: model.contactWord, { " \($0)" })</p>
            """
        )
    }
}
