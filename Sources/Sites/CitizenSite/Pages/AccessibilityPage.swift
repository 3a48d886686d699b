// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// `/kha-nang-tiep-can`: how everyone can use these pages, what was tested, and what is not yet good enough.
public enum AccessibilityPage {
    /// What the page shows; the figures come from the report of the screen tests.
    public struct Model: Sendable {
        /// How many screens and states were tested; nil when no report is at hand.
        public var testedStates: Int?
        /// The day of the report.
        public var testedOn: LocalDate?
        /// What is known not to be good enough.
        public var knownFaults: [String]

        /// What the page shows; the figures come from the report of the screen tests.
        public init(
            testedStates: Int? = nil,
            testedOn: LocalDate? = nil,
            knownFaults: [String]
        ) {
            self.testedStates = testedStates
            self.testedOn = testedOn
            self.knownFaults = knownFaults
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Khả năng tiếp cận", width: .text),
            """
            <h1>Khả năng tiếp cận</h1>
            <p class="lede">Trang này làm cho mọi người, cả người khiếm thị, khiếm thính, khó cử động tay và người lớn tuổi.</p>
            <h2>Có thể làm gì</h2>
            <ul><li>Đổi cỡ chữ bằng A−, A, A+ và đổi màu nền sáng, tối ở mọi trang.</li>
            <li>Dùng bằng bàn phím, không cần chuột. Phím Tab đi tới, vòng vàng chỉ chỗ đang đứng.</li>
            <li>Nghe bằng phần mềm đọc màn hình.</li>
            <li>Phóng to 200 % mà không phải cuộn ngang.</li>
            <li>Dùng cả khi trình duyệt tắt JavaScript.</li></ul>
            <h2>Theo chuẩn nào</h2>
            <p>Các trang hướng tới Hướng dẫn về khả năng tiếp cận nội dung web WCAG 2.2, mức AA.</p>
            \(tested(model))
            \(if: !model.knownFaults.isEmpty, """
                <h2>Chỗ chưa tốt</h2><ul>\(each: model.knownFaults, { "<li>\($0)</li>" })</ul>
                """)
            <h2>Gặp khó khăn</h2>
            <p>Gọi <a href="tel:1022">1022</a> và đọc mã ở cuối trang. Cán bộ một cửa giúp làm thủ tục tại quầy hoặc qua điện thoại.</p>
            """
        )
    }

    private static func tested(_ model: Model) -> HTML {
        guard let count = model.testedStates, let day = model.testedOn else { return .empty }
        return """
            <p>Ngày \(day.vietnamese), \(count) trạng thái màn hình được máy kiểm tra ở nền sáng và nền tối. Máy không thay được \
            người: có chỗ khó dùng thì báo 1022.</p>
            """
    }
}
