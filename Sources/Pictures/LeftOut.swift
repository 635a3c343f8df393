// SPDX-License-Identifier: MIT
internal import Files

/// What lies in a source beside the pictures that were read: a verdict must say where nobody looked.
public struct LeftOut: Sendable, Hashable, Codable {
  /// Files that are no pictures, by kind: an extension such as "txt", "no extension", "hidden", "array", "special".
  public private(set) var kinds: [String: Int] = [:]
  /// Pictures of a format or under a name that is not read, archives and arrays among pictures, and entries that cannot be
  /// reached.
  public private(set) var unread = 0
  /// The first of `unread`, with the reason: "class (no such file or folder)".
  public private(set) var unreadNames: [String] = []
  /// The first of the others.
  public private(set) var names: [String] = []

  /// Names kept of each.
  public static let mostNames = 20

  /// Nothing was left out.
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

  /// A file that is not read as a picture: by its name or its first bytes it may hold some all the same.
  mutating func add(_ name: String, fileExtension: String, start: [UInt8]) {
    if let format = Self.format(start) {
      let isKnown = ["PNG", "JPEG"].contains(format)
      add(unread: name, reason: "\(format), not read\(isKnown ? " under this name" : "")")
    } else if Self.holders.contains(fileExtension) {
      add(unread: name, reason: "\(fileExtension), not read")
    } else {
      add(name, kind: fileExtension.isEmpty ? "no extension" : PrintableText.line(fileExtension))
    }
  }

  /// Extensions of pictures, archives and arrays that are not read where they lie.
  private static let holders: Set = [
    "webp", "gif", "bmp", "tif", "tiff", "heic", "heif", "avif", "jxl", "jp2", "j2k", "pbm", "pgm", "ppm", "pnm", "pam",
    "qoi", "psd", "exr", "ico", "svg", "dds", "tga", "jfif", "zip", "tar", "tgz", "gz", "bz2", "xz", "zst", "7z", "rar",
    "npy", "npz", "h5", "hdf5", "parquet", "tfrecord", "tfrecords", "pkl", "pt", "mdb", "lmdb",
  ]

  /// Bytes that `format` looks at.
  static let startLength = 16

  private typealias Mark = (name: String, offset: Int, bytes: [UInt8])

  private static func text(_ name: String, _ text: String, at offset: Int = 0) -> Mark {
    (name, offset, Array(text.utf8))
  }

  /// How pictures, archives and arrays begin.
  private static let marks: [Mark] = [
    text("GIF", "GIF8"), text("WebP", "WEBP", at: 8), text("JPEG XL", "JXL ", at: 4), ("JPEG XL", 0, [0xFF, 0x0A]),
    text("JPEG 2000", "jP  ", at: 4), ("JPEG 2000", 0, [0xFF, 0x4F, 0xFF, 0x51]), ("TIFF", 0, [0x49, 0x49, 0x2A, 0]),
    ("TIFF", 0, [0x4D, 0x4D, 0, 0x2A]), ("TIFF", 0, [0x49, 0x49, 0x2B, 0]), ("TIFF", 0, [0x4D, 0x4D, 0, 0x2B]),
    text("QOI", "qoif"), text("PSD", "8BPS"), ("EXR", 0, [0x76, 0x2F, 0x31, 0x01]), ("icon", 0, [0, 0, 1, 0]),
    text("DDS", "DDS "), text("zip", "PK\u{3}\u{4}"), ("gzip", 0, [0x1F, 0x8B]), text("bzip2", "BZh"),
    ("xz", 0, [0xFD, 0x37, 0x7A, 0x58, 0x5A]), ("Zstandard", 0, [0x28, 0xB5, 0x2F, 0xFD]),
    ("7z", 0, [0x37, 0x7A, 0xBC, 0xAF]), text("RAR", "Rar!"), ("npy", 0, [0x93] + Array("NUMPY".utf8)),
    ("HDF5", 0, [0x89] + Array("HDF".utf8)), text("Parquet", "PAR1"),
  ]
  private static let brands = ["avif", "avis", "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"]

  /// The format of a picture, an archive or an array that begins with these bytes; nil for everything else.
  private static func format(_ start: [UInt8]) -> String? {
    if DecodedPicture.isPNG(start) { return "PNG" }
    if DecodedPicture.isJPEG(start) { return "JPEG" }
    func has(_ mark: Mark) -> Bool { start.dropFirst(mark.offset).starts(with: mark.bytes) }
    if let mark = marks.first(where: has) { return mark.name }
    if has(text("", "ftyp", at: 4)), brands.contains(where: { has(text("", $0, at: 8)) }) { return "AVIF or HEIC" }
    // Bytes 6 to 9 of a bitmap are reserved.
    if has(text("", "BM")), start.count >= 14, start[6..<10].allSatisfy({ $0 == 0 }) { return "BMP" }
    let isNumbered = start.count >= 3 && (UInt8(ascii: "1")...UInt8(ascii: "7")).contains(start[1])
    return isNumbered && start[0] == UInt8(ascii: "P") && [9, 10, 13, 32].contains(start[2]) ? "PNM" : nil
  }
}
