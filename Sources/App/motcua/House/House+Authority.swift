// SPDX-License-Identifier: Apache-2.0

import Kernel
import Organisation

extension House {
    /// The name at the head of every page, asked for each of them: as configured, else that of the highest agency in
    /// memory, so that a province is named as soon as its first agency stands.
    var authorityName: @Sendable () -> String {
        let (given, organisation, clock) = (settings.authorityName, organisation, clock)
        return { given ?? organisation.lastSnapshot?.authorityName(on: clock.today) ?? "Chính quyền địa phương" }
    }
}
