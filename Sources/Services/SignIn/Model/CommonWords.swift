// SPDX-License-Identifier: Apache-2.0

/// Words of which passwords are made that everybody tries first. Written down by the project: keyboard rows, words of
/// the trade, names of places, teams and heroes; no list of stolen passwords.
enum CommonWords {
    /// Longer words first, so that what they hold is not left over.
    static let all: [String] = """
        administrator onetwothree chinhquyen chuyenvien dichvucong manchester qwertyuiop realmadrid asdfghjkl
        barcelona hochiminh iuemnhieu khongbiet kiengiang liverpool longxuyen qazwsxedc temporary anhnhoem
        anhyeuem baseball changeme chucmung computer congchuc emnhoanh emyeuanh facebook football haiphong
        hanhphuc iloveyou internet khongnho mothaiba passw0rd password princess sunshine superman tiepnhan
        whatever angiang banthan chaudoc chelsea chutich default deptrai doremon giadinh hethong hoabinh lanhdao
        letmein matkhau nhandan pikachu quantri rachgia ronaldo samsung testing tinhyeu trustno vietnam welcome
        xinhgai youtube zxcvbnm aabbcc abcabc abcdef access azerty batman cantho congan cuatoi danang dichvu
        dragon google hotich iphone master monkey motcua nammoi naruto qazwsx qwerty saigon secret shadow tuphap
        vanthu admin canbo guest hanoi hello login messi uyban world root temp test ubnd user zalo abc
        """
        .split(whereSeparator: \.isWhitespace).map(String.init)
}
