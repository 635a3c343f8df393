// SPDX-License-Identifier: MIT
internal import Foundation

extension GnuplotScript {
  /// The statements of one panel, its plot last.
  func panel(_ index: Int) -> [String] {
    let panel = figure.panels[index]
    let frame = PanelLayout(figure).frame(index)
    var lines = figure.panels.count > 1 ? ["# panel \(index + 1)"] : []
    lines += [
      "set lmargin at screen \(frame.left); set rmargin at screen \(frame.right)",
      "set bmargin at screen \(frame.bottom); set tmargin at screen \(frame.top)",
    ]
    if index > 0 { lines += ["unset object; unset arrow; unset label"] }
    lines.append(panel.title.map { "set title \(Self.literal($0)) offset 0,-0.6*tall" } ?? "unset title")
    lines += axis("x", panel.x, numbers: "0,0.45*tall", name: "0,0.95*tall")
    lines += axis("y", panel.y, numbers: "0.4,0", name: "0.8,0") + top(panel)
    lines += panel.guides.enumerated().flatMap { guide($1, number: $0 + 1) }
    lines.append("plot " + entries(panel).joined(separator: ", \\\n     "))
    return lines
  }

  private func axis(_ name: String, _ axis: Axis, numbers: String, name offset: String) -> [String] {
    func end(_ value: Double?) -> String { value.map { "\($0)" } ?? "*" }
    var lines = [
      axis.label.plain.isEmpty ? "unset \(name)label" : "set \(name)label \(Self.literal(axis.label)) offset \(offset)",
      "set \(name)range [\(end(axis.low)):\(end(axis.high))]",
      // A linked second axis, left from the panel before, forbids a logarithmic one.
      (name == "x" ? "unset logscale x; unset link x2; " : "")
        + (axis.logarithmic ? "set logscale \(name)" : "unset logscale \(name)") + "; set format \(name) "
        + (axis.logarithmic ? "T('10^{%T}', '$10^{%T}$')" : "T('%g', '$%g$')"),
    ]
    let ticks =
      axis.ticks.map { ticks in
        "(" + ticks.map { "\(Self.literal($0.name)) \($0.position)" }.joined(separator: ", ") + ")"
      } ?? (axis.logarithmic ? "\(decades(axis))" : "autofreq")
    lines.append("set \(name)tics \(ticks) offset \(numbers)")
    return lines
  }

  /// The factor between numbers of a logarithmic axis: at most six of them.
  private func decades(_ axis: Axis) -> Double {
    guard let low = axis.low, let high = axis.high, low > 0, high > low else { return 10 }
    return pow(10, max(1, (log10(high / low) / 6).rounded(.up)))
  }

  private func top(_ panel: Panel) -> [String] {
    guard let top = panel.top else { return ["unset x2tics; unset x2label; set border 3"] }
    let length = ((panel.x.high ?? 1) - (panel.x.low ?? 0)) * top.perUnit
    return [
      "set border 7", "set link x2 via x * \(top.perUnit) inverse x / \(top.perUnit)",
      "set x2label \(Self.literal(top.label)) offset 0,-0.85*tall",
      "set x2tics \(Self.step(length)) format T('%g', '$%g$') offset 0,-0.4*tall",
    ]
  }

  /// One, two or five times a power of ten, at least one, such that about five to ten steps make the length.
  static func step(_ length: Double) -> Double {
    let power = pow(10, log10(length / 5).rounded(.down))
    let multiple = [5.0, 2, 1].first { $0 * power <= length / 5 } ?? 1
    return max(1, multiple * power)
  }

  private func guide(_ guide: Guide, number: Int) -> [String] {
    switch guide {
    case .horizontal(let y):
      [
        "set arrow \(number) from graph 0, first \(y) to graph 1, first \(y) nohead back "
          + "lc rgb '#a0a0a0' lw 0.6 dt (2,4)"
      ]
    case .vertical(let x, let style):
      [
        "set arrow \(number) from first \(x), graph 0 to first \(x), graph 1 nohead back "
          + "lc rgb '\(style.colour)' lw \(style.lineWidth) dt \(style.dash.pattern)"
      ]
    case .band(let low, let high):
      [
        "set object \(number) rectangle from first \(low), graph 0 to first \(high), graph 1 behind "
          + "fc rgb '\(Self.bandColour)' fs solid noborder"
      ]
    case .label(let text, let x, let y, let alignment):
      ["set label \(number) \(Self.literal(text)) at first \(x), first \(y) \(alignment.rawValue) front"]
    }
  }

  static let bandColour = "#e3e3e3"

  /// The plot elements of a panel. A panel without data still shows its frame.
  private func entries(_ panel: Panel) -> [String] {
    let drawn = panel.series.filter { !figure.block($0.block).rows.isEmpty }
    return drawn.isEmpty ? ["NaN"] : drawn.flatMap(entries)
  }

  private func entries(_ series: Series) -> [String] {
    let block = figure.block(series.block)
    return series.layers(number: block.number).map { layer in
      "'\(figure.name).dat' index \(Self.quoted(block.label)) using \(layer.using) with \(layer.with)"
    }
  }
}
