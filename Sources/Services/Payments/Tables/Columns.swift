// SPDX-License-Identifier: Apache-2.0

public import Storage

// What stands in a column by its raw value.
extension ObligationState: ColumnValue {}
extension PaymentState: ColumnValue {}
extension RefundState: ColumnValue {}
