// SPDX-License-Identifier: MIT
import Experiments
import Diffusion
import Foundation
import Testing
import Training

/// The resolved text of a study, the studies of this repository and the page that describes the keys.
@Suite struct StudyTextTests {
  /// The repository this test file lies in.
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test(arguments: [
    "samples: 50",
    "title: 'quotes \" and \\ and # and é'\nname: my.study_1",
    "process: [vp, ve, fm]\npreset: [quick, paper]\nsteps: {paper: 20000}",
    "process: [ve, vp]\ntimes: {ve: {spacing: karras, rho: 3.7}, vp: {spacing: log-snr, count: 9}}",
    "samplingTimes: {count: 250}\nsampler: ddpm\ncriterion: 1/3\nlosses: false\nmaximumRuns: 77",
    "components: {fractions: [0.1, 0.55, 0.7000000000000001]}\nrefinement: 3\nvariance: [0.1, 2.5e-7, 1e8]",
    "components: [3, 2, 9]\nsamples: [20, 40]\ndimension: [3, 4]\ntrueComponents: [1, 2]",
    "seed: [18446744073709551615, 0]\ndataSeed: [1, 2]",
    "initialization: [{partial-memorization: {std: 0.3}}, gaussian, sphere, {sphere: {radius: 1.5}}]",
    "initialization: truth\ncomponents: 3",
    "weight: {min-snr: 5}\nprediction: clean", "weight: signal-to-noise", "weight: alpha-squared",
    "times: {count: 3}\nweight: {table: [1, 0.1, 0]}\nkernel: pruned\npeakRate: 0.0123456789012345678\ndraws: 3",
  ])
  func `the resolved text gives the same study and the same text`(text: String) throws {
    let study = try Study.parse(text, source: "a.yaml")
    let again = try Study.parse(study.yaml, source: "study.yaml")
    #expect(again == study)
    #expect(again.yaml == study.yaml)
    #expect(try Study.parse(text, source: "a.yaml").yaml == study.yaml)
  }

  @Test func `the resolved text is complete and readable`() throws {
    let text = try Study.parse("samples: 50", source: "a.yaml").yaml
    // Pictures and families of models are named only where a study has others than the paper's.
    for key in StudyKeys.all where !["images", "family"].contains(key.name) {
      #expect(text.contains("\n\(key.name): "))
    }
    #expect(!text.contains("images") && !text.contains("family"))
    let pictures = try Study.parse("images: fashion-mnist", source: "a.yaml")
    #expect(pictures.yaml.contains("\nimages: {source: \"fashion-mnist\", height: 15, width: 15, channels: 3,"))
    #expect(pictures.configurations[0].data.dimension == 675)
    #expect(try Study.parse(pictures.yaml, source: "study.yaml") == pictures)
    #expect(text.contains("\nsteps: 5000\ndraws: 4\n"))
    #expect(text.contains("\ntimes: {spacing: uniform, first: 0.999, last: 0.001, count: 26}\n"))
    #expect(text.contains("\ninitialization: {partial-memorization: {std: 0.001}}\n"))
    #expect(text.hasSuffix("\nmaximumRuns: 10000\n"))
  }

  @Test func `studies of different content differ in their text`() throws {
    let texts = ["samples: 50", "samples: 51", "seed: 1", "dataSeed: 0", "losses: false", "title: x"]
    #expect(Set(try texts.map { try Study.parse($0, source: "a.yaml").yaml }).count == texts.count)
  }

  @Test func `every short name of a key is documented`() throws {
    let page = try String(contentsOf: Self.root.appendingPathComponent("Documentation/Studies.md"), encoding: .utf8)
    for short in StudyKeys.shortNames.keys { #expect(page.contains("`\(short)`"), "\(short)") }
  }

  @Test func `every example on the page of studies can be read`() throws {
    let page = try String(contentsOf: Self.root.appendingPathComponent("Documentation/Studies.md"), encoding: .utf8)
    let examples = page.components(separatedBy: "```yaml\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
    #expect(examples.count >= 2)
    for example in examples { #expect(throws: Never.self) { try Study.parse(example, source: "Studies.md") } }
  }

  @Test func `every study of the repository can be read`() throws {
    let folder = Self.root.appendingPathComponent("Studies")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
    #expect(Set(files).isSuperset(of: ["quickstart.yaml", "smoke.yaml", "paper-agreement.yaml"]))
    for file in files {
      let study = try Study.read(path: folder.appendingPathComponent(file).path)
      #expect(study.name + ".yaml" == file && study.title != study.name && study.warnings.isEmpty)
    }
  }

  @Test func `quickstart is the paper's sweep for three data sets`() throws {
    let study = try Study.read(path: Self.root.appendingPathComponent("Studies/quickstart.yaml").path)
    #expect(study.configurations.map(\.data.dataSeed) == [0, 1, 2] && study.configurations.allSatisfy { $0.seed == 0 })
    #expect(study.runCount == 30 && study.refinement == 10)
    let training = try #require(study.configurations.first?.training)
    #expect(training.preset == .quick && training.steps == 5000 && training.draws == 4)
  }
}
