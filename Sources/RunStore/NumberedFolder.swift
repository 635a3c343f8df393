// SPDX-License-Identifier: MIT
public import Files
public import Experiments
internal import Foundation

/// Run folders of commands that were not told where to write: `00012-isotropic-d50-k12-n200`.
public enum NumberedFolder {
  /// Creates `parent` and in it a folder whose number follows the largest one there; returns its path.
  ///
  /// The parent is locked meanwhile, so that two processes never get the same number.
  public static func create(in parent: String, label: String) throws(StoreError) -> String {
    try Folder.create(parent)
    let lock = try OpenFile(parent, O_RDONLY | O_DIRECTORY, action: "lock")
    _ = try lock.lock(waiting: true)
    let next = (try Folder.names(in: parent).compactMap(number).max() ?? -1) + 1
    let path = "\(parent)/\(padded(next))-\(label)"
    guard mkdir(path, 0o777) == 0 else { throw .system(action: "create", path: path, code: errno) }
    return path
  }

  /// `isotropic-d50-k12-n200`.
  public static func label(_ data: DataSettings) -> String {
    "isotropic-d\(data.dimension)-k\(data.trueComponents)-n\(data.samples)"
  }

  /// The number of a name of five or more digits and a hyphen.
  private static func number(_ name: String) -> Int? {
    let digits = name.prefix { $0.isASCII && $0.isNumber }
    guard digits.count >= 5, name.dropFirst(digits.count).hasPrefix("-") else { return nil }
    return Int(digits)
  }

  private static func padded(_ number: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
  }
}
