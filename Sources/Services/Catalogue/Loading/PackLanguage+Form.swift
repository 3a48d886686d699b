// SPDX-License-Identifier: Apache-2.0

// MARK: - The form

extension PackSection {
    static let form = PackSection(
        "form",
        "Tờ khai điện tử",
        .must("minutes", .integer(1...600), "Cần khoảng mấy phút"),
        .must("declaration", .text(1_000), "Lời cam đoan", "Người nộp đánh dấu ở trang cuối."),
        .must("pages", .list(.section(.page)), "Các trang")
    )

    static let page = PackSection(
        "page",
        "Trang tờ khai",
        .must("id", .identifier, "Tên gọi trong gói", "Có trong đường dẫn của trang."),
        .must("title", .text(200), "Tiêu đề"),
        .may("help", .text(1_000), "Câu dưới tiêu đề"),
        .may("visibleWhen", .condition, "Chỉ hiện khi", "Theo câu trả lời ở các trang trước."),
        .must("fields", .list(.section(.field)), "Các trường")
    )

    static let field: PackSection = PackSection(
        "field",
        "Trường",
        rare: [
            "thing", "requiredWhen", "maxLength", "minimum", "maximum", "before", "notAfter", "notBefore", "after",
            "prefill", "confirms", "parts", "mayLack", "rowName", "unitsOn", "component",
        ],
        .must("id", .identifier, "Tên gọi trong gói", "Điều kiện, mẫu và dữ liệu dùng tên này."),
        .must("type", .word(FieldType.self), "Kiểu"),
        .must("label", .text(1_000), "Nhãn", "Chữ trên ô; với ghi chú và cam đoan là chính nội dung."),
        .may("thing", .text(200), "Cách gọi trong câu báo lỗi", "Bỏ trống thì lấy từ nhãn."),
        .may("help", .text(500), "Câu dưới nhãn"),
        .may("options", .list(.section(.option)), "Các lựa chọn"),
        .must("required", .yesNo, "Bắt buộc"),
        .may("requiredWhen", .condition, "Chỉ bắt buộc khi", "Đi cùng bắt buộc: Không."),
        .may("visibleWhen", .condition, "Chỉ hiện khi"),
        .may("maxLength", .integer(1...Int64(FormField.defaultLength(.longText) * 5)), "Nhiều nhất mấy ký tự"),
        .may(
            "minimum",
            .integer(-999_999_999_999_999...999_999_999_999_999),
            "Số nhỏ nhất",
            "Với kiểu chọn nhiều và nhóm: ít nhất mấy mục."
        ),
        .may(
            "maximum",
            .integer(-999_999_999_999_999...999_999_999_999_999),
            "Số lớn nhất",
            "Với kiểu chọn nhiều và nhóm: nhiều nhất mấy mục."
        ),
        .may("before", .dayBound, "Phải trước ngày"),
        .may("notAfter", .dayBound, "Không được sau ngày"),
        .may("notBefore", .dayBound, "Không được trước ngày"),
        .may("after", .dayBound, "Phải sau ngày"),
        .may("prefill", .section(.prefill), "Điền sẵn"),
        .may(
            "confirms",
            .reference(.field),
            "Xác nhận số nào của tờ khai",
            "Của trường kết quả; mức thu theo số được xác nhận."
        ),
        .may("parts", .list(.word(PersonPart.self)), "Hỏi gì về người này", "Bỏ trống thì hỏi cả bốn."),
        .may("mayLack", .list(.word(PersonPart.self)), "Phần có thể để trống"),
        .may("fields", .list(.section(.field)), "Các trường của một dòng"),
        .may("rowName", .text(60), "Cách gọi một dòng", "Ví dụ Thành viên; bỏ trống thì lấy từ nhãn."),
        .may("unitsOn", .dayBound, "Đơn vị hành chính của ngày nào", "Bỏ trống thì là hôm nay."),
        .may("component", .reference(.component), "Giấy tờ được hỏi ở đây")
    )

    static let option = PackSection(
        "option",
        "Lựa chọn",
        .must("value", .identifier, "Giá trị lưu"),
        .must("label", .text(200), "Chữ người dân đọc"),
        .may("help", .text(500), "Câu giải thích")
    )

    static let prefill = PackSection(
        "prefill",
        "Điền sẵn",
        .must("from", .word(ClaimKind.self), "Lấy từ", "Thông tin của người đã đăng nhập."),
        .must("locked", .yesNo, "Khóa, không cho sửa")
    )
}

// MARK: - Conditions

extension PackSection {
    static let condition = PackSection(
        "condition",
        "Điều kiện",
        choices: [
            PackChoice(
                ["all", "any", "not", "channel", "variant", "field"],
                remedy: "Nhiều điều kiện thì đặt trong danh sách của all hoặc any."
            ),
            PackChoice(
                [
                    "equals", "notEquals", "oneOf", "noneOf", "contains", "answered", "lessThan", "atMost", "atLeast",
                    "greaterThan", "before", "notAfter", "notBefore", "after",
                ],
                beside: "field",
                remedy: "Viết một phép so sánh; nhiều phép thì dùng all hoặc any."
            ),
        ],
        .may("all", .list(.condition), "Tất cả đều đúng"),
        .may("any", .list(.condition), "Ít nhất một điều đúng"),
        .may("not", .condition, "Không đúng"),
        .may("channel", .list(.word(Channel.self)), "Nộp qua kênh"),
        .may("variant", .list(.reference(.variant)), "Là trường hợp"),
        .may("field", .reference(.field), "Trường"),
        .may("equals", .text(4_000), "bằng"),
        .may("notEquals", .text(4_000), "khác"),
        .may("oneOf", .list(.text(4_000)), "là một trong"),
        .may("noneOf", .list(.text(4_000)), "không là một trong"),
        .may("contains", .text(60), "có chọn"),
        .may("answered", .yesNo, "đã trả lời"),
        .may("lessThan", .integer(Int64.min...Int64.max), "nhỏ hơn"),
        .may("atMost", .integer(Int64.min...Int64.max), "không quá"),
        .may("atLeast", .integer(Int64.min...Int64.max), "ít nhất là"),
        .may("greaterThan", .integer(Int64.min...Int64.max), "lớn hơn"),
        .may("before", .dayBound, "trước ngày"),
        .may("notAfter", .dayBound, "không sau ngày"),
        .may("notBefore", .dayBound, "không trước ngày"),
        .may("after", .dayBound, "sau ngày")
    )

    static let day = PackSection(
        "day",
        "Mốc ngày",
        choices: [
            PackChoice(
                ["field", "daysBeforeToday", "daysAfterToday"],
                remedy: "Viết today, một ngày như 2026-01-01, hoặc một trong các khóa này."
            )
        ],
        .may("field", .reference(.field), "Ngày ở trường khác"),
        .may("daysBeforeToday", .integer(0...73_000), "Mấy ngày trước hôm nay"),
        .may("daysAfterToday", .integer(0...73_000), "Mấy ngày sau hôm nay")
    )
}
