// SPDX-License-Identifier: MIT

/// Damage to a file's bytes, of the kinds that disks, editors, merges and malice do.
enum Mutation {
  /// One to four changes.
  static func mutated(_ bytes: [UInt8], _ dice: inout Dice) -> [UInt8] {
    var bytes = bytes
    for _ in 0...dice.below(4) { bytes = once(bytes, &dice) }
    return bytes
  }

  private static func once(_ bytes: [UInt8], _ dice: inout Dice) -> [UInt8] {
    guard !bytes.isEmpty else { return (0..<dice.below(40)).map { _ in UInt8(dice.below(256)) } }
    var bytes = bytes
    let place = dice.below(bytes.count)
    let end = min(bytes.count, place + 1 + dice.below(dice.once(in: 3) ? 1000 : 12))
    switch dice.below(12) {
    case 0: bytes[place] ^= UInt8(1 << dice.below(8))
    case 1: for index in place..<end { bytes[index] = UInt8(dice.below(256)) }
    case 2: bytes.removeSubrange(place...)
    case 3: bytes.removeSubrange(place..<end)
    case 4: bytes.insert(contentsOf: bytes[place..<end], at: dice.below(bytes.count))
    case 5: for index in place..<end { bytes[index] = dice.once(in: 2) ? 0 : 0xFF }
    case 6: bytes.insert(contentsOf: (0..<dice.below(20)).map { _ in UInt8(dice.below(256)) }, at: place)
    case 7: bytes = lines(bytes, &dice)
    default: bytes = numbers(bytes, &dice)
    }
    return bytes
  }

  /// A line doubled, removed, moved, or emptied.
  private static func lines(_ bytes: [UInt8], _ dice: inout Dice) -> [UInt8] {
    let newline = UInt8(ascii: "\n")
    var lines = bytes.split(separator: newline, omittingEmptySubsequences: false)
    let (from, to) = (dice.below(lines.count), dice.below(lines.count))
    switch dice.below(4) {
    case 0: lines.insert(lines[from], at: to)
    case 1: lines.remove(at: from)
    case 2: lines.swapAt(from, to)
    default: lines[from] = []
    }
    return Array(lines.joined(separator: [newline]))
  }

  private static let words = [
    "0", "-1", "1", "2", "3", "-0", "nan", "inf", "-inf", "1e308", "-1e308", "1e-320", "4611686018427387904",
    "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551615",
    "99999999999999999999999", "2147483647", "2147483648", "4294967296", "0.3333333333333333", "", "null", "[]", "{}",
    "\"\"", "true", "1000000000", "0x10", "1_000", " ", "\u{1B}[31m", "\u{7}", "é",
  ]

  /// A number replaced by another word.
  private static func numbers(_ bytes: [UInt8], _ dice: inout Dice) -> [UInt8] {
    func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    func isPart(_ byte: UInt8) -> Bool { isDigit(byte) || [0x2B, 0x2D, 0x2E, 0x65].contains(byte) }
    let start = dice.below(bytes.count)
    guard let first = bytes[start...].firstIndex(where: isDigit) ?? bytes.firstIndex(where: isDigit) else {
      return bytes
    }
    var (low, high) = (first, first + 1)
    while low > 0, isPart(bytes[low - 1]) { low -= 1 }
    while high < bytes.count, isPart(bytes[high]) { high += 1 }
    var changed = bytes
    changed.replaceSubrange(low..<high, with: Array(dice.pick(words).utf8))
    return changed
  }
}
