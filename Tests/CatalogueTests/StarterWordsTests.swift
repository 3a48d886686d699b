// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Testing

@Suite("What people say leads to the procedures of the starter catalogue")
struct StarterWordsTests {
    /// Code, name as published, and what people say for it.
    static let starters: [(code: String, name: String, said: [String])] = [
        ("1.001193", "Đăng ký khai sinh", ["làm giấy khai sinh cho con", "đẻ con"]),
        (
            "2.000986", "Liên thông đăng ký khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế cho trẻ dưới 6 tuổi",
            ["làm bảo hiểm cho bé", "bao hiem cho tre so sinh"]
        ),
        ("1.000894", "Đăng ký kết hôn", ["lấy chồng", "cưới"]),
        ("1.000656", "Đăng ký khai tử", ["báo tử", "bao tu"]),
        ("1.004884", "Đăng ký lại khai sinh", ["làm lại giấy khai sinh"]),
        ("1.004873", "Cấp Giấy xác nhận tình trạng hôn nhân", ["giấy độc thân", "xác nhận chưa vợ"]),
        ("2.000635", "Cấp bản sao trích lục hộ tịch", ["mất giấy khai sinh", "bản sao kết hôn"]),
        ("1.004859", "Thay đổi, cải chính, bổ sung thông tin hộ tịch", ["đổi tên cho con", "sai ngay sinh"]),
        ("1.004837", "Đăng ký giám hộ", ["nuôi cháu mồ côi"]),
        ("1.001022", "Đăng ký nhận cha, mẹ, con", ["con ngoài giá thú", "xét nghiệm adn"]),
        ("2.000815", "Chứng thực bản sao từ bản chính", ["sao y", "photo công chứng"]),
        ("2.000884", "Chứng thực chữ ký", ["xác nhận sơ yếu lý lịch", "công chứng giấy uỷ quyền"]),
        ("2.000913", "Chứng thực việc sửa đổi, bổ sung, hủy bỏ giao dịch", ["hủy hợp đồng", "hủy bỏ giao dịch"]),
        ("2.001016", "Chứng thực văn bản từ chối nhận di sản", ["không nhận thừa kế"]),
        ("2.000908", "Cấp bản sao từ sổ gốc", ["mất bằng tốt nghiệp"]),
        ("1.001612", "Đăng ký thành lập hộ kinh doanh", ["mở tiệm", "mở quán", "bán hàng"]),
        ("2.000720", "Đăng ký thay đổi nội dung đăng ký hộ kinh doanh", ["đổi tên tiệm", "sửa giấy phép kinh doanh"]),
        ("1.001266", "Chấm dứt hoạt động hộ kinh doanh", ["dẹp tiệm", "trả giấy phép kinh doanh"]),
        ("1.001570", "Tạm ngừng kinh doanh của hộ kinh doanh", ["tạm nghỉ bán"]),
        ("2.000575", "Cấp lại Giấy chứng nhận đăng ký hộ kinh doanh", ["mất giấy phép kinh doanh"]),
        ("1.004222", "Đăng ký thường trú", ["nhập hộ khẩu", "chuyển khẩu"]),
        ("1.004194", "Đăng ký tạm trú", ["thuê trọ", "KT3"]),
        ("1.010038", "Tách hộ", ["tách khẩu"]),
        ("1.002755", "Gia hạn tạm trú", ["gia hạn sổ tạm trú"]),
        ("1.003677", "Khai báo tạm vắng", ["đi vắng"]),
        ("2.000200", "Cấp thẻ căn cước cho người từ đủ 14 tuổi trở lên", ["làm CCCD", "chứng minh nhân dân"]),
        ("3.000333", "Cấp Phiếu lý lịch tư pháp", ["giấy không tiền án"]),
        ("3.000346", "Cấp giấy phép lái xe", ["bằng lái", "bang xe may"]),
        ("1.013225", "Cấp giấy phép xây dựng mới", ["xây nhà", "xin phép xây nhà"]),
        ("1.013227", "Gia hạn giấy phép xây dựng", ["gia hạn phép xây nhà"]),
        ("1.012756", "Đăng ký đất đai lần đầu", ["làm sổ đỏ", "sổ hồng"]),
        ("1.001776", "Trợ cấp xã hội hằng tháng", ["tiền trợ cấp"]),
        ("1.001699", "Xác định mức độ khuyết tật", ["giấy tàn tật"]),
        ("1.014027", "Trợ cấp hưu trí xã hội", ["tiền người già"]),
        ("1.011606", "Công nhận hộ nghèo, hộ cận nghèo hằng năm", ["sổ hộ nghèo"]),
        ("1.010803", "Giải quyết chế độ trợ cấp thờ cúng liệt sĩ", ["tiền thờ cúng"]),
        ("2.002481", "Chuyển trường đối với học sinh trung học cơ sở", ["đổi trường cho con"]),
        ("1.010824", "Hỗ trợ mai táng phí người có công", ["tiền đám tang"]),
    ]

    @Test("Every saying finds its procedure first, with and without marks")
    func first() throws {
        let words = try SearchWords.read(folder: "\(Repository.root)/resources")
        let listings = Self.starters.map { code, name, _ in
            ProcedureListing(
                code: code,
                name: name,
                summary: "",
                sector: Sector(code: nil, name: "Chung"),
                resultName: "",
                subjects: [.citizen],
                agencies: [],
                level: .four,
                scope: .full
            )
        }
        let search = ProcedureSearch(listings, words: words)
        for (code, name, said) in Self.starters {
            for saying in said + [name] {
                let found = search.search(saying).hits.first?.code
                #expect(found == code, "“\(saying)” gives \(found ?? "nothing"), not \(name)")
            }
        }
    }
}
