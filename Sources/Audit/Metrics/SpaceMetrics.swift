// SPDX-License-Identifier: MIT
internal import Kernels
internal import Neighbors
internal import Statistics

/// Every row of the table of metrics for one space. Definitions and sources: Documentation/Audit.md.
struct SpaceMetrics {
  let space: AuditSpace
  let neighbors: SpaceNeighbors
  let settings: AuditSettings
  let samples: [AuditSample]
  let holdout: [AuditSample]?
  let background: [AuditSample]
  /// Of the training set; nil where too little of it is known.
  let dimension: IntrinsicDimension?

  init(
    space: AuditSpace, neighbors: SpaceNeighbors, settings: AuditSettings, samples: [AuditSample],
    holdout: [AuditSample]?, background: [AuditSample]
  ) {
    (self.space, self.neighbors, self.settings) = (space, neighbors, settings)
    (self.samples, self.holdout, self.background) = (samples, holdout, background)
    let rows = neighbors.background.map { neighbors.train.neighbors($0).map(\.distance) }
    dimension = IntrinsicDimension(rows, settings: settings)
  }

  var all: [AuditMetric] {
    [duplicateAwareRatio, ratio, exactCopies, carlini] + tiled + eidetic + similarity + [authenticity]
      + [dataCopying, closerToTrain, medianDistance].compactMap { $0 } + [backgroundRatio]
      + [intrinsicDimension].compactMap { $0 }
  }

  // MARK: Shares of samples that pass a test of their distances

  /// The ratio that decides: copies of duplicated training points count too.
  var duplicateAwareRatio: AuditMetric {
    copyingShare(
      "duplicate-aware-ratio",
      "share of samples that copy a training item however often it occurs: equal to it, or with the nearest j training points "
        + "less than \(criterionText) as far as the next one, j up to \(settings.mostCopies); \(blindness)", aware: true
    ) { $0.isCopy }
  }

  private var ratio: AuditMetric {
    copyingShare(
      "memorization-ratio",
      "share of samples with d1 < \(criterionText) d2 (Yoon 2023, Gu 2023, Bonnaire 2025, Buchanan 2025); misses copies of "
        + "duplicated training points, for which d1 ~ d2; \(blindness)"
    ) { $0.isMemorized }
  }

  /// A share with its null: the same share of held-out points, or else criterion^m.
  private func copyingShare(
    _ name: String, _ note: String, aware: Bool = false, _ test: (AuditSample) -> Bool
  ) -> AuditMetric {
    if holdout != nil { return share(name, note, decides: true, test) }
    let own = interval(background.count(where: test), background.count)
    guard let null = dimension?.null(settings, aware: aware, background: own.high) else {
      return share(name, note, decides: true, test)
    }
    let k = samples.count(where: test)
    let estimate = interval(k, samples.count)
    // Both ends are taken against the end of the null that favours neither side.
    let excess = Difference(
      value: estimate.value - null.value, low: estimate.low - (null.high ?? null.value),
      high: estimate.high - (null.low ?? null.value))
    return AuditMetric(
      name, space: space.name, value: estimate.value, low: estimate.low, high: estimate.high, n: samples.count,
      null: null, excess: excess,
      pValue: Binomial.atLeast(k, of: samples.count, probability: null.high ?? null.value),
      limitPValue: ExcessTest.pValue(
        k, of: samples.count, null: null.high ?? null.value, limit: settings.maxRatio),
      confidence: settings.confidence, note: note)
  }

  private var exactCopies: AuditMetric {
    share("exact-copies", "share of samples equal to a training point in every value") { $0.d1 == 0 }
  }

  private var carlini: AuditMetric {
    share(
      "carlini-l2",
      "share of samples with l2 below \(text(settings.carliniAlpha * settings.carliniThreshold)) of the mean l2 to their "
        + "\(neighbors.generated.count) nearest training points (Carlini 2023); misses copies of points with as many duplicates; "
        + blindness
    ) { $0.carlini < settings.carliniThreshold }
  }

  private var tiled: [AuditMetric] {
    guard neighbors.generatedTiled != nil else { return [] }
    let note =
      "share of samples within \(text(settings.tileThreshold)) of a training picture, the distance being the largest "
      + "root-mean-square difference of \(settings.tiles) x \(settings.tiles) tiles (Carlini 2023); pictures with flat "
      + "contents are close without being copies: read it against its null"
    return [share("tiled-l2", note) { ($0.tiled ?? .infinity) <= settings.tileThreshold }]
  }

  private var eidetic: [AuditMetric] {
    guard samples.first?.eidetic != nil else { return [] }
    let what =
      space.metric == .cosine
      ? "cosine distance \(text(settings.cosineThreshold))" : "tiled distance \(text(settings.tileThreshold))"
    return [
      share("eidetic-unique", "share of samples with exactly one training point within \(what)") { $0.eidetic == 1 },
      share(
        "eidetic-repeated",
        "share of samples with several training points within \(what): recited because the data repeat it, or close for "
          + "want of detail"
      ) { ($0.eidetic ?? 0) > 1 },
    ]
  }

  private var similarity: [AuditMetric] {
    guard space.metric == .cosine else { return [] }
    let note =
      "share of samples with cosine similarity above \(text(1 - settings.cosineThreshold)) to a training point (0.5 is "
      + "SSCD's threshold; other networks need their own)"
    return [share("cosine-similarity", note) { $0.d1 * $0.d1 / 2 < settings.cosineThreshold }]
  }

  // MARK: Others

