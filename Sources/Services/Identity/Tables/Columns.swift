// SPDX-License-Identifier: Apache-2.0

public import Storage

// What stands in a column by its raw value.
extension Actor.Kind: ColumnValue {}
extension AuthenticationMethod: ColumnValue {}
extension SessionDoor: ColumnValue {}
