// SPDX-License-Identifier: MIT
internal import Files

/// A short name for a list of words: equal for equal lists.
public enum AuditKey {
  /// 32 hexadecimal digits.
  public static func hex(_ words: [String]) -> String {
    String(SHA256.hex(words.map { Array($0.utf8) + [0] }).prefix(32))
  }
}
