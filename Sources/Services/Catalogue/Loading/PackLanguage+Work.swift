// SPDX-License-Identifier: Apache-2.0

// MARK: - Fees

extension PackSection {
    /// Đồng of one unit or of one cap: at most a thousand million, so that sums stay inside 64 bits.
    private static let price: PackValue = .integer(1...1_000_000_000)

    static let fee = PackSection(
        "fee",
        "Khoản thu",
        rare: ["owedWhen"],
        .must("id", .identifier, "Tên gọi trong gói"),
        .must("name", .text(300), "Tên theo văn bản", "In trên biên lai."),
        .must("kind", .word(FeeKind.self), "Phí hay lệ phí"),
        .must("collected", .word(FeeMoment.self), "Thu lúc nào"),
        .may("owedWhen", .condition, "Chỉ phải nộp khi"),
        .must("rules", .list(.section(.feeRule)), "Biểu thu"),
        .may("exemptions", .list(.section(.exemption)), "Miễn, giảm")
    )

    static let feeRule = PackSection(
        "feeRule",
        "Dòng biểu thu",
        choices: [
            PackChoice(
                ["free", "fixed", "perUnit", "setByCouncil"],
                remedy: "Không thu thì viết free: yes; tỉnh đặt mức mà chưa biết thì viết setByCouncil: yes."
            )
        ],
        rare: ["validTo", "channels", "when", "note"],
        .must("validFrom", .day, "Từ ngày"),
        .may("validTo", .day, "Đến hết ngày"),
        .may("channels", .list(.word(Channel.self)), "Kênh nộp", "Bỏ trống là mọi kênh."),
        .may("when", .condition, "Trong trường hợp"),
        .may("free", .yes, "Không thu"),
        .may("fixed", .integer(1...1_000_000_000_000), "Mức cố định (đồng)"),
        .may("perUnit", .section(.perUnit), "Tính theo số lượng"),
        .may(
            "setByCouncil",
            .yes,
            "Do Hội đồng nhân dân tỉnh quy định, chưa biết mức",
            "Gói có dòng này thì chưa xuất bản được; tỉnh thay bằng mức trong nghị quyết của mình."
        ),
        .basis,
        .verified,
        .may("note", .text(500), "Ghi chú")
    )

    static let perUnit = PackSection(
        "perUnit",
        "Tính theo số lượng",
        rare: ["cap", "times", "timesUnit"],
        .must("price", price, "Giá một đơn vị (đồng)"),
        .must("field", .reference(.field), "Trường đếm số lượng"),
        .may("unit", .text(30), "Đơn vị đếm", "Bỏ trống là “bản”."),
        .may("tiers", .list(.section(.tier)), "Bậc giá"),
        .may("cap", price, "Thu nhiều nhất (đồng)"),
        .may("times", .reference(.field), "Nhân với trường"),
        .may("timesUnit", .text(30), "Đơn vị của số nhân", "Bỏ trống là “bản”.")
    )

    static let tier = PackSection(
        "tier",
        "Bậc giá",
        .must("from", .integer(2...FeeItem.countLimit), "Từ đơn vị thứ"),
        .must("price", price, "Giá một đơn vị (đồng)")
    )

    static let exemption = PackSection(
        "exemption",
        "Miễn, giảm",
        .must("id", .identifier, "Tên gọi trong gói"),
        .must("name", .text(300), "Ai được miễn, giảm"),
        .must("when", .condition, "Khi"),
        .must("percent", .integer(1...100), "Giảm bao nhiêu phần trăm"),
        .basis,
        .verified
    )
}

extension PackKey {
    /// The legal documents that an amount rests on.
    static let basis = PackKey.must("basis", .list(.reference(.legalBasis)), "Theo căn cứ")
}

// MARK: - Steps

extension PackSection {
    static let workflow = PackSection(
        "workflow",
        "Quy trình",
        .must("automaticReceive", .yesNo, "Tự động tiếp nhận", "Không cần cán bộ tiếp nhận."),
        .must("steps", .list(.section(.step)), "Các bước", "Việc bắt đầu ở bước đầu tiên."),
        .may("consultations", .list(.section(.consultation)), "Lấy ý kiến", "Hỏi cơ quan, phòng khác song song.")
    )

    static let step = PackSection(
        "step",
        "Bước",
        rare: ["unit"],
        .must("id", .identifier, "Tên gọi trong gói"),
        .must("name", .text(200), "Làm gì ở bước này"),
        .must("role", .word(StepRole.self), "Ai làm"),
        .must(
            "lane",
            .word(PublicLane.self, only: PublicLane.ofSteps),
            "Người dân thấy",
            "Chặng trên đường đi của hồ sơ."
        ),
        .may("unit", .text(200), "Phòng làm bước này", "Tên đơn vị của cơ quan giải quyết; bỏ trống là cả cơ quan."),
        .may("assignment", .word(StepAssignment.self), "Giao cho", "Bỏ trống là trưởng đơn vị phân công như trước."),
        .may("share", .integer(1...100), "Phần thời hạn (%)"),
        .must("actions", .list(.section(.action)), "Thao tác")
    )

