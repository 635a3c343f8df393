// SPDX-License-Identifier: MIT
import Denoisers
import Diffusion
import Experiments
import Files
import Foundation
import RunStore
import Testing
import Training

/// The descriptors of a study's keys, and studies built as values.
@Suite struct StudyKeyTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test func `every key says what it is`() {
    #expect(Set(StudyKeys.all.map(\.name)).count == StudyKeys.all.count)
    for key in StudyKeys.all {
      #expect(!key.help.isEmpty && key.help.hasSuffix(".") && !key.help.contains("\n"), "\(key.name)")
      #expect(!key.standard.isEmpty && !key.allowed.isEmpty, "\(key.name)")
      #expect(StudyKeys.named(key.name)?.name == key.name)
    }
    #expect(
      StudyKeys.shortNames.sorted { $0.key < $1.key }.map(\.value) == [
        "trueComponents", "components", "samples", "dimension", "seed",
      ])
    let columns = StudyKeys.all.flatMap(\.columns).map(\.name)
    #expect(Set(columns).count == columns.count)
  }

  @Test func `the page of studies gives every key its axis, default and symbol`() throws {
    let page = try String(contentsOf: Self.root.appendingPathComponent("Documentation/Studies.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { row in
      row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    for key in StudyKeys.all {
      let row = try #require(rows.first { $0.count == 4 && $0[0] == "`\(key.name)`" }, "\(key.name) is not described")
      #expect(row[1].contains("axis") == key.isAxis, "\(key.name): axis or not")
      #expect(row[2].replacing("`", with: "") == key.standard, "\(key.name): the default")
      if let symbol = key.symbol { #expect(row[3].contains(symbol), "\(key.name): the symbol") }
    }
    for row in rows where row.count == 4 {
      #expect(StudyKeys.named(row[0].replacing("`", with: "")) != nil, "\(row[0]) is no key")
    }
  }

  /// A study that names every key, none at its default.
  private func full(_ settings: inout StudySettings) {
    (settings.name, settings.title, settings.family) = ("full", "quotes \" and \\", "affine")
    (settings.dimension, settings.trueComponents, settings.samples) = ([5, 6], [2, 4], [20, 30])
    (settings.variance, settings.componentRatio, settings.duplicates) = ([0.5, 2], [0.5], [0.1, 0])
    (settings.dataSeed, settings.seed, settings.heldOutSamples) = ([7, .max], [3, 4], 77)
    (settings.components, settings.refinement) = (.fractions([0.25, 0.55]), 3)
    settings.initialization = [.gaussian(scale: 2, std: 0.5), .sphere(radius: nil, std: 1), .sphere(radius: 3, std: 1)]
    (settings.process, settings.preset) = ([.ve, .vp], [.paper, .quick])
    settings.times = [.ve: StudyTimes(spacing: .karras, count: 4, rho: 3), .vp: StudyTimes(count: 4)]
    settings.samplingTimes = .each(StudyTimes(spacing: .logSNR, first: 0.9, last: 0.01, count: 9))
    (settings.steps, settings.draws, settings.peakRate) = (.each(60_000), [.quick: 3], .each(0.0123))
    (settings.prediction, settings.weight, settings.kernel) = (.velocity, .table([1, 0.1, 0, 2]), .dense)
    (settings.sampler, settings.evaluationSamples, settings.criterion) = (.heun, 99, [1.0 / 3, 0.25])
    (settings.losses, settings.maximumRuns) = (false, 20_000)
  }

  @Test func `a study built as a value is the one that is read from its text`() throws {
    let families = ModelFamilies.standard.adding(AffineFamily())
    var settings = StudySettings()
    full(&settings)
    let study = try Study(settings, families: families)
    let read = try Study.parse(study.yaml, source: "study.yaml", families: families)
    #expect(read == study && read.yaml == study.yaml)
    #expect(try Study(study.settings, families: families) == study)
    #expect(study.configurations.count == 2 * 2 * 3 * 2 * 2 * 2 * 2 * 2 * 2 * 2 * 2)
    #expect(Set(study.configurations).count == study.configurations.count)
    for key in StudyKeys.all where key.name != "images" {
      #expect(study.yaml.contains("\n\(key.name): "), "\(key.name) has no line")
      #expect(study.configurations.allSatisfy { key.problem(in: $0) == nil })
    }
    let pictures = try Study(name: "pictures") {
      $0.images = ImageSettings(source: "a \"b\"", height: 4, width: 5, channels: 2, logDeterminant: .paperCode)
      ($0.preset, $0.trueComponents) = ([.quickText], [3])
    }
    #expect(pictures.settings.dimension == [40])
    #expect(try Study(pictures.settings) == pictures)
    #expect(try Study.parse(pictures.yaml, source: "study.yaml") == pictures)
  }

  @Test func `a value that no study may have is refused as its text is`() {
    func error(_ change: (inout StudySettings) -> Void) -> String {
      do { return "accepted: \(try Study(name: "t", change).runCount)" } catch { return error.description }
    }
    let whole = "allowed: a whole number from"
    #expect(error { $0.samples = [50, 1] } == "study: samples: '1' is too small; \(whole) 2 to 100000")
    #expect(error { $0.samples = [50, 50] } == "study: samples: '50' appears twice; allowed: each value once")
    #expect(error { $0.samples = [] } == "study: samples: '[]' is empty; allowed: one value or a list of values")
    #expect(
      error { $0.variance = [.nan] } == "study: variance: 'nan' is out of range; allowed: a number from 1e-8 to 1e8")
    #expect(
      error { $0.times = [.vp: StudyTimes(count: 1)] } == "study: times.vp.count: '1' is too small; \(whole) 2 to 10000"
    )
    #expect(
      error { $0.times = .each(StudyTimes(first: 7)) }
        == "study: times.vp.first: '7.0' is outside the domain of vp; allowed: times from 1e-06 to 0.999999")
    #expect(
      error { $0.prediction = .score } == "study: prediction: 'score' is unknown; allowed: clean, noise, velocity")
    #expect(error { $0.components = .counts([0]) } == "study: components: '0' is too small; \(whole) 1 to 1000000")
    #expect(
      error { $0.components = .counts([51]) } == "study: components: '[51]' asks for M = 51 of N = 50 samples; "
        + "allowed: M from 1 to N under partial-memorization, whose means start at distinct samples")
    #expect(error { $0.steps = [.quick: 0] } == "study: steps.quick: '0' is too small; \(whole) 1 to 100000000")
    #expect(error { $0.steps = .each(10) }.hasPrefix("study: steps.quick: '10' is too few for the preset quick"))
    #expect(
      error { $0.title = "a\nb" } == "study: title: 'a\\nb' cannot be used; allowed: one line of 1 to 200 characters")
    #expect(error { $0.weight = .table([0]) }.hasPrefix("study: weight: 'table of 1 values' weights nothing"))
    #expect(
      error { $0.initialization = [.sphere(radius: -1, std: 1)] }.hasPrefix("study: initialization: '-1.0' is out"))
    #expect(error { $0.images = ImageSettings(height: 1) }.hasPrefix("study: images.height: '1' is too small"))
    #expect(
      error { ($0.images, $0.duplicates) = (ImageSettings(), [0, 0.1]) }
        == "study: duplicates: '0.1' cannot be combined with images; allowed: 0")
    #expect(error { $0.maximumRuns = 5 }.hasPrefix("study: maximumRuns: asks for 20 runs"))
  }

  /// The committed results were computed from these texts.
  @Test func `committed studies are written as they were, and their configurations keep their hashes`() throws {
    let results = Self.root.appendingPathComponent("Results")
    var (studies, hashes) = (0, 0)
    for name in try FileManager.default.contentsOfDirectory(atPath: results.path).sorted() {
      let folder = results.appendingPathComponent(name)
      guard let text = try? String(contentsOf: folder.appendingPathComponent("study.yaml"), encoding: .utf8) else {
        continue
      }
      let study = try Study.parse(text, source: "study.yaml", allowManyRuns: true)
      #expect(study.yaml == text, "\(name)")
      studies += 1
      let known = Set(study.configurations.map { ContentHash.identifier(of: $0) })
      let table = folder.appendingPathComponent("transitions.csv").path
      guard let table = try? CSVReader(reading: table), table.columns.contains("configuration") else { continue }
      for row in table.rows.indices {
        #expect(known.contains(table.value(row, "configuration") ?? ""), "\(name), row \(row + 1)")
        hashes += 1
      }
    }
    #expect(studies >= 30 && hashes >= 100, "\(studies) studies, \(hashes) hashes")
  }
}