  private var authenticity: AuditMetric {
    share(
      "authenticity",
      "share of samples farther from x^(1) than x^(1) is from the rest of the training set (Alaa 2022; some tools subtract "
        + "50 %, we do not); low means copying", copyingIsLow: true
    ) { $0.isAuthentic }
  }

  private var dataCopying: AuditMetric? {
    guard let holdout else { return nil }
    let test = DataCopyingTest(space: space, settings: settings)
    guard let result = test.run(samples: samples.map(\.d1), holdout: holdout.map(\.d1)) else { return nil }
    return AuditMetric(
      "c-t", space: space.name, value: result.value, low: result.low, high: result.high, n: samples.count,
      null: MetricNull(kind: "constant", value: 0), pValue: result.pValue,
      confidence: settings.confidence,
      note:
        "C_T of Meehan 2020 over \(result.cells) cells: below -3 the samples are nearer to the training set than held-out "
        + "points are, above 3 farther; an average, blind to a few copies")
  }

  private var closerToTrain: AuditMetric? {
    guard let train = neighbors.toEqualTrain, let heldOut = neighbors.toHoldout else { return nil }
    let pairs = zip(train.nearest, heldOut.nearest)
    // Of two ties one counts.
    let doubled = pairs.reduce(0) { $0 + ($1.0 < $1.1 ? 2 : $1.0 == $1.1 ? 1 : 0) }
    let estimate = interval(doubled / 2, samples.count)
    return AuditMetric(
      "closer-to-train", space: space.name, value: estimate.value, low: estimate.low, high: estimate.high,
      n: samples.count, null: MetricNull(kind: "constant", value: 0.5),
      excess: Difference(value: estimate.value - 0.5, low: estimate.low - 0.5, high: estimate.high - 0.5),
      confidence: settings.confidence,
      note:
        "share of samples nearer to a random part of the training set than to a held-out set of equal size (DCR); the "
        + "interval covers the samples, not the choice of the part or of the held-out points, and small sets have no p")
  }

  private var medianDistance: AuditMetric? {
    guard let holdout else { return nil }
    let ratio = MedianRatio(
      samples.map(\.d1), holdout.map(\.d1), bootstraps: settings.bootstraps, confidence: settings.confidence,
      key: RandomKey(seed: settings.seed).child("median-ratio"))
    return ratio.map {
      AuditMetric(
        "median-distance-ratio", space: space.name, value: $0.value, low: $0.low, high: $0.high, n: samples.count,
        null: MetricNull(kind: "constant", value: 1),
        confidence: settings.confidence,
        note:
          "median d1 of samples over that of held-out points; below 1 nearer to the training set; bootstrap interval")
    }
  }

  private var backgroundRatio: AuditMetric {
    let estimate = interval(background.count(where: \.isMemorized), background.count)
    return AuditMetric(
      "train-to-train", space: space.name, value: estimate.value, low: estimate.low, high: estimate.high,
      n: background.count,
      confidence: settings.confidence,
      note:
        "the memorization ratio of \(background.count == space.train.count ? "all" : "a random sample of") training points "
        + "against the others: duplicates in the training set")
  }

  private var intrinsicDimension: AuditMetric? {
    dimension.map {
      AuditMetric(
        "intrinsic-dimension", space: space.name, value: $0.value, low: $0.low, high: $0.high, n: $0.n,
        confidence: settings.confidence,
        note:
          "of the training set, by maximum likelihood from \(IntrinsicDimension.neighbors) neighbours (Levina and Bickel "
          + "2004): a fresh sample passes the ratio's test with probability about criterion^m")
    }
  }

  // MARK: Parts

  /// A share with the held-out points' share as its null.
  private func share(
    _ name: String, _ note: String, copyingIsLow: Bool = false, decides: Bool = false, _ test: (AuditSample) -> Bool
  ) -> AuditMetric {
    let (k, n) = (samples.count(where: test), samples.count)
    let estimate = interval(k, n)
    guard let holdout else {
      return AuditMetric(
        name, space: space.name, value: estimate.value, low: estimate.low, high: estimate.high, n: n,
        limitPValue: decides ? certainty : nil,
        confidence: settings.confidence, note: note)
    }
    let (k0, n0) = (holdout.count(where: test), holdout.count)
    let null = interval(k0, n0)
    return AuditMetric(
      name, space: space.name, value: estimate.value, low: estimate.low, high: estimate.high, n: n,
      null: MetricNull(kind: "held-out", value: null.value, low: null.low, high: null.high, n: n0),
      excess: ProportionTest.difference(k, of: n, minus: k0, of: n0, confidence: settings.confidence),
      pValue: copyingIsLow
        ? ProportionTest.fisher(n - k, of: n, against: n0 - k0, of: n0)
        : ProportionTest.fisher(k, of: n, against: k0, of: n0),
      limitPValue: decides
        ? ExcessTest.pValue(
          k, of: n, against: k0, of: n0, limit: settings.maxRatio, confidence: settings.confidence) : nil,
      confidence: settings.confidence, note: note)
  }

  /// Where no null can be had nothing but exact copies can convict: fresh data have none.
  private var certainty: Double {
    ExcessTest.pValue(samples.count { $0.d1 == 0 }, of: samples.count, null: 0, limit: settings.maxRatio)
  }

  private func interval(_ k: Int, _ n: Int) -> Estimate {
    Wilson.interval(successes: k, trials: n, confidence: settings.confidence)
  }

  private var criterionText: String { settings.criterion == 1.0 / 3 ? "1/3" : text(settings.criterion) }

  private var blindness: String {
    if space.picture != nil { return "blind to crops, shifts and recolouring" }
    return "sees only what the distances between these points show"
  }

  private func text(_ value: Double) -> String { "\(value)" }
}
