// SPDX-License-Identifier: Apache-2.0

import Dossiers
import HTTPTypes
import Hummingbird
import Kernel
import Markup
import Web

/// What is said of a draft or dossier that lies under another choice of for whom one acts, or an authority that is
/// over: a page with the switch in its head and the way to a new paper, since both are what to do next.
enum HatRefusalPage {
    /// Nil for every other error, and for who wants no page.
    static func answer(to error: any Error, _ request: Request, _ context: PublicContext) -> Response? {
        guard let refusal = error as? DossierRefusal, refusal.concernsHat,
            request.headers[values: .accept].joined(separator: ",").contains("text/html")
        else { return nil }
        let model = FailurePage.Model(
            status: refusal.status,
            detail: refusal.publicDetail,
            ways: [
                NavigationItem("Làm thay người khác, doanh nghiệp", href: SiteURL.representations.path),
                NavigationItem("Hồ sơ của tôi", href: SiteURL.account.path),
            ]
        )
        let frame = context.frame(pageCode: "E-\(refusal.status)")
        return .page(FailurePage.html(model, in: frame), status: HTTPResponse.Status(code: refusal.status))
    }
}