/// The key `family`.
@Suite struct StudyFamilyTests {
  private func message(_ text: String, _ families: ModelFamilies = .standard) -> String {
    do {
      return "accepted: " + (try Study.parse(text, source: "s.yaml", families: families)).yaml
    } catch {
      return error.description
    }
  }

  @Test func `the family that the data have in the paper is no setting`() throws {
    let plain = try Study.parse("samples: 50", source: "s.yaml")
    let named = try Study.parse("samples: 50\nfamily: mixture", source: "s.yaml")
    #expect(named == plain && named.yaml == plain.yaml && !named.yaml.contains("family"))
    #expect(named.configurations[0].family == nil)
    let pictures = try Study.parse("images: fashion-mnist\nfamily: templates", source: "s.yaml")
    #expect(pictures == (try Study.parse("images: fashion-mnist", source: "s.yaml")))
  }

  @Test func `a family that is not known or not for the data is refused`() {
    #expect(
      message("samples: 50\nfamily: mixtures")
        == "s.yaml:2: family: 'mixtures' is unknown (did you mean 'mixture'?); allowed: mixture, templates")
    #expect(message("family: templates") == "s.yaml:1: family: 'templates' needs pictures (images); allowed: mixture")
    #expect(
      message("images: fashion-mnist\nfamily: mixture")
        == "s.yaml:2: family: 'mixture' is not for pictures; allowed: templates")
    #expect(message("family: [mixture]").hasPrefix("s.yaml:1: family: '[mixture]' is not text"))
  }

  @Test func `a program with more families names them in its studies`() throws {
    let text = "family: affine\ncomponents: [2, 60]\nrefinement: 0"
    #expect(message(text).hasPrefix("s.yaml:1: family: 'affine' is unknown; allowed: mixture, templates"))
    let families = ModelFamilies.standard.adding(AffineFamily())
    let study = try Study.parse(text, source: "s.yaml", families: families)
    #expect(study.configurations.map(\.family) == ["affine"] && study.componentCounts == [[2, 60]])
    #expect(study.yaml.contains("\nfamily: \"affine\"\n"))
    #expect(try Study.parse(study.yaml, source: "study.yaml", families: families) == study)
    #expect(message("family: affine", families).contains("\nfamily: \"affine\"\n"))
  }
}
