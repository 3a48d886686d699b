// SPDX-License-Identifier: Apache-2.0

import CitizenSite
import Site

/// The citizens' page of signing in, drawn by their site.
enum SignInPages {
    static let screens = SignInScreens(
        citizen: { facts, frame in
            let method = SignInPage.Method(
                label: facts.isSignedIn ? "Đăng nhập bằng VNeID mức 2" : "Đăng nhập bằng VNeID",
                hint: "Cần tài khoản định danh mức độ 2 để nộp hồ sơ",
                action: facts.startAction
            )
            let model = SignInPage.Model(
                taskName: task(behind: facts.returnTo),
                returnTo: facts.returnTo,
                methods: [method],
                phoneHref: facts.phoneHref,
                failure: facts.failure
            )
            return SignInPage.html(model, in: frame)
        }
    )
}

extension SignInPages {
    /// Where the person goes on afterwards, in words; nil for the account page, which is no task.
    private static func task(behind path: String) -> String? {
        if path.hasPrefix("/thu-tuc/"), path.hasSuffix("/nop") || path.contains("/nop?") {
            return "Đăng nhập xong, cổng mở ngay hồ sơ bạn vừa bấm nộp."
        }
        if path.hasPrefix("/nop/") { return "Đăng nhập xong, cổng đưa bạn về hồ sơ đang làm dở." }
        if path.hasPrefix("/ho-so/") { return "Đăng nhập xong, cổng đưa bạn về hồ sơ đang xem." }
        return nil
    }
}
