// SPDX-License-Identifier: MIT
public import Denoisers
public import Experiments
public import Kernels
public import Pictures

/// The picture sheets of a study: templates, training samples, generated samples beside their nearest training
/// samples, learned templates.
///
/// They show the first seed of each configuration with pictures. What cannot be had, a closure's nil, is left out.
public struct PictureSheets {
  private let laboratory: (DataSettings) -> ImageLaboratory?
  private let model: (String) -> ColoredTemplateModel?
  private let samples: (String) -> Matrix?

  /// - Parameters:
  ///   - laboratory: the data of a run, drawn again.
  ///   - model: the trained model of a run, by its identifier.
  ///   - samples: the samples drawn from that model, (n, d).
  public init(
    laboratory: @escaping (DataSettings) -> ImageLaboratory?, model: @escaping (String) -> ColoredTemplateModel?,
    samples: @escaping (String) -> Matrix?
  ) {
    (self.laboratory, self.model, self.samples) = (laboratory, model, samples)
  }

  /// The capacities M/N that are shown, each by the nearest measured one.
  static let capacities = [0.2, 0.6, 0.9, 1.0]

  /// The sheets in the order of the page; none where a report draws no details (see `StudyReport.mostDetailed`).
  ///
  /// Throws `PictureError.invalid` for pictures too large for a sheet.
  public func sheets(of records: [RunRecord]) throws(PictureError) -> [PictureSheet] {
    let families = Family.group(records, transitions: [])
    guard families.count <= StudyReport.mostDetailed else { return [] }
    var sheets: [PictureSheet] = []
    for family in families { sheets += try self.sheets(of: family) }
    return sheets
  }

  private func sheets(of family: Family) throws(PictureError) -> [PictureSheet] {
    guard family.configuration.data.images != nil, let curve = family.plotted.first,
      let laboratory = laboratory(curve.configuration.data)
    else { return [] }
    let data = DataSheets(family: family, curve: curve, laboratory: laboratory)
    var sheets = [try data.templates(), try data.trainingSamples()]
    for point in Self.shown(curve.points) {
      let sheet = ModelSheets(family: family, curve: curve, point: point, laboratory: laboratory)
      if let samples = samples(point.identifier), let made = try sheet.generated(samples) { sheets.append(made) }
      if let model = model(point.identifier), let made = try sheet.templates(of: model) { sheets.append(made) }
    }
    return sheets
  }

  /// The points nearest to the capacities to show, each once, M rising.
  static func shown(_ points: [Curve.Point]) -> [Curve.Point] {
    let nearest = capacities.compactMap { capacity in
      points.min { abs($0.position - capacity) < abs($1.position - capacity) }?.capacity
    }
    return points.filter { nearest.contains($0.capacity) }
  }
}
