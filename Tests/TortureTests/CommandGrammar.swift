// SPDX-License-Identifier: MIT

/// Command lines from the program's options with good, bad and absurd values.
enum CommandGrammar {
  /// What the words of a value are drawn from.
  private enum Kind {
    case number, fraction, path, out, override, flag, text
  }

  private typealias Options = [(name: String, kind: Kind)]

  private static let work: Options = [("--threads", .number), ("--json", .flag), ("--quiet", .flag)]
  private static let configuration: Options =
    [
      ("-d", .number), ("-K", .number), ("-N", .number), ("--variance", .fraction), ("--preset", .text),
      ("--steps", .number), ("--draws", .number), ("--kernel", .text), ("--process", .text),
      ("--initialization", .text), ("--weight", .text), ("--sampler", .text), ("--evaluation-samples", .number),
      ("--criterion", .fraction), ("--seed", .number), ("--data-seed", .number),
    ] + work

  /// Each command with the words it cannot do without, and its options.
  private static let commands: [(words: [String], arguments: [Kind], options: Options)] = [
    (
      ["audit", "--train", "train.idx", "--generated", "generated.idx"], [],
      [
        ("--train", .path), ("--generated", .path), ("--holdout", .path), ("--train-embeddings", .path),
        ("--generated-embeddings", .path), ("--holdout-embeddings", .path), ("--embedding-metric", .text),
        ("--range", .text), ("--generated-range", .text), ("--layout", .text), ("--shape", .text),
        ("--train-labels", .path), ("--max-ratio", .fraction), ("--confidence", .fraction), ("--criterion", .fraction),
        ("--neighbors", .number), ("--background", .number), ("--tiles", .number), ("--tile-threshold", .fraction),
        ("--most-copies", .number), ("--seed", .number), ("--model", .path), ("--by", .text), ("--out", .out),
        ("--no-images", .flag), ("--memory", .text), ("--plan", .flag), ("--null", .fraction), ("--excess", .fraction),
        ("--power", .fraction),
      ] + work
    ),
    (
      ["audit", "--plan"], [],
      [
        ("--max-ratio", .fraction), ("--null", .fraction), ("--excess", .fraction), ("--power", .fraction),
        ("--confidence", .fraction),
      ] + work
    ),
    (
      ["transition", "-d", "3", "-K", "1", "-N", "10", "--steps", "1000"], [],
      configuration + [("--seeds", .number), ("--refinement", .number), ("--out", .out), ("--search", .flag)]
    ),
    (
      ["train", "-d", "3", "-K", "1", "-N", "10", "-M", "4", "--steps", "1000"], [],
      configuration + [("-M", .number), ("--seeds", .number), ("--out", .out)]
    ),
    (
      ["predict", "-d", "3", "-K", "2", "-N", "20"], [],
      [
        ("-d", .number), ("-K", .number), ("-N", .number), ("-M", .number), ("--variance", .fraction),
        ("--process", .text), ("--weight", .text), ("--times-spacing", .text), ("--times-first", .fraction),
        ("--times-last", .fraction), ("--times-count", .number), ("--criterion", .fraction), ("--sampler", .text),
        ("--sampling-steps", .number), ("--component-ratio", .fraction), ("--duplicates", .fraction),
        ("--seed", .number), ("--method", .text), ("--hard-em", .flag), ("--repeats", .number),
        ("--safe-components", .flag), ("--safe-samples", .flag),
      ] + work
    ),
    (
      ["sample"], [.path],
      [
        ("--count", .number), ("--sampler", .text), ("--sampling-steps", .number), ("--seed", .number), ("--out", .out),
      ] + work
    ),
    (
      ["run"], [.path, .override],
      [("--out", .out), ("--yes", .flag), ("--dry-run", .flag), ("--no-report", .flag)] + work
    ),
    (["plan"], [.path, .override, .override], [("--out", .out), ("--yes", .flag)] + work),
    (["report"], [.path], [("--tikz", .flag), ("--no-predictions", .flag)] + work),
    (
      ["fit"], [.path],
      [
        ("--test-share", .fraction), ("--seed", .number), ("--constant", .fraction), ("--starts", .number),
        ("--measured-losses", .flag), ("--out", .out), ("--json", .flag),
      ]
    ),
    (["list"], [.path], [("--json", .flag)]),
    (["show"], [.path], [("--run", .text), ("--json", .flag)]),
    (["help"], [.text], []),
    ([], [.text, .path], [("--version", .flag), ("--help", .flag)]),
  ]

