// SPDX-License-Identifier: MIT
public import Figures

/// Pictures of a study in one grid, as a PNG file with its caption.
public struct PictureSheet: Sendable, Hashable {
  /// What stands below a column of the sheet: a generated sample's distances to the training samples.
  public struct Note: Sendable, Hashable {
    /// d1, two digits.
    public let distance: String
    /// d1 / d2, two digits.
    public let ratio: String
    /// Whether it passes the memorization test.
    public let isMemorized: Bool
  }

  /// The name of its files, without extension.
  public let name: String
  /// A few words in place of the picture.
  public let alternative: String
  /// What the sheet shows, below it.
  public let caption: MarkedText
  /// One per column, or none.
  public let notes: [Note]
  /// The file's bytes.
  public let png: [UInt8]
  /// Pixels of the file, from left to right.
  public let width: Int
  /// Pixels of the file, from top to bottom.
  public let height: Int

  /// The caption with the notes, without markup: what stands beside the file.
  public var text: String {
    guard !notes.isEmpty else { return caption.plain + "\n" }
    let lines = notes.enumerated().map { index, note in
      "\(index + 1): d1 = \(note.distance), d1/d2 = \(note.ratio)" + (note.isMemorized ? ", memorized" : "")
    }
    return ([caption.plain] + lines).joined(separator: "\n") + "\n"
  }
}
