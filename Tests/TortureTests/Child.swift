// SPDX-License-Identifier: MIT
import Foundation

/// A process with its output in files, so that nobody has to drain it; whoever starts it asks how it ended.
struct Child {
  /// How it ended.
  enum Status: Hashable, CustomStringConvertible {
    case code(Int32)
    case signal(Int32)
    /// It had to be killed.
    case hung

    var description: String {
      switch self {
      case .code(let code): "exit \(code)"
      case .signal(let number): "signal \(number)"
      case .hung: "no end"
      }
    }
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let pid: pid_t
  let started = ContinuousClock.now

  /// Starts a program in a folder. `output` is where its two streams go: `PATH.out` and `PATH.err`.
  init(_ words: [String], in folder: String, output: String, environment: [String: String] = [:]) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    let write = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 1, output + ".out", write, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, output + ".err", write, 0o600)
    _ = changeFolder(&actions, folder)
    // What the test's own process has blocked or ignored is no part of the trial.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let surroundings = ProcessInfo.processInfo.environment
      .merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }.merging(environment) { $1 }
    var arguments = words.map { strdup($0) } + [nil]
    var variables = surroundings.map { strdup("\($0)=\($1)") } + [nil]
    defer { (arguments + variables).forEach { free($0) } }
    var pid = pid_t()
    let code = posix_spawnp(&pid, words[0], &actions, &attributes, &arguments, &variables)
    guard code == 0 else { throw Failure(description: "\(words[0]): \(String(cString: strerror(code)))") }
    self.pid = pid
  }

  /// Waits, and kills what takes longer than `limit` seconds.
  func end(within limit: Double) -> Status {
    let deadline = ContinuousClock.now + .seconds(limit)
    var pause: UInt32 = 200
    while ContinuousClock.now < deadline {
      if let status = ended() { return status }
      usleep(pause)
      pause = min(5000, pause + 100)
    }
    kill(pid, SIGKILL)
    var word: Int32 = 0
    waitpid(pid, &word, 0)
    return .hung
  }

  /// nil while it runs. Asked once more after that it knows nothing.
  func ended() -> Status? {
    var word: Int32 = 0
    guard waitpid(pid, &word, WNOHANG) == pid else { return nil }
    return Self.status(word)
  }

  func signal(_ number: Int32) { kill(pid, number) }

  private static func status(_ word: Int32) -> Status {
    word & 0x7F == 0 ? .code(word >> 8 & 0xFF) : .signal(word & 0x7F)
  }
}

/// Of glibc; Foundation's headers hide it.
@_silgen_name("posix_spawn_file_actions_addchdir_np")
private func changeFolder(_ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, _ path: UnsafePointer<CChar>)
  -> CInt
