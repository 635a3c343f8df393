// SPDX-License-Identifier: MIT
internal import CProcess
internal import Foundation

/// A program that is started, waited for, and heard: its words on both outputs are collected.
///
/// Not Foundation's `Process`: that one traps where descriptors run out, inherits what a parent ignores, and cannot be
/// ended by a signal to us. One child at a time.
public struct ChildProgram: Sendable {
  /// The program's file.
  public let path: String

  /// A program at a known place; nothing is looked for or started.
  public init(path: String) { self.path = path }

  /// How it ended.
  public struct Ending: Sendable {
    /// 0 is well; 128 and more: a signal ended it, as shells count.
    public let status: Int32
    /// What it said on both outputs, the first MiB.
    public let output: String
  }

  /// Why there is no ending.
  public enum Problem: Error, Equatable {
    /// It was killed, as `isCancelled` asked for, or by the interrupt that this process got.
    case interrupted
    /// In words.
    case notRun(String)
  }

  /// The program of that name on a search path (default: this process's PATH); folders are none.
  public static func find(_ name: String, searchPath: String? = nil) -> ChildProgram? {
    for folder in (searchPath ?? systemPath).split(separator: ":") {
      let path = URL(fileURLWithPath: String(folder)).appendingPathComponent(name).path
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(path, X_OK) == 0 else { continue }
      return ChildProgram(path: path)
    }
    return nil
  }

  /// This process's PATH; empty where there is none.
  public static var systemPath: String { getenv("PATH").map { String(cString: $0) } ?? "" }

  /// Runs it to its end in `folder` (default: this process's). Once `isCancelled` says so it is killed.
  public func run(
    _ arguments: [String], in folder: String? = nil, isCancelled: () -> Bool = { false }
  ) throws(Problem) -> Ending {
    if isCancelled() { throw .interrupted }
    let (child, pipe) = try start(arguments, folder)
    defer { close(pipe) }
    var (words, isOpen) = ([UInt8](), true)
    while vb_child_has_ended(child) == 0 {
      if isCancelled() { vb_child_kill() }
      if isOpen { isOpen = Self.collect(pipe, &words, milliseconds: 20) } else { usleep(1000) }
    }
    let code = vb_child_wait(child)
    // A grandchild may hold the pipe open: what is there, no more.
    for _ in 0..<16 where isOpen && Self.isReadable(pipe, milliseconds: 0) {
      isOpen = Self.collect(pipe, &words, milliseconds: 0)
    }
    if isCancelled() || code == -1 - SIGINT { throw .interrupted }
    if code == -1000 { throw .notRun("its end was not seen") }
    return Ending(status: code < 0 ? 127 - code : code, output: String(decoding: words, as: UTF8.self))
  }

  private func start(_ arguments: [String], _ folder: String?) throws(Problem) -> (pid_t, Int32) {
    let words = ([path] + arguments).map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var (child, pipe) = (pid_t(0), Int32(-1))
    let error = vb_child_start(path, words, folder, &child, &pipe)
    guard error == 0 else { throw .notRun("\(path) cannot be started: " + String(cString: strerror(error))) }
    return (child, pipe)
  }

  private static let mostWords = 1 << 20

  /// Takes what has come, waiting a little; false at the end. More than can be meant is dropped.
  private static func collect(_ pipe: Int32, _ words: inout [UInt8], milliseconds: Int32) -> Bool {
    guard isReadable(pipe, milliseconds: milliseconds) else { return true }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(pipe, &buffer, buffer.count)
    if count < 0 { return errno == EINTR }
    words += buffer.prefix(min(count, mostWords - words.count))
    return count > 0
  }

  private static func isReadable(_ pipe: Int32, milliseconds: Int32) -> Bool {
    var wait = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
    return poll(&wait, 1, milliseconds) > 0
  }
}
