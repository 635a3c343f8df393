// SPDX-License-Identifier: MIT
import Foundation

/// A tiny set of pictures or points in one of the forms that `audit` reads.
struct SmallSet {
  enum Form: String, CaseIterable {
    case points, doubles, bytes, floats, gzip, npz, idx, idxGzip, zip, folder, classes, cifar
  }

  let form: Form
  let count: Int
  private let pixels: [UInt8]
  private let side = 4

  static func random(_ dice: inout Dice) -> SmallSet {
    let form = dice.pick(Form.allCases)
    let count = dice.within(4...9)
    let size = form == .cifar ? 3073 : 48
    return SmallSet(form: form, count: count, pixels: (0..<count * size).map { _ in UInt8(dice.below(256)) })
  }

  /// Of the file's name: empty for folders.
  var ending: String {
    switch form {
    case .points, .doubles, .bytes, .floats: ".npy"
    case .gzip: ".npy.gz"
    case .npz: ".npz"
    case .idx: ".idx"
    case .idxGzip: ".idx.gz"
    case .zip: ".zip"
    case .folder, .classes: ""
    case .cifar: ".bin"
    }
  }

  private var isFolder: Bool { form == .folder || form == .classes }

  func options(_ dice: inout Dice) -> [String] {
    guard dice.once(in: 4) else { return [] }
    return dice.pick([
      ["--shape", "4x4x3"], ["--range", "0..1"], ["--range", "0..255"], ["--layout", "NHWC"], ["--layout", "NCHW"],
      ["--shape", "6x8"], ["--neighbors", "2"], ["--max-ratio", "0.5"],
    ])
  }

  private func floats(_ scale: Float, wide: Bool) -> [UInt8] {
    pixels.prefix(count * 48).flatMap { value -> [UInt8] in
      let number = Float(value) * scale
      if !wide { return SmallFile.little(Int(number.bitPattern), 4) }
      return SmallFile.little(Int(truncatingIfNeeded: Double(number).bitPattern), 8)
    }
  }

  /// The bytes inside, before they are packed.
  private var array: [UInt8] {
    switch form {
    case .points: SmallFile.npy("<f4", [count, 48], floats(0.1, wide: false))
    case .doubles: SmallFile.npy("<f8", [count, 48], floats(0.1, wide: true))
    case .floats: SmallFile.npy("<f4", [count, 3, side, side], floats(1 / 255, wide: false))
    case .idx, .idxGzip: SmallFile.idx([count, 6, 8], pixels)
    case .cifar: (0..<count).flatMap { record($0) }
    default: SmallFile.npy("|u1", [count, side, side, 3], pixels)
    }
  }

  private func record(_ index: Int) -> [UInt8] {
    [UInt8(index % 10)] + Array(pixels[index * 3072..<(index + 1) * 3072])
  }

  private func packed(_ array: [UInt8]) -> [UInt8] {
    switch form {
    case .gzip, .idxGzip: SmallFile.gzip(array)
    case .npz: SmallFile.zip([("arr_0.npy", array)])
    case .zip: SmallFile.zip(pictures.map { ("\($0.offset % 2)/\($0.offset).png", $0.element) })
    default: array
    }
  }

  private var pictures: EnumeratedSequence<[[UInt8]]> {
    (0..<count).map {
      SmallFile.png(side, side, channels: 3, Array(pixels[$0 * 48..<($0 + 1) * 48]))
    }.enumerated()
  }

  func write(to folder: String, _ name: String) throws {
    guard isFolder else {
      try Data(packed(array)).write(to: URL(fileURLWithPath: "\(folder)/\(name)\(ending)"))
      return
    }
    for (index, png) in pictures {
      let place = form == .classes ? "\(name)/class \(index % 2)" : name
      try FileManager.default.createDirectory(atPath: "\(folder)/\(place)", withIntermediateDirectories: true)
      try Data(png).write(to: URL(fileURLWithPath: "\(folder)/\(place)/\(index).png"))
    }
  }

  /// Writes it with damage; returns how many pictures are named, where that is known.
  func writeDamaged(to folder: String, _ name: String, _ dice: inout Dice) throws -> Int? {
    if isFolder {
      try write(to: folder, name)
      return try PictureFolderDamage(folder: "\(folder)/\(name)", count: count, hasClasses: form == .classes)
        .damage(&dice)
    }
    // Inside, with checksums that are right, or outside.
    let bytes =
      dice.once(in: 2) ? packed(Mutation.mutated(array, &dice)) : Mutation.mutated(packed(array), &dice)
    try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)\(ending)"))
    return nil
  }
}
