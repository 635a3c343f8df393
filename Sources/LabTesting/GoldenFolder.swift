// SPDX-License-Identifier: MIT
public import Foundation

/// A folder of golden files, laid out as in its README: `NAME.json` with a list of cases.
public struct GoldenFolder: Sendable {
  public let location: URL

  /// The folder named by the environment variable VERBATIM_GOLDEN, or else the committed one.
  public init(committed: URL?) throws {
    if let path = ProcessInfo.processInfo.environment["VERBATIM_GOLDEN"], !path.isEmpty {
      location = URL(fileURLWithPath: path, isDirectory: true)
    } else if let committed {
      location = committed
    } else {
      throw GoldenError("no golden files: VERBATIM_GOLDEN is not set and the committed folder was not found")
    }
  }

  /// The cases of a file; a missing, unreadable or empty file throws: golden tests never pass by absence.
  public func cases(_ name: String) throws -> [GoldenCase] {
    let file = location.appendingPathComponent(name + ".json")
    guard let data = try? Data(contentsOf: file) else { throw GoldenError("no golden file \(file.path)") }
    let root: GoldenValue
    do {
      root = try JSONDecoder().decode(GoldenValue.self, from: data)
    } catch {
      throw GoldenError("\(file.path): \(error)")
    }
    guard case .object(let members) = root, case .list(let list)? = members["cases"], !list.isEmpty else {
      throw GoldenError("\(file.path): no cases")
    }
    return try list.map { try GoldenCase(file: name, root: $0) }
  }
}
