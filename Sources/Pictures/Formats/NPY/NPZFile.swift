// SPDX-License-Identifier: MIT
internal import Files

/// A zip of npy arrays, as `numpy.savez` writes it, stored or deflated.
public enum NPZFile {
  /// The array named by `options`, or `arr_0`, or the only one, as pictures; labels are `arr_1`, if `arr_0` was read.
  ///
  /// Throws `PictureError`. Sample batches of guided-diffusion are such files: `arr_0` (N, H, W, C), `arr_1` (N).
  public static func read(
    _ path: String, options: PictureOptions = PictureOptions()
  ) throws(PictureError) -> PictureSet {
    try PictureSet { memory throws(PictureError) in try copy(ZipArchive(path), options: options, into: memory) }
  }

  static func copy(
    _ archive: ZipArchive, options: PictureOptions, into sink: some PictureSink
  ) throws(PictureError) -> PictureHeading {
    let name = try name(in: archive, wanted: options.array)
    var start = try stream(name, in: archive, limit: options.limit)
    let (path, header) = (start.path, try NPYHeader(&start))
    _ = try header.byteCount(limit: options.limit, path: path)
    let pixels = try NPYPixels(path: path, element: header.element, shape: header.shape, options: options)
    let labels = name == "arr_0" ? try labels(of: header.shape[0], in: archive, limit: options.limit) : nil
    var heading = try pixels.copy("npz", labels: labels, into: sink) { () throws(PictureError) -> ZipStream in
      var stream = try stream(name, in: archive, limit: options.limit)
      try NPYHeader.skip(&stream, expecting: header)
      return stream
    }
    let taken = ["\(name).npy"] + (labels == nil ? [] : ["arr_1.npy"])
    heading.leftOut = PictureArchive.leftOut(archive) { entry in
      taken.contains(entry.name) ? .taken : isSmall(entry, in: archive) ? .harmless("array") : .unknown
    }
    return heading
  }

  /// Whether an entry is an array of one or two axes: labels and statistics, no pictures.
  private static func isSmall(_ entry: ZipArchive.Entry, in archive: ZipArchive) -> Bool {
    guard entry.name.hasSuffix(".npy"), var stream = try? archive.stream(entry, limit: .max),
      let header = try? NPYHeader(&stream)
    else { return false }
    return header.shape.count <= 2
  }

  private static func labels(of count: Int, in archive: ZipArchive, limit: Int) throws(PictureError) -> [Int]? {
    guard has("arr_1", archive) else { return nil }
    // By the header first: a small file may promise terabytes of labels.
    var start = try stream("arr_1", in: archive, limit: limit)
    let (path, header) = (start.path, try NPYHeader(&start))
    try NPYArray.checkIntegers(header.element, header.shape, path: path)
    guard header.shape == [count] else {
      throw .malformed(path: path, problem: "it has \(header.shape[0]) labels for \(count) pictures")
    }
    return try array("arr_1", in: archive, limit: limit).integers()
  }

  /// One array by name, without its extension; throws `PictureError`.
  public static func array(
    _ name: String, of path: String, limit: Int = PictureOptions.standardLimit
  ) throws(PictureError) -> NPYArray {
    try array(name, in: ZipArchive(path), limit: limit)
  }

  private static func array(_ name: String, in archive: ZipArchive, limit: Int) throws(PictureError) -> NPYArray {
    var stream = try stream(name, in: archive, limit: limit)
    return try NPYArray(&stream, limit: limit)
  }

  private static func stream(_ name: String, in archive: ZipArchive, limit: Int) throws(PictureError) -> ZipStream {
    guard let entry = archive.entries.first(where: { $0.name == "\(name).npy" }) else {
      throw absent(name, archive)
    }
    // An array may have a header before its bytes.
    let (sum, overflow) = limit.addingReportingOverflow(1 << 16)
    return try archive.stream(entry, limit: overflow ? limit : sum)
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
