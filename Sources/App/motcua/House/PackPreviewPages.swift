// SPDX-License-Identifier: Apache-2.0

import AdminSite
import CitizenSite
import DeskSite
import Dossiers

extension House {
    /// Pages of other sites for the procedure builder, drawn from a draft.
    var packPreviews: PackPreviews {
        let dossiers = dossiers
        return PackPreviews(
            procedure: { pack, day, frame in PackPreview.procedurePage(pack, on: day, in: frame) },
            form: { pack, trial, frame in
                PackPreview.formPage(
                    pack,
                    page: trial.page,
                    typed: trial.typed,
                    example: trial.example,
                    on: trial.day,
                    action: trial.action,
                    in: frame
                )
            },
            work: { pack, href, frame in CasePreview.html(pack, href: href, in: frame) },
            result: { pack, example in try await dossiers.previewResult(of: pack, example: example) }
        )
    }
}