  static func line(_ dice: inout Dice) -> [String] {
    let command = dice.pick(commands)
    var words = command.words
    for argument in command.arguments where !dice.once(in: 10) { words.append(value(argument, &dice)) }
    for _ in 0..<dice.below(4) where !command.options.isEmpty {
      let option = dice.pick(command.options)
      var added = [option.name]
      if option.kind != .flag || dice.once(in: 20) {
        if dice.once(in: 8) {
          added[0] += "=\(value(option.kind, &dice))"
        } else {
          added.append(value(option.kind, &dice))
        }
      }
      words += dice.once(in: 20) ? Array(added.dropLast()) : added
    }
    if command.options.contains(where: { $0.name == "--quiet" }), !dice.once(in: 4) { words.append("-q") }
    if dice.once(in: 12) { words.insert(dice.pick(absurd), at: dice.below(words.count + 1)) }
    if dice.once(in: 30), !words.isEmpty { words.swapAt(dice.below(words.count), dice.below(words.count)) }
    return words
  }

  private static func value(_ kind: Kind, _ dice: inout Dice) -> String {
    if dice.once(in: 8) { return dice.pick(absurd) }
    switch kind {
    case .number: return dice.pick(numbers)
    case .fraction: return dice.pick(fractions)
    case .path: return dice.pick(paths)
    case .out: return dice.pick(outs)
    case .override: return dice.pick(keys) + "=" + value(dice.pick([.number, .fraction, .text]), &dice)
    case .flag, .text: return dice.pick(texts)
    }
  }

  private static let absurd = [
    "", " ", "-", "--", "---", "-1", "--help", "nan", "inf", "-inf", "1e400", "9223372036854775808", "\u{1B}[31mred",
    "two\nlines", "\u{7}", "é", "日本", "*", "%s%n", "=", "a=b", "\u{202E}reversed", "../../../etc/passwd", "0x7f", "１",
    String(repeating: "9", count: 400), String(repeating: "a/", count: 3000),
  ]
  private static let numbers = [
    "-1", "0", "1", "2", "3", "4", "5", "8", "10", "12", "1.5", "60", "4611686018427387904",
  ]
  private static let fractions = [
    "-0.5", "0", "-0", "1e-320", "1e-12", "0.001", "0.01", "0.1", "0.3", "0.5", "0.9", "0.95", "0.999", "1", "1.0001",
    "2", "1e18",
  ]
  private static let paths = [
    "study.yaml", "out", "out/results.csv", "out/transitions.csv", "out/runs.jsonl", "out/models", "train.idx",
    "generated.idx", "holdout.idx", "1=generated.idx", "2=holdout.idx", "train-images.idx", "nowhere", "/dev/null",
    "/dev/zero", "/dev/full", "/", ".", "..", "mine", "file", "file/below", "/proc/self/mem", "/proc/self/fd",
  ]
  private static let outs = [
    "new", "new/deep/er", "mine", "file", "file/below", "out", "/dev/full", "/proc/x", ".", "",
  ]
  private static let keys = [
    "dimension", "K", "N", "M", "samples", "components", "components.fractions", "refinement", "steps", "draws",
    "preset", "times", "times.count", "times.first", "weight", "process", "seed", "dataSeed", "title", "name",
    "maximumRuns", "evaluationSamples", "variance", "duplicates", "componentRatio", "images.source", "nothing", "",
  ]
  private static let texts = [
    "quick", "paper", "dense", "pruned", "auto", "vp", "ve", "fm", "truth", "gaussian", "sphere", "unit",
    "signal-to-noise", "{min-snr: 5}", "{table: [1, 2]}", "{table: []}", "{", "ddim", "ddpm", "euler", "heun", "exact",
    "step", "samples", "components", "0..1", "-1..1", "NHWC", "8x8", "6x6", "6x6x0", "9999999999x9999999999", "karras",
    "log-snr", "cosine", "euclidean", "500M", "1T", "1e9G", "0", "[1, 2]", "[]", "hard-em", "closed-form-c1",
    "finite-size", "run", "audit",
  ]
}
