// SPDX-License-Identifier: MIT
internal import Foundation

/// The `dataset.json` of a zip of pictures: `{"labels": [["00000/img00000000.png", 6], ..]}`, or null for no labels.
struct ArchiveLabels {
  private struct Contents: Decodable { let labels: [Pair]? }

  /// A file name and its class.
  private struct Pair: Decodable {
    let name: String
    let label: Int

    init(from decoder: any Decoder) throws {
      var values = try decoder.unkeyedContainer()
      (name, label) = (try values.decode(String.self), try values.decode(Int.self))
    }
  }

  /// The largest file to open for so many pictures: 1 KiB each and 1 MiB, up to 256 MiB.
  ///
  /// Decoded, labels take many times their bytes: a small zip must not claim gigabytes by them.
  static func fileLimit(pictures: Int) -> Int { min(256 << 20, 1 << 20 + min(pictures, 1 << 20) << 10) }

  private let path: String
  private var classes: [String: Int]?

  /// Throws `PictureError` for anything but names with whole numbers.
  init(_ bytes: [UInt8], path: String) throws(PictureError) {
    self.path = path
    let pairs: [Pair]?
    do {
      pairs = try JSONDecoder().decode(Contents.self, from: Data(bytes)).labels
    } catch {
      throw .malformed(
        path: path,
        problem: "not labels as EDM writes them: {\"labels\": [[\"name.png\", 6], ..]}, whole numbers or null")
    }
    classes = pairs.map { Dictionary($0.map { ($0.name, $0.label) }, uniquingKeysWith: { _, last in last }) }
  }

  /// One label per name; throws `PictureError` if one has none.
  func labels(of names: [String]) throws(PictureError) -> [Int]? {
    guard let classes else { return nil }
    var labels: [Int] = []
    for name in names {
      guard let label = classes[name] else { throw .malformed(path: path, problem: "it has no label for '\(name)'") }
      labels.append(label)
    }
    return labels
  }
}
