// SPDX-License-Identifier: MIT
internal import Figures
internal import Foundation

/// A picture sheet inside the page.
struct SheetHTML {
  let sheet: PictureSheet
  /// Figure 7, 8, ..
  let number: Int

  var html: String {
    // The file has two pixels where the page has one: sharp on fine screens and in print.
    let width = sheet.width / 2
    let image =
      "<img width=\"\(width)\" height=\"\(sheet.height / 2)\" alt=\"\(HTMLText.escaped(sheet.alternative))\" "
      + "src=\"data:image/png;base64,\(Data(sheet.png).base64EncodedString())\">"
    let name = HTMLText.escaped(sheet.name)
    return "<figure id=\"figure-\(name)\">\n"
      + "\(image)\n\(notes)<figcaption><b>Figure \(number).</b> \(sheet.caption.html) "
      + "Files: figures/\(name).png, .txt.</figcaption>\n</figure>"
  }

  /// The distances, each below its column.
  private var notes: String {
    guard !sheet.notes.isEmpty else { return "" }
    func row(_ value: (PictureSheet.Note) -> String) -> String {
      let cells = sheet.notes.map { note in
        let text = HTMLText.escaped(value(note))
        return "<td>" + (note.isMemorized ? "<b>\(text)</b>" : text) + "</td>"
      }
      return "<tr>" + cells.joined() + "</tr>"
    }
    return "<table class=\"notes\" style=\"max-width: \(sheet.width / 2)px\"><tbody>\n" + row(\.distance) + "\n"
      + row(\.ratio) + "\n</tbody></table>\n"
  }
}
