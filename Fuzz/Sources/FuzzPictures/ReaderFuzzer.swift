// SPDX-License-Identifier: MIT
import Foundation
import Pictures

/// Writes the fuzzer's bytes to files and reads them as pictures: anything but pictures or a `PictureError` is a finding.
///
/// The first byte chooses what the caller says about the file (`options`).
struct ReaderFuzzer {
  static let shared = ReaderFuzzer()
  private static let limit = 4 << 20
  private let form: Form
  private let folder: String

  private init() {
    let environment = ProcessInfo.processInfo.environment
    let name = environment["VERBATIM_FUZZ"] ?? ""
    guard let form = Form(rawValue: name) else {
      fatalError("VERBATIM_FUZZ is '\(name)'; allowed are \(Form.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self.form = form
    let parent = environment["VERBATIM_FUZZ_FOLDER"] ?? NSTemporaryDirectory()
    folder = "\(parent)/verbatim-fuzz-\(form)-\(ProcessInfo.processInfo.processIdentifier)"
    try? FileManager.default.createDirectory(atPath: "\(folder)/set", withIntermediateDirectories: true)
  }

  func run(_ bytes: [UInt8]) {
    guard let choice = bytes.first else { return }
    var options = Self.options(choice)
    let path = write(bytes, choice, &options)
    check(path, options)
  }

  /// One of each: range, layout, shape, array.
  private static func options(_ choice: UInt8) -> PictureOptions {
    let ranges: [ValueRange?] = [nil, .unit, .signed, .bytes]
    let layouts: [PictureLayout?] = [nil, .channelsFirst, .channelsLast, nil]
    let (gray, colour) = (PictureShape(height: 2, width: 2), PictureShape(height: 2, width: 2, channels: 3))
    let shapes: [PictureShape?] = [nil, nil, gray, colour]
    return PictureOptions(
      limit: limit, range: ranges[Int(choice & 3)], layout: layouts[Int(choice >> 2 & 3)],
      shape: shapes[Int(choice >> 4 & 3)], array: choice & 64 == 0 ? nil : "a")
  }

  /// The path to read.
  private func write(_ bytes: [UInt8], _ choice: UInt8, _ options: inout PictureOptions) -> String {
    let contents = Array(bytes.dropFirst())
    switch form {
    case .idx where choice & 128 != 0:
      // Labels beside the pictures: their length comes first.
      let length = Int(contents.first ?? 0)
      options.labels = put(Array(contents.dropFirst().prefix(length)), "labels")
      return put(Array(contents.dropFirst(1 + length)), "a")
    case .idx, .npy, .zip: return put(contents, "a")
    case .cifar: return put(contents, "a.bin")
    case .folder:
      put(Checksum.repaired(png: contents), "set/a.png")
      return "\(folder)/set"
    case .entries: return put(ZipWriter.zip(ZipWriter.entries(contents[...])), "a")
    }
  }

  @discardableResult
  private func put(_ bytes: [UInt8], _ name: String) -> String {
    let path = "\(folder)/\(name)"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    let written = descriptor < 0 ? -1 : Foundation.write(descriptor, bytes, bytes.count)
    if written != bytes.count { fatalError("cannot write \(path)") }
    close(descriptor)
    return path
  }

  /// What must hold of any file: pictures or an error of one line, and the same from the reader in memory and the store.
  private func check(_ path: String, _ options: PictureOptions) {
    let set = result { () throws(PictureError) in try PictureSet(reading: path, options: options) }
    let flat = "\(folder)/flat"
    let store = result { () throws(PictureError) in
      try PictureStore(reading: path, options: options, limit: options.limit, into: flat).set
    }
    if set != store { fatalError("in memory: \(set), as a store: \(store)") }
    switch set {
    case .success(let set):
      if set.count < 1 || set.pixels.count > Self.limit { fatalError("\(set.count) pictures of \(set.pixels.count)") }
      unlink(flat)
    case .failure(let error):
      let line = "\(error)"
      if line.isEmpty || line.contains("\n") { fatalError("an error of several lines: \(line)") }
      if access(flat, F_OK) == 0 { fatalError("a file is left after an error") }
    }
  }

  private func result(_ read: () throws(PictureError) -> PictureSet) -> Result<PictureSet, PictureError> {
    Result { () throws(PictureError) in try read() }
  }
}

/// libFuzzer's entry.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  ReaderFuzzer.shared.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}
