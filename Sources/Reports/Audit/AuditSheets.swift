// SPDX-License-Identifier: MIT
internal import Audit
internal import Figures
internal import Pictures

/// Samples above their nearest training pictures, most suspicious first.
struct AuditSheets {
  let audit: SpaceAudit
  let train: PictureStore
  let generated: PictureStore

  private static let columns = 12
  /// Pixels of a full row, twice the width of the page's column.
  private static let rowPixels = 1600

  /// At most two sheets of twelve: the memorized samples with the smallest ratio, or else those that come nearest to it.
  func sheets() throws(PictureError) -> [PictureSheet] {
    let worst = audit.samples.sorted { ($0.ratio, $0.d1, $0.index) < ($1.ratio, $1.d1, $1.index) }.prefix(
      2 * Self.columns)
    var sheets: [PictureSheet] = []
    for (number, start) in stride(from: 0, to: worst.count, by: Self.columns).enumerated() {
      let part = Array(worst[start..<min(start + Self.columns, worst.count)])
      sheets.append(try sheet(part, name: "worst-\(number + 1)", first: start + 1))
    }
    return sheets
  }

  /// Sizes of pictures are enlarged by whole factors up to the width of the page.
  private func sheet(_ samples: [AuditSample], name: String, first: Int) throws(PictureError) -> PictureSheet {
    let rows = [
      samples.map { generated[$0.index] }, samples.map { train[$0.nearest] }, samples.map { train[$0.second] },
    ]
    var sheet = ContactSheet(rows: 3, columns: samples.count, pictures: rows.flatMap { $0 }, range: 0...255)
    sheet.border = 12
    sheet.scale = max(1, (Self.rowPixels - (Self.columns + 1) * sheet.border) / (Self.columns * train.width))
    sheet.marked = Set(samples.indices.filter { samples[$0].isCopy })
    let size = sheet.size
    let notes = samples.map {
      PictureSheet.Note(
        distance: NumberText.twoDigits($0.d1), ratio: NumberText.twoDigits($0.ratio), isMemorized: $0.isCopy)
    }
    return PictureSheet(
      name: name, alternative: "generated samples above their two nearest training pictures",
      caption: MarkedText(
        "Samples \(first) to \(first + samples.count - 1) by their ratio. Rows: the generated sample (framed if memorized), its "
          + "nearest training picture, its second-nearest. Below: *d*_{1} and *d*_{1}/*d*_{2}. Samples ")
        + Self.list(samples.map { generated.name($0.index) }) + "; nearest training pictures "
        + Self.list(samples.map { train.name($0.nearest) }) + ".",
      notes: notes, png: try sheet.png(), width: size.width, height: size.height)
  }

  /// Names as they are: a star in one is no markup.
  private static func list(_ names: [String]) -> MarkedText { .verbatim(names.joined(separator: ", ")) }
}
