// SPDX-License-Identifier: MIT

/// The data law.
extension StudyKeys {
  static let data: [StudyKey] = [
    images.key, dimension.key, trueComponents.key, samples.key, variance.key, componentRatio.key, duplicates.key,
    dataSeed.key, heldOutSamples.key,
  ]

  /// Section 4.2 of the paper.
  public static let images: TypedStudyKey<ImageSettings> = .one(
    "images", .images, .absent("none"), field: .init(optional: \.data.images), hasColumn: false,
    "Coloured pictures in place of isotropic clusters.")

  /// d.
  public static let dimension: TypedStudyKey<[Int]> = .axis(
    "dimension", short: "d", symbol: "d", .whole(StudyBounds.dimension), .from("30") { $0.images?.dimension ?? 30 },
    field: .init(\.data.dimension), "Data dimension d."
  ).with { key in
    key.agree = { settings, _ throws(StudyError) in
      guard let images = settings.images else { return }
      for (index, dimension) in (settings.dimension ?? []).enumerated() where dimension != images.dimension {
        throw settings.refused(
          "dimension", part: "[\(index)]", value: "\(dimension)", "is not that of the pictures",
          allowed: "left out, or \(images.dimension)")
      }
    }
  }

  /// Means uniform on the sphere of radius sqrt(d).
  public static let trueComponents: TypedStudyKey<[Int]> = .axis(
    "trueComponents", short: "K", symbol: "K", .whole(StudyBounds.trueComponents), .value(3),
    field: .init(\.data.trueComponents), "Components K of the data law.")

  /// N.
  public static let samples: TypedStudyKey<[Int]> = .axis(
    "samples", short: "N", symbol: "N", .whole(StudyBounds.samples), .value(50), field: .init(\.data.samples),
    "Training samples N.")

  /// sigma_*^2.
  public static let variance: TypedStudyKey<[Double]> = .axis(
    "variance", symbol: "sigma_*^2", .scale, .value(1, "1"), field: .init(\.data.variance),
    "Variance sigma_*^2 of the data law's components (default: 1).")

  /// w_k proportional to ratio^k.
  public static let componentRatio: TypedStudyKey<[Double]> = .axis(
    "componentRatio", .number(StudyBounds.componentRatio, allowed: "a number above 0, at most 1"), .value(1, "1"),
    field: .init(\.data.componentRatio), "Weight of each component divided by that of the one before it (default: 1)."
  ).with { $0.agree = withoutImages("componentRatio", 1) { $0.componentRatio } }

  /// Copies replace samples: N stays as it is.
  public static let duplicates: TypedStudyKey<[Double]> = .axis(
    "duplicates", .number(StudyBounds.duplicates, allowed: "a number from 0 to 0.5"), .value(0, "0"),
    field: .init(\.data.duplicates), "Share of the samples that are copies of others (default: 0)."
  ).with { $0.agree = withoutImages("duplicates", 0) { $0.duplicates } }

  /// The same as `seed` unless it is named.
  public static let dataSeed: TypedStudyKey<[UInt64]> = .axis(
    "dataSeed", .seed, .absent("seed"), field: .init(\.data.dataSeed), word: "seed",
    "Seed of means, labels and samples (default: the seed).")

  /// Of the data law, never trained on.
  public static let heldOutSamples: TypedStudyKey<Int> = .one(
    "heldOutSamples", .whole(StudyBounds.heldOutSamples), .value(2000), field: .init(\.data.heldOutSamples),
    hasColumn: false, "Further samples of the same law, for the test loss and the null of the ratio.")

  /// Pictures have equal weights and no copies.
  private static func withoutImages(
    _ name: String, _ only: Double, _ values: @escaping @Sendable (StudySettings) -> [Double]?
  ) -> @Sendable (StudySettings, ModelFamilies) throws(StudyError) -> Void {
    { settings, _ throws(StudyError) in
      let values = values(settings) ?? []
      guard settings.images != nil, let index = values.firstIndex(where: { $0 != only }) else { return }
      throw settings.refused(
        name, part: "[\(index)]", value: "\(values[index])", "cannot be combined with images", allowed: "\(Int(only))")
    }
  }
}