    static let action = PackSection(
        "action",
        "Thao tác",
        .must("action", .word(StepActionKind.self), "Việc"),
        .may("to", .reference(.step), "Tới bước", "Chỉ với chuyển bước và trả lại."),
        .may("label", .text(60), "Chữ trên nút"),
        .may("guards", .list(.section(.guard)), "Chỉ làm được khi", "Mọi điều trong danh sách phải đúng.")
    )

    static let `guard` = PackSection(
        "guard",
        "Điều phải đúng",
        choices: [
            PackChoice(
                ["when", "paper", "consulted"],
                remedy: "Mỗi mục nói một điều; nhiều điều thì viết nhiều mục, mỗi mục có reason riêng."
            )
        ],
        .may("when", .condition, "Câu trả lời phải là", "Số đã đối chiếu thay số người dân khai."),
        .may("paper", .reference(.component), "Đã có tệp của giấy tờ"),
        .may("consulted", .reference(.consultation), "Đã có ý kiến về", "Đã hỏi, và mọi nơi được hỏi đã trả lời."),
        .must("reason", .text(300), "Lý do cán bộ đọc", "Một câu, khi điều này chưa đúng.")
    )

    static let consultation = PackSection(
        "consultation",
        "Lấy ý kiến",
        rare: ["units", "papers", "pages"],
        .must("id", .identifier, "Tên gọi trong gói"),
        .must("name", .text(120), "Về việc gì", "Chữ trên nút."),
        .must("steps", .list(.reference(.step)), "Hỏi được ở bước"),
        .may("agencies", .list(.section(.executingAgency)), "Hỏi cơ quan nào"),
        .may("units", .list(.text(200)), "Hỏi phòng nào của cơ quan giải quyết"),
        .must("answerWithin", .section(.answerWithin), "Hạn trả lời"),
        .must("silence", .word(ConsultationSilence.self), "Quá hạn không trả lời thì"),
        .must("mayGoOn", .yesNo, "Được đi tiếp khi chưa có ý kiến", "Ký thì luôn phải chờ."),
        .may("papers", .list(.reference(.component)), "Cho xem giấy tờ"),
        .may("pages", .list(.reference(.page)), "Cho xem trang tờ khai")
    )

    static let answerWithin = PackSection(
        "answerWithin",
        "Hạn trả lời",
        .must("value", .integer(1...30), "Số ngày hoặc giờ"),
        .must("unit", .word(LimitWord.self), "Đơn vị")
    )
}

// MARK: - Result, examples

extension PackSection {
    static let result = PackSection(
        "result",
        "Kết quả",
        rare: ["nationalCode", "validMonths"],
        .must("name", .text(300), "Tên kết quả"),
        .may("nationalCode", .text(60), "Mã kết quả quốc gia"),
        .must("kind", .word(ResultKind.self), "Loại giấy"),
        .may("template", .file(["mustache"]), "Tệp mẫu", "Cần có để trả kết quả trực tuyến."),
        .may("fields", .list(.section(.field)), "Chuyên viên điền", "Các trường của kết quả."),
        .may(
            "registerFields",
            .list(.section(.registerField)),
            "Cột của sổ kết quả",
            "Sổ kết quả đã ban hành ghi thêm các cột này."
        ),
        .may("series", .numberPattern, "Mẫu số", "Ví dụ {seq:2}/{yyyy}/TL; đánh lại từ đầu mỗi năm."),
        .may("validMonths", .integer(1...1_200), "Có giá trị mấy tháng", "Bỏ trống là không có hạn."),
        .must("deliveryWays", .list(.word(DeliveryWay.self)), "Cách trả", "Cách đầu tiên được chọn sẵn.")
    )

    static let registerField = PackSection(
        "registerField",
        "Cột của sổ kết quả",
        choices: [
            PackChoice(["answer", "filled"], remedy: "Mỗi cột lấy từ một trường: của tờ khai, hoặc của kết quả.")
        ],
        .must("id", .identifier, "Tên gọi trong gói"),
        .must("label", .text(60), "Tên cột"),
        .may("answer", .reference(.field), "Lấy từ tờ khai"),
        .may("filled", .reference(.resultField), "Lấy từ phần chuyên viên điền")
    )

    static let example = PackSection(
        "example",
        "Ví dụ kiểm thử",
        .must("name", .text(200), "Cho thấy điều gì"),
        .must("channel", .word(Channel.self), "Nộp qua kênh"),
        .must("receivedAt", .moment, "Tiếp nhận lúc", "Ngày này cũng là hôm nay của tờ khai và biểu thu."),
        .must("answers", .answers, "Câu trả lời"),
        .may("lengthening", .reference(.lengthening), "Được kéo dài thời hạn", "Ngày hẹn trả là ngày sau khi kéo dài."),
        .must("expect", .section(.expectation), "Phải ra")
    )

    static let expectation = PackSection(
        "expect",
        "Kết quả mong đợi",
        .may("fee", .integer(0...1_000_000_000_000), "Tổng phải nộp (đồng)"),
        .may("variant", .reference(.variant), "Là trường hợp"),
        .may("components", .list(.reference(.component)), "Giấy tờ phải có"),
        .may("dueAt", .moment, "Hẹn trả lúc"),
        .may("path", .list(.reference(.step)), "Đi qua các bước"),
        .may(
            "problems",
            .answers,
            "Câu báo lỗi",
            "Điền ô này thì ví dụ chỉ thử câu báo lỗi, các ô khác của mục này bỏ qua."
        )
    )
}
