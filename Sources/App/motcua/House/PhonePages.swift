// SPDX-License-Identifier: Apache-2.0

import CitizenSite
import Identity
import Kernel
import Markup
import SignIn
import Site

/// The pages of signing in by telephone and of devices, drawn by the citizens' site.
enum PhonePages {
    static let screens = PhoneScreens(
        number: { facts, frame in
            let model = PhoneSignInPage.NumberModel(
                action: facts.action,
                returnTo: facts.returnTo,
                phone: facts.phone,
                lastDigits: facts.lastDigits,
                failure: facts.failure.map(failure),
                otherHref: facts.otherHref
            )
            return PhoneSignInPage.number(model, in: frame)
        },
        code: { facts, frame in
            let model = PhoneSignInPage.CodeModel(
                action: facts.action,
                failure: facts.failure.map(failure),
                againHref: facts.againHref,
                otherHref: facts.otherHref
            )
            return PhoneSignInPage.code(model, in: frame)
        }
    )

    private static func failure(_ error: PhoneSignInError) -> PhoneSignInPage.Failure {
        let words = error.publicDetail ?? ""
        return switch error {
        case .phoneMalformed: .phone(words)
        case .digitsMalformed: .lastDigits(words)
        case .codeMalformed, .codeWrong: .code(words)
        case .tooMany, .codeSpent, .codeGone, .shared: .over(words)
        }
    }

    static let devices: @Sendable (DeviceHandlers.Facts, PageFrame) -> HTML = { facts, frame in
        let lines = facts.devices.map { device in
            DevicesPage.Line(
                handle: device.handle,
                words: device.words ?? "Thiết bị không rõ tên",
                wayWord: device.authentication == .phoneOTP ? "mã gửi đến điện thoại" : "VNeID",
                startedAt: device.startedAt,
                seenAt: device.seenAt,
                isThis: device.isThis
            )
        }
        let model = DevicesPage.Model(
            lines: lines,
            action: facts.action,
            endAction: facts.endAction,
            flash: facts.flash,
            accountHref: facts.accountHref
        )
        return DevicesPage.html(model, in: frame)
    }
}
