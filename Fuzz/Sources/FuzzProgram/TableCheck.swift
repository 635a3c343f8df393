// SPDX-License-Identifier: MIT
import Foundation
import Verbatim

/// A table of results as `fit` reads it; the first byte chooses whether the fit itself runs, with few starts.
struct TableCheck {
  let folder: FuzzFolder

  func run(_ bytes: [UInt8]) {
    guard let choice = bytes.first else { return }
    let path = folder.put(bytes.dropFirst(), "results.csv")
    let read = Finding.read(
      bytes, { try FitInput(path: path) }, same: { $0.rows.count == $1.rows.count })
    guard let input = read else { return }
    do {
      let settings = try FitSettings(starts: 1)
      let tuples = try input.tuples(constant: 1, starts: 1)
      guard choice & 7 == 0, tuples.count <= 6 else { return }
      let study = try FitStudy(tuples, times: input.times, settings: settings)
      _ = FitDocument(study, leftOut: 0, measuredLosses: false).text
    } catch { Finding.requireLine(error) }
  }
}
