// SPDX-License-Identifier: Apache-2.0

public import Identity
import Kernel
public import Organisation

/// How pages say who looked.
public enum AccessWords {
    /// "Chuyên viên · Tư pháp - Hộ tịch · Ủy ban nhân dân xã An Phú"; what is no longer known is left out.
    public static func who(_ record: AccessRecord, in everybody: OrganisationSnapshot) -> String {
        [
            record.role?.vietnamese ?? "Cán bộ",
            everybody.unit(record.unit)?.name,
            everybody.agency(record.agency)?.name ?? record.agency.text,
        ].compactMap(\.self).joined(separator: " · ")
    }

    /// The officer's name; her login when she is not in the tables any more.
    public static func name(_ record: AccessRecord, in everybody: OrganisationSnapshot) -> String {
        everybody.officer(record.officer)?.fullName ?? record.officer.rawValue
    }
}
