// SPDX-License-Identifier: MIT
internal import Distributions
internal import Experiments
internal import Figures
internal import Kernels
internal import Pictures

/// Sheets of the data: the law's templates and the first training samples.
struct DataSheets {
  let family: Family
  let curve: Curve
  let laboratory: ImageLaboratory

  /// Pictures of a sheet, at most.
  static let most = 24

  private var painter: SheetPainter { SheetPainter(images: laboratory.settings) }

  func templates() throws(PictureError) -> PictureSheet {
    let templates = laboratory.dataset.law.templates
    let shown = min(templates.rows, Self.most)
    let which =
      shown == templates.rows ? "The *K* = \(shown) templates" : "The first \(shown) of \(templates.rows) templates"
    let caption =
      which + " of the data law: pictures of \(images.height) \u{D7} \(images.width) pixels from \(source), "
      + "values from 0 (black) to 1 (white)." + family.sheetSettings(curve)
    return try painter.sheet(
      "templates" + family.slug, "\(shown) grey templates", MarkedText(caption),
      (0..<shown).map { painter.gray(templates.row($0)) }, range: 0...1)
  }

  func trainingSamples() throws(PictureError) -> PictureSheet {
    let train = laboratory.train
    let shown = min(train.rows, Self.most)
    let which = shown == train.rows ? "The *N* = \(shown)" : "The first \(shown) of *N* = \(train.rows)"
    let caption =
      which + " training samples: templates times random colours with \(images.channels) channels of variance "
      + "\(NumberText.significant(curve.configuration.data.variance)). " + painter.sampleWords
      + family.sheetSettings(curve)
    return try painter.sheet(
      "training-samples" + family.slug, "\(shown) training samples", MarkedText(caption),
      (0..<shown).map { painter.sample(train.row($0)) }, range: SheetPainter.sampleRange)
  }

  private var images: ImageSettings { laboratory.settings }

  /// The source without its folders, marks taken literally.
  private var source: String {
    let name = images.source.split(separator: "/").last.map(String.init) ?? images.source
    return String(name.flatMap { "*_\\".contains($0) ? ["\\", $0] : [$0] })
  }
}

extension Family {
  /// Whose pictures they are: configuration and seed.
  func sheetSettings(_ curve: Curve) -> String { " Settings: \(name); \(curve.seedName)." }
}
