// SPDX-License-Identifier: MIT
internal import Denoisers
internal import Diffusion
public import Kernels
public import Memorization
public import Statistics
internal import Synchronization
internal import Training

/// What all capacities M of a configuration share: the data, the null of the ratio, the losses of the
/// denoisers that have no capacity (memorizing and generalizing).
public struct PreparedData: Sendable {
  /// Training and held-out samples, and what is known of their law.
  public let laboratory: any Laboratory
  /// Held-out samples through the memorization test.
  public let null: Estimate
  /// Losses of the memorizing and the generalizing denoiser; empty when losses are not asked for.
  public let references: [LossByTime]

  /// Draws the data (stream "data" of the data seed) and measures what does not depend on M.
  ///
  /// Throws what `DataSettings.laboratory` throws: a source of pictures that cannot be read.
  public init(_ configuration: Configuration, workers: Workers = .serial) throws {
    laboratory = try configuration.data.laboratory()
    null = MemorizationTest(criterion: configuration.evaluation.criterion)
      .ratio(of: laboratory.heldOut, training: laboratory.train, workers: workers)
    guard configuration.evaluation.losses else {
      references = []
      return
    }
    let losses = DenoiserLosses(configuration, laboratory: laboratory, workers: workers)
    references = losses.measure([
      (.memorizing, MemorizingDenoiser(samples: laboratory.train)), (.generalizing, laboratory.generalizing),
    ])
  }
}

/// Prepared data by what determines them; each is made once, by the first run that needs it.
final class PreparationCache: Sendable {
  private final class Slot: Sendable {
    let data = Mutex<PreparedData?>(nil)
  }

  private struct Slots {
    var entries: [Configuration: Slot] = [:]
    var order: [Configuration] = []
  }

  private let slots = Mutex(Slots())
  /// Runs of a few configurations are under way at a time; older data are made again if need be.
  private static let limit = 8

  func data(for configuration: Configuration, workers: Workers) throws -> PreparedData {
    // Training settings and seed change neither the data nor what is measured on them.
    var key = configuration
    key.seed = 0
    key.training = .paper()
    key.initialization = .paper
    // Whoever comes first makes the data; others that need the same wait, the rest go on.
    return try slot(key).data.withLock { data in
      if let data { return data }
      let made = try PreparedData(configuration, workers: workers)
      data = made
      return made
    }
  }

  private func slot(_ key: Configuration) -> Slot {
    slots.withLock { slots in
      if let found = slots.entries[key] { return found }
      let slot = Slot()
      slots.entries[key] = slot
      slots.order.append(key)
      if slots.order.count > Self.limit { slots.entries[slots.order.removeFirst()] = nil }
      return slot
    }
  }
}
