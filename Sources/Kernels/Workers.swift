// SPDX-License-Identifier: MIT
internal import Foundation
internal import Synchronization

/// A fixed number of threads that share the indices of a loop.
///
/// The body of index i may write only what belongs to i; results are combined by the caller in the
/// order of the indices, so numbers never depend on the number of threads. The threads live as long as
/// the object: handing out a loop costs a few microseconds, which a training step of 100 can afford.
public final class Workers: Sendable {
  /// The caller's and those that were started: at least 1.
  public let threads: Int
  private let pool: Pool

  /// One thread: the caller's.
  public static let serial = Workers(threads: 1)

  /// Starts `threads - 1` threads, which end with the object; at least 1 thread.
  public init(threads: Int) {
    precondition(threads >= 1, "\(threads) threads")
    self.threads = threads
    pool = Pool()
    for _ in 1..<max(threads, 1) {
      Thread.detachNewThread { [pool] in pool.serve() }
    }
  }

  deinit { pool.close() }

  /// Calls `body` once for each index in 0..<count and returns when all calls have returned.
  /// A call from inside a body of the same object runs its loop on the calling thread.
  public func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    guard threads > 1, count > 1, pool.begin(Job(count: count, body: body)) else {
      for index in 0..<count { body(index) }
      return
    }
    pool.finish()
  }

  /// The results of `body`, in the order of the indices.
  public func map<Result: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> Result) -> [Result] {
    let slots = Slots<Result>(count)
    run(count) { slots.set($0, body($0)) }
    return slots.values()
  }
}

/// One loop: threads take the next index until none is left.
private final class Job: Sendable {
  let count: Int
  let body: @Sendable (Int) -> Void
  let next = Atomic<Int>(0)
  let finished = Atomic<Int>(0)

  init(count: Int, body: @escaping @Sendable (Int) -> Void) {
    self.count = count
    self.body = body
  }

  func work() {
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < count else { return }
      body(index)
      finished.wrappingAdd(1, ordering: .releasing)
    }
  }

  var isFinished: Bool { finished.load(ordering: .acquiring) == count }
}

/// The job board the threads of one `Workers` share. Unchecked: `job` and `closed` are guarded by `condition`.
private final class Pool: @unchecked Sendable {
  private let condition = NSCondition()
  private let generation = Atomic<Int>(0)
  private var job: Job?
  private var closed = false
  /// Looks at the board before sleeping: about 20 microseconds, less than a wake-up costs.
  private let spins = 20_000

  func serve() {
    var seen = 0
    while true {
      var looks = 0
      while looks < spins && generation.load(ordering: .relaxed) == seen { looks += 1 }
      condition.lock()
      while generation.load(ordering: .relaxed) == seen && !closed { condition.wait() }
      seen = generation.load(ordering: .relaxed)
      let current = job
      let stop = closed
      condition.unlock()
      if stop { return }
      current?.work()
    }
  }

  /// Puts a job on the board; false while another one is there.
  func begin(_ new: Job) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    guard job == nil else { return false }
    job = new
    generation.wrappingAdd(1, ordering: .relaxed)
    condition.broadcast()
    return true
  }

  /// Helps with the job on the board and returns when its last index is done.
  func finish() {
    condition.lock()
    let current = job
    condition.unlock()
    guard let current else { return }
    current.work()
    var looks = 0
    while !current.isFinished {
      looks += 1
      // Another thread still works on its last index; with more threads than processors it may need this one's.
      if looks > spins { sched_yield() }
    }
    condition.lock()
    job = nil
    condition.unlock()
  }

  func close() {
    condition.lock()
    closed = true
    condition.broadcast()
    condition.unlock()
  }
}

/// Result slots, each written once by the thread that owns its index and read after all have ended.
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
  func values() -> [Result] { (0..<count).compactMap { storage[$0] } }
}
