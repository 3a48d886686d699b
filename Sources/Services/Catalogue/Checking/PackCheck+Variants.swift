// SPDX-License-Identifier: Apache-2.0

extension PackCheck {
    /// Cases have names of their own and ask for fields that exist; that each can come about, examples show.
    func checkVariants() {
        checkUnique(pack.variants.map { ($0.id, $0.place) }, "Trường hợp")
        let known = ConditionScope(pack.form?.fields ?? [])
        for variant in pack.variants { check(variant.own, in: known) }
        for example in pack.examples {
            guard let id = example.expect.variant, pack.variant(id: id) == nil else { continue }
            let near = EditDistance.nearest(to: id, in: pack.variants.map(\.id))
            out.error(
                .unknownReference,
                at: example.place,
                "Không có trường hợp “\(id)”.",
                remedy: near.map { "Có phải là “\($0)”?" } ?? "Dùng id của một mục trong variants."
            )
        }
    }

    /// A case that no example makes has a promise that nobody ever saw.
    func checkVariantsAreShown(_ shown: Set<String>) {
        for variant in pack.variants where !shown.contains(variant.id) {
            out.error(
                .exampleMissing,
                at: variant.place,
                "Không ví dụ nào rơi vào trường hợp “\(variant.id)”.",
                remedy: "Thêm một ví dụ của trường hợp này, hoặc sửa điều kiện when."
            )
        }
    }
}
