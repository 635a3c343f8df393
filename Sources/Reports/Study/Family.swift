// SPDX-License-Identifier: MIT
internal import Experiments
internal import Foundation
internal import Memorization

/// The curves of one configuration over its seeds.
struct Family {
  /// The configuration, seeds set to zero.
  let configuration: Configuration
  var curves: [Curve]
  /// Ending of its figures' names; empty when the study has one family.
  var slug = ""
  /// What sets it apart from the other families, besides d, K and N.
  var distinction = ""

  var dimension: Int { configuration.data.dimension }
  var trueComponents: Int { configuration.data.trueComponents }
  var samples: Int { configuration.data.samples }
  var plotted: [Curve] { curves.filter { !$0.points.isEmpty } }
  var severalSeeds: Bool { plotted.count > 1 }

  /// `d = 30, K = 3, N = 50`, and what else sets it apart; marked up for figures.
  var name: String {
    "*d* = \(dimension), *K* = \(trueComponents), *N* = \(samples)" + (distinction.isEmpty ? "" : ", \(distinction)")
  }

  /// The largest capacity M / N of the plots, at least 1.
  var largestCapacity: Double { max(1, plotted.flatMap(\.points).map(\.position).max() ?? 1) }

  /// Groups records into families, both in a fixed order: by d, K, N, then the rest of the configuration.
  static func group(
    _ records: [RunRecord], transitions: [(configuration: Configuration, transition: Transition)]
  ) -> [Family] {
    let found = Dictionary(transitions.map { ($0.configuration, $0.transition) }, uniquingKeysWith: { $1 })
    let bySettings = Dictionary(records.map { ($0.settings, $0) }, uniquingKeysWith: { $1 })
    let byConfiguration = Dictionary(grouping: bySettings.values, by: \.settings.configuration)
    let curves = byConfiguration.map { Curve(configuration: $0, records: $1, transition: found[$0]) }
    let families = Dictionary(grouping: curves) { $0.configuration.withoutSeeds }
      .map { Family(configuration: $0, curves: named($1)) }
      .sorted { $0.configuration.order.lexicographicallyPrecedes($1.configuration.order, by: Order.precedes) }
    return distinguished(families)
  }

  /// Sorts curves by their seeds and names them by the seeds that vary.
  private static func named(_ curves: [Curve]) -> [Curve] {
    var curves = curves.sorted {
      ($0.configuration.data.dataSeed, $0.configuration.seed) < ($1.configuration.data.dataSeed, $1.configuration.seed)
    }
    let dataSeeds = Set(curves.map(\.configuration.data.dataSeed))
    let trainingSeeds = Set(curves.map(\.configuration.seed))
    // One training seed per data seed says nothing that the data seed does not.
    let onePerData = curves.count == dataSeeds.count
    for index in curves.indices {
      let (data, seed) = (curves[index].configuration.data.dataSeed, curves[index].configuration.seed)
      if onePerData || trainingSeeds.count == 1 {
        curves[index].seedName = "data seed \(data)"
      } else if dataSeeds.count == 1 {
        curves[index].seedName = "training seed \(seed)"
      } else {
        curves[index].seedName = "data seed \(data), training seed \(seed)"
      }
    }
    return curves
  }

  /// `variance 2, sampler heun`. What a family lacks is left unsaid, unless nothing would be said.
  private static func words(_ settings: FlatSettings, _ differing: [String]) -> String {
    let present = differing.compactMap { key in
      settings.values[key].map { value in
        var words = key.split(separator: ".").map(String.init)
        if ["data", "evaluation", "training"].contains(words[0]) { words.removeFirst() }
        return "\(words.joined(separator: " ")) \(number(value))"
      }
    }
    return present.isEmpty ? differing.map { "\($0) none" }.joined(separator: ", ") : present.joined(separator: ", ")
  }

  /// Six digits say as much as seventeen.
  private static func number(_ text: String) -> String {
    Int(text) == nil ? Double(text).map { NumberText.significant($0, 6) } ?? text : text
  }

  /// Gives each family its slug and names the settings, besides d, K and N, that differ between families.
  private static func distinguished(_ families: [Family]) -> [Family] {
    guard families.count > 1 else { return families }
    var families = families
    let flat = families.map { FlatSettings(of: $0.configuration) }
    let differing = FlatSettings.differing(flat).filter {
      !["data.dimension", "data.trueComponents", "data.samples"].contains($0)
    }
    var seen: [String: Int] = [:]
    for index in families.indices {
      let family = families[index]
      families[index].distinction = words(flat[index], differing)
      let base = "-d\(family.dimension)-k\(family.trueComponents)-n\(family.samples)"
      seen[base, default: 0] += 1
      families[index].slug = base + (seen[base] == 1 ? "" : "-\(seen[base] ?? 0)")
    }
    return families
  }
}

extension Configuration {
  /// What families are sorted by.
  fileprivate var order: [Order] {
    [.number(data.dimension), .number(data.trueComponents), .number(data.samples)]
      + FlatSettings(of: self).values.sorted { $0.key < $1.key }.flatMap { [.text($0.key), .text($0.value)] }
  }
}

private enum Order: Equatable {
  case number(Int)
  case text(String)

  static func precedes(_ first: Order, _ second: Order) -> Bool {
    switch (first, second) {
    case (.number(let first), .number(let second)): first < second
    case (.text(let first), .text(let second)):
      // Numbers inside texts sort as numbers.
      (Double(first).flatMap { first in Double(second).map { first < $0 } }) ?? (first < second)
    default: false
    }
  }
}
