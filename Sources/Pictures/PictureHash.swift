// SPDX-License-Identifier: MIT

/// SHA-256 of the values of a set, for the provenance of reports.
public enum PictureHash {
  /// 64 hexadecimal digits of the pieces' concatenation.
  public static func hex(_ pieces: [[UInt8]]) -> String { SHA256Digest.hex(pieces) }
}
