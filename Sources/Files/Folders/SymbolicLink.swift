// SPDX-License-Identifier: MIT
internal import Foundation

/// Links that name another path.
enum SymbolicLink {
  /// Where the link at a path leads, one step; nil if no link stands there.
  static func target(of path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &buffer, buffer.count)
    guard count > 0 else { return nil }
    let link = String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return link.hasPrefix("/") ? link : "\(Folder.parent(of: path))/\(link)"
  }
}
