// SPDX-License-Identifier: MIT
internal import Files

/// What lies in a source beside the pictures that were read: a verdict must say where nobody looked.
public struct LeftOut: Sendable, Hashable, Codable {
  /// Files that are no pictures, by kind: an extension such as "txt", "no extension", "hidden", "array", "special".
  public private(set) var kinds: [String: Int] = [:]
  /// Pictures of a format or under a name that is not read, and entries that cannot be reached.
  public private(set) var unread = 0
  /// The first of `unread`, with the reason: "class (no such file or folder)".
  public private(set) var unreadNames: [String] = []
  /// The first of the others.
  public private(set) var names: [String] = []

  /// Names kept of each.
  public static let mostNames = 20

  public init() {}

  /// All of them.
  public var count: Int { kinds.values.reduce(unread, +) }

  mutating func add(_ name: String, kind: String) {
    kinds[kind, default: 0] += 1
    if names.count < Self.mostNames { names.append(name) }
  }

  mutating func add(unread name: String, reason: String) {
    unread += 1
    if unreadNames.count < Self.mostNames { unreadNames.append("\(name) (\(reason))") }
  }

  /// A file that is not read as a picture: by its first bytes it may be one all the same.
  mutating func add(_ name: String, fileExtension: String, start: [UInt8]) {
    if let format = Self.format(start) {
      add(unread: name, reason: "\(format), not read\(Self.known.contains(format) ? " under this name" : "")")
    } else {
      add(name, kind: fileExtension.isEmpty ? "no extension" : PrintableText.line(fileExtension))
    }
  }

  private static let known: Set = ["PNG", "JPEG"]

  /// Bytes that `format` looks at.
  static let startLength = 16

  /// The format of a picture that begins with these bytes; nil for everything else.
  private static func format(_ start: [UInt8]) -> String? {
    func has(_ text: String, at offset: Int = 0) -> Bool { start.dropFirst(offset).starts(with: Array(text.utf8)) }
    if DecodedPicture.isPNG(start) { return "PNG" }
    if DecodedPicture.isJPEG(start) { return "JPEG" }
    if has("GIF8") { return "GIF" }
    if has("RIFF") && has("WEBP", at: 8) { return "WebP" }
    if start.starts(with: [0x49, 0x49, 0x2A, 0]) || start.starts(with: [0x4D, 0x4D, 0, 0x2A]) { return "TIFF" }
    // Bytes 6 to 9 of a bitmap are reserved, its pixels begin behind headers of 26 to 138 bytes.
    if has("BM"), start.count >= 14, start[6..<10].allSatisfy({ $0 == 0 }), (26...138).contains(start[10]) {
      return "BMP"
    }
    if has("ftyp", at: 4), ["avif", "avis", "heic", "heix", "mif1", "msf1"].contains(where: { has($0, at: 8) }) {
      return "AVIF or HEIC"
    }
    if start.starts(with: [0xFF, 0x0A]) || has("JXL ", at: 4) { return "JPEG XL" }
    if has("jP  ", at: 4) { return "JPEG 2000" }
    if has("P"), start.count >= 3, (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(start[1]),
      [10, 13, 32].contains(start[2])
    {
      return "PNM"
    }
    return nil
  }
}
