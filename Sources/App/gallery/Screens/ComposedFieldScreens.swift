// SPDX-License-Identifier: Apache-2.0

import CitizenSite
import Kernel
import Markup

/// Form pages whose questions hold others: money, ticks, a person, rows, an address by units, a paper.
enum ComposedFieldScreens {
    static let all = [
        ScreenState("to-khai", "o-ghep-trong") {
            FormPage.html(model(rows: 1, hasErrors: false, isFilled: false), in: $0)
        },
        ScreenState("to-khai", "o-ghep-co-loi", status: 422) {
            FormPage.html(model(rows: 2, hasErrors: true, isFilled: false), in: $0)
        },
        ScreenState("to-khai", "o-ghep-nhieu-dong") {
            FormPage.html(model(rows: 20, hasErrors: false, isFilled: true), in: $0)
        },
    ]

    private static func model(rows: Int, hasErrors: Bool, isFilled: Bool) -> FormPage.Model {
        FormPage.Model(
            procedureName: "Đăng ký thành lập hộ kinh doanh",
            title: "Hộ kinh doanh",
            placeWord: "Trang 3 trong 3",
            fields: singles(hasErrors: hasErrors, isFilled: isFilled) + [
                person(hasErrors: hasErrors, isFilled: isFilled),
                members(rows: rows, hasErrors: hasErrors, isFilled: isFilled),
                FieldPart(
                    "paper",
                    "Biên bản họp thành viên hộ gia đình",
                    hint: "Chụp đủ các trang",
                    error: hasErrors ? "Tệp không quá 25 MB" : nil,
                    paper(isFilled: isFilled)
                ),
            ],
            action: "/nop/abc/ho-kinh-doanh",
            key: Sample.key,
            version: 4,
            backHref: "/nop/abc"
        )
    }

    private static func paper(isFilled: Bool) -> FieldPart.Control {
        .paper(
            FieldPart.PaperBox(
                component: "meetingMinutes",
                files: isFilled
                    ? [.init(id: "1", name: "bien-ban-hop.pdf", sizeBytes: 812_000, openHref: "/nop/abc/tep/1")] : [],
                uploadAction: "/nop/abc/to-khai/ho-kinh-doanh/tep",
                mostFiles: 5
            )
        )
    }

    private static func singles(hasErrors: Bool, isFilled: Bool) -> [FieldPart] {
        var address = FieldPart(
            "home",
            "Trụ sở hộ kinh doanh",
            error: hasErrors ? "Chọn xã, phường, đặc khu của trụ sở hộ kinh doanh" : nil,
            .address(
                .init(
                    provinces: [.init("91", "Tỉnh An Giang")],
                    province: "91",
                    communes: [.init("30337", "Xã An Phú"), .init("30307", "Phường Long Xuyên")],
                    commune: isFilled ? "30337" : "",
                    street: isFilled ? "Số 12, ấp Trung" : ""
                )
            )
        )
        address.wrongBoxID = hasErrors ? "home.commune" : nil
        return [
            FieldPart(
                "capital",
                "Vốn kinh doanh",
                error: hasErrors ? "Vốn kinh doanh phải là số tiền bằng đồng, ví dụ 50.000.000" : nil,
                .money(
                    hasErrors ? "1,5 tỷ" : isFilled ? "50.000.000" : "",
                    words: isFilled ? "Năm mươi triệu đồng" : nil
                )
            ),
            FieldPart(
                "taxCode",
                "Mã số thuế",
                error: hasErrors
                    ? "Mã số thuế phải có 10 chữ số đúng số kiểm tra, chi nhánh thêm gạch nối và 3 chữ số" : nil,
                isOptional: true,
                .taxCode(hasErrors ? "0100109107" : "")
            ),
            FieldPart(
                "sales",
                "Bán hàng bằng cách nào",
                error: hasErrors ? "Chọn bán hàng bằng cách nào" : nil,
                .checkboxes(
                    [.init("shop", "Tại cửa hàng"), .init("online", "Trên mạng"), .init("market", "Ở chợ")],
                    chosen: isFilled ? ["shop", "market"] : []
                )
            ),
            address,
        ]
    }

    private static func person(hasErrors: Bool, isFilled: Bool) -> FieldPart {
        FieldPart(
            "spouse",
            "Vợ hoặc chồng của chủ hộ",
            .fields([
                FieldPart(
                    "spouse.fullName",
                    "Họ và tên của vợ hoặc chồng",
                    error: hasErrors ? "Nhập họ và tên của vợ hoặc chồng" : nil,
                    .text(isFilled ? "Trần Văn Đức" : "")
                ),
                FieldPart(
                    "spouse.birthDate",
                    "Ngày sinh của vợ hoặc chồng",
                    .date(isFilled ? .init(day: "1", month: "2", year: "1985") : .init())
                ),
            ])
        )
    }

    private static func members(rows: Int, hasErrors: Bool, isFilled: Bool) -> FieldPart {
        let drawn = (1...rows).map { number in
            FieldPart.Rows.Row(
                title: "Thành viên \(number)",
                fields: [
                    FieldPart(
                        "members.\(number).fullName",
                        "Họ và tên thành viên",
                        error: hasErrors && number == 2 ? "Thành viên thứ 2: Nhập họ và tên thành viên" : nil,
                        .text(isFilled ? "Lê Văn Hòa" : "")
                    ),
                    FieldPart(
                        "members.\(number).nationalID",
                        "Số định danh của thành viên",
                        .nationalID(isFilled ? "089 054 000 111" : "")
                    ),
                ]
            )
        }
        return FieldPart(
            "members",
            "Các thành viên cùng thành lập",
            hint: "Không kể chủ hộ kinh doanh",
            .rows(.init(rows: drawn, noun: "thành viên", canAdd: rows < 20, canRemove: rows > 1))
        )
    }
}
