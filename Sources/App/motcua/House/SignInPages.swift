// SPDX-License-Identifier: Apache-2.0

import CitizenSite
import DeskSite
import Site

/// The two pages of signing in, drawn by the sites of their audience.
enum SignInPages {
    static let screens = SignInScreens(
        citizen: { facts, frame in
            let method = SignInPage.Method(
                label: "Đăng nhập bằng VNeID",
                hint: "Cần tài khoản định danh mức độ 2 để nộp hồ sơ",
                action: facts.startAction
            )
            let model = SignInPage.Model(
                returnTo: facts.returnTo,
                methods: [method],
                failure: facts.failure.map(citizenFailure)
            )
            return SignInPage.html(model, in: frame)
        },
        officer: { facts, frame in
            let model = OfficerSignInPage.Model(
                action: facts.action,
                returnTo: facts.returnTo,
                login: facts.name,
                failure: facts.failure.map(officerFailure)
            )
            return OfficerSignInPage.html(model, in: frame)
        }
    )
}

extension SignInPages {
    private static func citizenFailure(_ failure: SignInFailure) -> SignInPage.Failure {
        switch failure {
        case .cancelled: .cancelled
        case .levelTooLow: .levelTooLow
        case .locked(let minutes): .locked(minutes: minutes)
        case .expired: .expired
        case .sessionEnded: .sessionEnded
        case .unavailable, .wrongPassword, .incomplete, .other: .unavailable
        }
    }

    private static func officerFailure(_ failure: SignInFailure) -> OfficerSignInPage.Failure {
        switch failure {
        case .locked(let minutes): .locked(minutes: minutes)
        case .sessionEnded, .expired: .sessionEnded
        case .cancelled, .levelTooLow, .unavailable, .wrongPassword, .incomplete, .other: .wrong
        }
    }
}
