// SPDX-License-Identifier: Apache-2.0

import Hummingbird
public import Identity
import Kernel
public import Markup
import Web

/// The browsers in which a citizen is signed in; ending one, or all.
public struct DeviceHandlers: Sendable {
    /// What the page needs.
    public struct Facts: Sendable {
        /// This one first, then the one used last.
        public var devices: [SignedInDevice]
        /// Where one is ended, by POST with `phien`.
        public var action: String
        /// Where all are ended, by POST.
        public var endAction: String
        /// What just happened.
        public var flash: String?
        /// Back to the account.
        public var accountHref: String
    }

    private let handlers: SignInHandlers
    private let screen: @Sendable (Facts, PageFrame) -> HTML

    /// - Parameters:
    ///   - handlers: Know sessions.
    ///   - screen: The page.
    public init(handlers: SignInHandlers, screen: @escaping @Sendable (Facts, PageFrame) -> HTML) {
        (self.handlers, self.screen) = (handlers, screen)
    }

    /// Registers all of them.
    public func register(on routes: SiteRoutes) {
        routes.get(.devices, for: .citizen, rule: "own sessions") { [self] _, context in
            try await page(context)
        }
        routes.post(.devices, for: .citizen, rule: "own sessions") { [self] form, _, context in
            let wasThere = try await handlers.identity.endDevice(form["phien"] ?? "", by: context.actor)
            return .seeOther(SiteURL.devices.path([("bao", wasThere ? "da-dang-xuat" : "da-het")]))
        }
        routes.post(.devicesEnd, for: .citizen, rule: "own sessions") { [self] _, _, context in
            try await handlers.identity.signOutEverywhere(context.actor)
            return handlers.ended(.seeOther(SiteURL.signIn.path))
        }
    }

    private func page(_ context: CitizenContext) async throws -> Response {
        let facts = Facts(
            devices: try await handlers.identity.devices(of: context.actor),
            action: SiteURL.devices.path,
            endAction: SiteURL.devicesEnd.path,
            flash: Self.flash(context.query.text("bao")),
            accountHref: SiteURL.account.path
        )
        return .page(screen(facts, context.frame(pageCode: "C-13b", current: .account)))
    }

    private static func flash(_ word: String?) -> String? {
        switch word {
        case "da-dang-xuat": "Đã đăng xuất thiết bị đó."
        case "da-het": "Thiết bị đó đã đăng xuất từ trước."
        default: nil
        }
    }
}
