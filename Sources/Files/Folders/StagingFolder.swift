// SPDX-License-Identifier: MIT
internal import Foundation

/// A private folder inside another one: files are made in it, then take their places one by one, each as a whole.
///
/// For files that another program writes, which may be killed in the middle. It goes with the value; what a killed process
/// left of it is removed by `AtomicFile.removeLeftovers`.
package struct StagingFolder: ~Copyable {
  package let path: String
  private let folder: String

  package init(in folder: String, for name: String) throws(StoreError) {
    self.folder = folder
    path = AtomicFile.temporaryPath(for: "\(folder)/\(name)")
    try Folder.create(path)
  }

  /// Flushes files of the private folder to the disk and renames them into the other one.
  package func move(_ names: [String]) throws(StoreError) {
    for name in names {
      try OpenFile("\(path)/\(name)", O_RDONLY, action: "read").synchronize()
      let target = "\(folder)/\(name)"
      if rename("\(path)/\(name)", target) != 0 { throw .system(action: "write", path: target, code: errno) }
    }
    try Folder.synchronize(folder)
  }

  deinit { Folder.remove(path) }
}
