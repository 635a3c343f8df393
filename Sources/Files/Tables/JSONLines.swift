// SPDX-License-Identifier: MIT
internal import Foundation

/// Files of one JSON value per line, appended and flushed one at a time.
///
/// A process killed while it appends leaves at most one torn line, and only at the end: readers skip it, `repair`
/// removes it. Every other line that cannot be read is an error: silence would lose a result.
public enum JSONLines {
  /// An unfinished last line.
  public struct Torn: Sendable, Hashable {
    /// Its number, from 1.
    public let line: Int
    /// Its bytes, which `repair` removes.
    public let bytes: Int
  }

  /// What a file holds.
  public struct Contents<Element> {
    /// One for each whole line, in their order.
    public let elements: [Element]
    /// What a killed process left of a last line; nil where all lines are whole.
    public let torn: Torn?
  }

  /// Appends a line and waits until it is on the disk; creates the file if need be.
  ///
  /// Throws `StoreError.system`; what was written of the line is then taken back.
  public static func append(_ element: some Encodable, to path: String) throws(StoreError) {
    let created = !Folder.exists(path)
    let file = try OpenFile(path, O_RDWR | O_APPEND | O_CREAT, action: "write")
    let size = try file.size()
    if let size, size > 0, try file.bytes(at: size - 1, count: 1) != [newline] {
      throw .corrupt(
        path: path, line: nil, problem: "ends in an incomplete line: open the run folder again, which repairs it")
    }
    do throws(StoreError) {
      try file.write(StoreJSON.encode(element) + [newline])
      try file.synchronize()
    } catch {
      if let size { try? file.truncate(to: size) }
      throw error
    }
    if created { try Folder.synchronize(Folder.parent(of: path)) }
  }

  /// All elements; a file that does not exist has none.
  ///
  /// `problem` says what is wrong with an element that can be read, nil if nothing is.
  /// Throws `StoreError.corrupt` with the line's number for any unreadable or wrong line but an unfinished last one.
  public static func read<Element: Decodable>(
    _ type: Element.Type, from path: String, problem: (Element) -> String? = { _ in nil }
  ) throws(StoreError) -> Contents<Element> {
    guard Folder.exists(path) else { return Contents(elements: [], torn: nil) }
    let lines = Lines(try OpenFile.read(path))
    var elements: [Element] = []
    func append(_ element: Element, _ line: Int) throws(StoreError) {
      if let problem = problem(element) { throw corrupt(path, line, problem) }
      elements.append(element)
    }
    for (index, line) in lines.complete.enumerated() where !isBlank(line) {
      let element: Element
      do throws(JSONProblem) {
        element = try StoreJSON.decode(type, from: Array(line))
      } catch {
        throw corrupt(path, index + 1, error.description)
      }
      try append(element, index + 1)
    }
    guard let tail = lines.tail else { return Contents(elements: elements, torn: nil) }
    // No beginning of a JSON object is a JSON object: if it can be read, only its newline is missing.
    if let last = try? StoreJSON.decode(type, from: Array(tail)) {
      try append(last, lines.complete.count + 1)
      return Contents(elements: elements, torn: nil)
    }
    return Contents(elements: elements, torn: Torn(line: lines.complete.count + 1, bytes: tail.count))
  }

  private static func corrupt(_ path: String, _ line: Int, _ problem: String) -> StoreError {
    .corrupt(path: path, line: line, problem: "\(problem); remove the line to run again what it recorded")
  }

  /// Ends the file with a complete line: cuts off a torn one, gives a whole one its newline. Returns what it cut off.
  ///
  /// Only for who holds the folder's lock: the line may be another process's, still being written.
  @discardableResult
  public static func repair<Element: Decodable>(
    _ type: Element.Type, at path: String
  ) throws(StoreError) -> Torn? {
    guard Folder.exists(path) else { return nil }
    let file = try OpenFile(path, O_RDWR | O_APPEND, action: "write")
    guard let size = try file.size() else { return nil }
    let lines = Lines(try file.bytes(at: 0, count: size))
    guard let tail = lines.tail else { return nil }
    if (try? StoreJSON.decode(type, from: Array(tail))) != nil {
      try file.write([newline])
      try file.synchronize()
      return nil
    }
    try file.truncate(to: size - tail.count)
    try file.synchronize()
    return Torn(line: lines.complete.count + 1, bytes: tail.count)
  }

  private static let newline = UInt8(ascii: "\n")

  private static func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
    line.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\t") }
  }

  /// The lines of a file: those that end in a newline, and what follows the last of them.
  private struct Lines {
    let complete: [ArraySlice<UInt8>]
    let tail: ArraySlice<UInt8>?

    init(_ bytes: [UInt8]) {
      let parts = bytes.split(separator: JSONLines.newline, omittingEmptySubsequences: false)
      complete = Array(parts.dropLast())
      tail = parts.last.flatMap { $0.isEmpty ? nil : $0 }
    }
  }
}
