// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Storage

// What stands in a column by its raw value.
extension Channel: ColumnValue {}
extension DeliveryWay: ColumnValue {}
extension Regime: ColumnValue {}
extension ObligationSubstate: ColumnValue {}
extension Decision: ColumnValue {}
extension WorkQueue: ColumnValue {}
extension DossierFile.State: ColumnValue {}
