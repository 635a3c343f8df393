// SPDX-License-Identifier: MIT

/// A zip of npy arrays, as `numpy.savez` writes it, stored or deflated.
public enum NPZFile {
  /// The array named by `options`, or `arr_0`, or the only one, as pictures; labels are `arr_1`, if `arr_0` was read.
  ///
  /// Throws `PictureError`. Sample batches of guided-diffusion are such files: `arr_0` (N, H, W, C), `arr_1` (N).
  public static func read(
    _ path: String, options: PictureOptions = PictureOptions()
  ) throws(PictureError) -> PictureSet {
    let archive = try ZipArchive(path)
    let name = try name(in: archive, wanted: options.array)
    let array = try array(name, in: archive, limit: options.limit)
    var labels: [Int]?
    if name == "arr_0", has("arr_1", archive) {
      let numbers = try NPZFile.array("arr_1", in: archive, limit: options.limit)
      labels = try numbers.integers()
      guard numbers.count == array.shape[0] else {
        throw .malformed(path: numbers.path, problem: "it has \(numbers.count) labels for \(array.shape[0]) pictures")
      }
    }
    return try PictureSet(array: array, labels: labels, options: options)
  }

  /// One array by name, without its extension; throws `PictureError`.
  public static func array(
    _ name: String, of path: String, limit: Int = PictureOptions.standardLimit
  ) throws(PictureError) -> NPYArray {
    try array(name, in: ZipArchive(path), limit: limit)
  }

  private static func array(_ name: String, in archive: ZipArchive, limit: Int) throws(PictureError) -> NPYArray {
    guard let entry = archive.entries.first(where: { $0.name == "\(name).npy" }) else {
      throw absent(name, archive)
    }
    // An array may have a header before its bytes.
    let (sum, overflow) = limit.addingReportingOverflow(1 << 16)
    var stream = try archive.stream(entry, limit: overflow ? limit : sum)
    return try NPYArray(&stream, limit: limit)
  }

  private static func name(in archive: ZipArchive, wanted: String?) throws(PictureError) -> String {
    if let wanted { return wanted }
    let names = names(archive)
    if names.contains("arr_0") { return "arr_0" }
    guard names.count == 1 else { throw absent("arr_0", archive) }
    return names[0]
  }

  private static func has(_ name: String, _ archive: ZipArchive) -> Bool { names(archive).contains(name) }

  private static func names(_ archive: ZipArchive) -> [String] {
    archive.entries.map(\.name).filter { $0.hasSuffix(".npy") }.map { String($0.dropLast(4)) }
  }

  private static func absent(_ name: String, _ archive: ZipArchive) -> PictureError {
    let names = names(archive).prefix(20).joined(separator: ", ")
    let found = names.isEmpty ? "it has none" : "it has \(names)"
    return .malformed(path: archive.path, problem: "no array '\(name)' in it; \(found)")
  }
}
