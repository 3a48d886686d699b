// SPDX-License-Identifier: Apache-2.0

import Kernel
import Reporting

extension SevenFigures {
    /// "100 % giao dịch được xác thực điện tử (1.204 giao dịch)"; nil before the first one.
    var authenticationWord: String? {
        authenticatedPermille.map { permille in
            let share = permille % 10 == 0 ? "\(permille / 10) %" : "\(permille / 10),\(permille % 10) %"
            return "\(share) giao dịch được xác thực điện tử (\(String(grouped: Int(acts))) giao dịch)"
        }
    }
}
