// SPDX-License-Identifier: Apache-2.0

import AdminSite
import Markup

extension BuilderScreens {
    /// Screen 24: drafts from the national catalogue.
    static let imports = [
        state("thu-tuc-nhap", "hoi") { ImportPage.html(importModel(), in: $0) },
        state("thu-tuc-nhap", "thieu-tep", status: 422) {
            ImportPage.html(importModel(error: "Chọn tệp JSON của danh mục"), in: $0)
        },
        state("thu-tuc-nhap", "da-nhap") {
            let report = [
                "Chưa đạt mức độ 1.",
                "Mức độ 1 còn thiếu: Công khai đủ 11 nội dung của thủ tục (10/11 nội dung, thiếu: Hình thức nhận hồ sơ, "
                    + "trả kết quả)",
                "Mức độ 2 còn thiếu: Mẫu đơn, tờ khai tải về được (Không có tệp mẫu, không in được tờ khai)",
                "Danh mục không nói: quy trình và người thực hiện từng bước (workflow)",
                "Chưa đưa vào gói: mẫu “Mau01.docx” của giấy tờ “Đơn đăng ký”: tải tệp về đặt cạnh gói rồi ghi blankForm",
                "motcua check thấy 17 lỗi phải sửa trước khi công bố.",
            ]
            let lines = [
                ImportPage.Line(
                    code: "9.000101",
                    name: "Đăng ký mở lớp thả diều",
                    href: "/quan-tri/thu-tuc/9.000101",
                    report: report
                ),
                ImportPage.Line(
                    code: "9.000202",
                    name: "Cấp giấy phép nuôi sếu",
                    href: "/quan-tri/thu-tuc/9.000202",
                    refusal: "Thủ tục 9.000202 đang có bản nháp. Mở bản nháp đó để sửa tiếp.",
                    report: report
                ),
            ]
            let fault = "Bản ghi 3 (9.000303), trường executionSteps: phải là danh sách, nhưng là chữ."
            return ImportPage.html(importModel(lines: lines, faults: [fault]), in: $0)
        },
    ]

    private static func importModel(
        error: String? = nil,
        lines: [ImportPage.Line] = [],
        faults: [String] = []
    ) -> ImportPage.Model {
        ImportPage.Model(
            limitBytes: 3 * 1_024 * 1_024,
            mostProcedures: 20,
            error: error,
            lines: lines,
            faults: faults,
            action: "/quan-tri/thu-tuc-nhap",
            backHref: "/quan-tri/thu-tuc"
        )
    }
}
