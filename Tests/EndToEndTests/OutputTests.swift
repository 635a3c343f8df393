// SPDX-License-Identifier: MIT
import Foundation
import LabTesting
import Testing

/// Where results go: a full or closed standard output is an error, and files are told by what they are, not by names.
@Suite("Outputs")
struct OutputTests {
  @Test("nothing is lost in silence: a full or closed standard output is one line and code 3")
  func refused() throws {
    let study = try SmallStudy()
    try study.run()
    let commands = [
      "show out", "show out --json", "list .", "plan study.yaml", "run study.yaml -n", "sample \(try study.model())",
      "doctor", "fit \(CommandRunner.package.path)/Results/sweep", "predict -d 50 -K 12 -N 200", "audit --plan",
      "--help", "--version", "run --help",
    ]
    for command in commands {
      for end in ["> /dev/full", ">&-"] {
        let result = try study.runner.shell("\"$V\" \(command) \(end)")
        #expect(result.code == 3, "\(command) \(end): \(result.code)")
        #expect(
          result.errorLines.last?.hasPrefix("verbatim: error: standard output cannot be written: ") == true,
          "\(command) \(end): \(result.errors)")
      }
    }
  }

  @Test("closed standard descriptors are not taken by files")
  func descriptors() throws {
    let study = try SmallStudy()
    let result = try study.runner.shell("\"$V\" run study.yaml --out out --no-report <&- 2>&- > /dev/null")
    #expect(result.code == 0)
    let lock = String(decoding: try study.scratch.bytes("out/.lock"), as: UTF8.self)
    #expect(lock.split(separator: "\n").count == 1 && lock.hasPrefix("process "), "\(lock)")
  }

  @Test("samples go to pipes, devices and descriptors; the summary then leaves standard output to them")
  func special() throws {
    let study = try SmallStudy()
    try study.run()
    let sample = "\"$V\" sample \(try study.model()) --count 40 --out"
    #expect(try study.runner.shell("\(sample) plain.npy").code == 0)
    let expected = try study.scratch.bytes("plain.npy")
    for name in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "link"] {
      let texts = ["\(sample) \(name) | cat > x.npy", "\(sample) \(name) > x.npy"]
      for text in texts {
        try? FileManager.default.removeItem(at: study.scratch.url.appendingPathComponent("x.npy"))
        let result = try study.runner.shell("ln -sf /dev/stdout link; \(text)")
        #expect(try result.code == 0 && study.scratch.bytes("x.npy") == expected, "\(text): \(result.errors)")
        #expect(result.errors.contains("40 samples by"), "\(text): \(result.errors)")
      }
    }
    for text in ["\(sample) /dev/fd/7 7> x.npy", "mkfifo f; cat f > x.npy & \(sample) f; wait"] {
      let result = try study.runner.shell(text)
      #expect(try result.code == 0 && study.scratch.bytes("x.npy") == expected, "\(text): \(result.errors)")
      #expect(result.output.contains("40 samples by"), "\(text)")
    }
    #expect(try study.runner.shell("\(sample) same.npy > same.npy").errors.contains("40 samples by"))
    #expect(try study.scratch.bytes("same.npy") == expected)
    let mixed = try study.runner.shell("\(sample) /dev/stdout --json")
    #expect(mixed.code == 2 && mixed.output.isEmpty && mixed.errorLines.count == 1, "\(mixed.errors)")
  }

  @Test("no name of the model makes sample write over it")
  func model() throws {
    let study = try SmallStudy()
    try study.run()
    let model = try study.model()
    let bytes = try study.scratch.bytes(model)
    _ = try study.runner.shell("ln -s \(model) soft; ln \(model) hard")
    for name in [model, "./\(model)", "out/../\(model)", study.scratch.url.path + "/" + model, "soft", "hard"] {
      let result = try study.runner.run(["sample", model, "--count", "20", "--out", name])
      #expect(result.code == 2 && result.errorLines.count == 1, "\(name): \(result.errors)")
      #expect(try study.scratch.bytes(model) == bytes, "\(name)")
    }
  }

  @Test("a study that somebody wrote is not replaced by the run folder's")
  func study() throws {
    let study = try SmallStudy()
    let own = Data("# mine\ndimension: 5\ntrueComponents: 2\nsamples: 10\ncomponents: [3]\nrefinement: 0\n".utf8)
    try FileManager.default.createDirectory(
      at: study.scratch.url.appendingPathComponent("mine"), withIntermediateDirectories: false)
    try own.write(to: study.scratch.url.appendingPathComponent("mine/study.yaml"))
    for file in ["mine/study.yaml", "study.yaml"] {
      let result = try study.runner.run("run \(file) --out mine --quiet --no-report")
      #expect(result.code == 2 && result.errorLines.count == 1, "\(result.errors)")
      #expect(try study.scratch.bytes("mine/study.yaml") == own)
    }
  }

  @Test("fit does not write over the table it reads")
  func fit() throws {
    let study = try SmallStudy()
    let table = CommandRunner.package.appendingPathComponent("Results/sweep/transitions.csv")
    let bytes = try Data(contentsOf: table)
    try bytes.write(to: study.scratch.url.appendingPathComponent("lambda.csv"))
    let result = try study.runner.run("fit lambda.csv --out .")
    #expect(result.code == 2 && result.errorLines.count == 1 && result.errors.contains("--out"), "\(result.errors)")
    #expect(try study.scratch.bytes("lambda.csv") == bytes)
  }

  @Test("an audit's evidence is not laid into any of its inputs, whatever they are called")
  func evidence() throws {
    let study = try SmallStudy()
    let script = """
      mkdir -p pictures/e old/figures; ln -s pictures/e alias
      "$V" audit --train t.npy --generated g.npy --train-embeddings alias --generated-embeddings b --out pictures/e/x; echo $?
      "$V" audit --train t.npy --generated g.npy --train-labels pictures --out pictures; echo $?
      "$V" audit --train old/figures --generated g.npy --out ./old; echo $?
      """
    let result = try study.runner.shell(script)
    #expect(result.output == "2\n2\n2\n")
    #expect(result.errorLines.count == 3 && result.errorLines.allSatisfy { $0.contains("--out:") }, "\(result.errors)")
  }

  @Test("an --out of nothing is one clear line")
  func empty() throws {
    let study = try SmallStudy()
    try study.run()
    let small = "-d 5 -K 2 -N 10"
    let commands = [
      "run study.yaml", "plan study.yaml", "sample \(try study.model())", "fit out", "train \(small) -M 3",
      "transition \(small)", "audit --train a.npy --generated b.npy",
    ]
    for command in commands {
      let result = try study.runner.run(command.split(separator: " ").map(String.init) + ["--out", ""])
      #expect(result.code == 2 && result.errorLines.count == 1, "\(command): \(result.errors)")
      #expect(result.errors.contains("--out: '' names nothing"), "\(command): \(result.errors)")
    }
  }
}
