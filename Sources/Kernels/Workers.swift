// SPDX-License-Identifier: MIT
internal import Dispatch

/// A fixed number of threads that share the indices of a loop.
///
/// The body of index i may write only what belongs to i; results are combined by the caller in the
/// order of the indices, so numbers never depend on the number of threads.
public final class Workers: Sendable {
  public let threads: Int
  /// One thread: the caller's.
  public static let serial = Workers(threads: 1)

  public init(threads: Int) {
    precondition(threads >= 1, "\(threads) threads")
    self.threads = threads
  }

  /// Calls `body` once for each index in 0..<count and returns when all calls have returned.
  public func run(_ count: Int, _ body: @Sendable (Int) -> Void) {
    if threads == 1 || count <= 1 {
      for index in 0..<count { body(index) }
    } else {
      DispatchQueue.concurrentPerform(iterations: count, execute: body)
    }
  }

  /// The results of `body`, in the order of the indices.
  public func map<Result: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
    let slots = Slots<Result>(count)
    run(count) { slots.set($0, body($0)) }
    return slots.values()
  }
}

/// Result slots, each written once by the worker that owns its index and read after all have ended.
private final class Slots<Result: Sendable>: @unchecked Sendable {
  private let storage: UnsafeMutablePointer<Result?>
  private let count: Int

  init(_ count: Int) {
    self.count = count
    storage = .allocate(capacity: max(count, 1))
    storage.initialize(repeating: nil, count: count)
  }

  deinit {
    storage.deinitialize(count: count)
    storage.deallocate()
  }

  func set(_ index: Int, _ value: Result) { storage[index] = value }
  func values() -> [Result] { (0..<count).map { storage[$0]! } }
}
